import { expectEnd } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import type { Step } from '../plan.ts';
import { readPattern } from '../read-pattern.ts';
import { checkRegexAt, regexOf } from '../regex-argument.ts';

type MatchNode = Omit<Extract<Step, { kind: 'match' }>, 'span'>;

export const regex: Command<MatchNode> = {
  name: 'regex',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'regex (<field>="<regex>" | <field>!="<regex>" | "<regex>")',
  summary: 'Keeps the rows whose field matches a regular expression, or does not; without a field, `_raw`.',
  notes: ['Not anchored; letter case matters unless (?i).'],
  examples: [
    { search: 'index=main | regex CommandLine="(?i)-e(nc|ncodedcommand)?\\s"', summary: 'Encoded commands.' },
    { search: 'index=main | regex User!="SYSTEM$"', summary: 'Users that are not SYSTEM.' },
  ],
  parse(reader) {
    let field = '_raw';
    let negated = false;
    const first = reader.peek('arguments');
    const second = reader.peekSecond('arguments');
    const named = first.kind === 'word' || first.kind === 'string' || first.kind === 'quoted-field';
    if (named && (second.text === '=' || second.text === '!=' || second.text === '==')) {
      field = first.value;
      negated = second.text === '!=';
      reader.next('arguments');
      reader.next('arguments');
    }
    const pattern = readPattern(reader);
    if (pattern === undefined) {
      reader.report(
        'missing-argument',
        { command: 'regex', what: 'a regular expression in quotes' },
        {
          start: reader.start,
          end: reader.end,
        },
      );
      return undefined;
    }
    expectEnd(reader, 'regex');
    if (checkRegexAt(reader, pattern.span).kind === 'invalid') return undefined;
    return { kind: 'match', field, pattern: regexOf(pattern), patternSpan: pattern.span, negated };
  },
  lower(node, { span }) {
    return [{ ...node, span }];
  },
};
