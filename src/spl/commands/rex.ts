import { expectEnd, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { choiceOption, fieldOption, integerOption } from '../option.ts';
import { parseSedScript } from '../parse-sed-script.ts';
import type { Step } from '../plan.ts';
import { readPattern } from '../read-pattern.ts';
import { checkRegexAt, regexOf } from '../regex-argument.ts';
import type { Token } from '../scan.ts';
import type { StageReader } from '../stage-reader.ts';

type ExtractNode = Omit<Extract<Step, { kind: 'extract' }>, 'span'>;
type SubstituteNode = Omit<Extract<Step, { kind: 'substitute' }>, 'span'>;

const options = {
  field: fieldOption('_raw', 'Field to read.'),
  max_match: integerOption(1, 'How many matches to take; 0 for all. Several make multivalue fields.', {
    least: 0,
  }),
  mode: choiceOption(['sed'], undefined, 'sed: the text is a sed expression that changes the field.'),
  offset_field: fieldOption(undefined, 'Field that gets the places of the matches.'),
} as const;

export const rex: Command<ExtractNode | SubstituteNode> = {
  name: 'rex',
  kind: 'streaming',
  mode: 'arguments',
  syntax:
    'rex [field=<field>] ("<regex>" [max_match=<int>] [offset_field=<field>] | mode=sed "<sed-expression>")',
  summary: 'Takes fields out of a text by the named groups of a regular expression, or changes the text.',
  notes: [
    'Not anchored; letter case matters unless (?i). Where nothing matches the row stays as it is.',
    'sed expressions: `s/regex/replacement/flags` (g, or a number for one occurrence) and `y/abc/xyz/`.',
  ],
  options,
  examples: [
    {
      search: 'index=main | rex field=Image "\\x5c(?<ProcessName>[^\\x5c]+)$"',
      summary: 'The file name of a path.',
    },
    {
      search: 'index=main | rex field=CommandLine mode=sed "s/\\d{4,}/####/g"',
      summary: 'Hides long numbers.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'rex', options);
    let pattern: Token | undefined;
    for (;;) {
      if (found.take()) continue;
      const token = reader.peek('arguments');
      if (token.kind === 'macro') reader.next('arguments');
      else if (pattern === undefined && token.kind !== 'end') pattern = readPattern(reader);
      else break;
    }
    expectEnd(reader, 'rex');
    if (pattern === undefined) {
      reader.report(
        'missing-argument',
        { command: 'rex', what: 'a regular expression in quotes' },
        reader.here(),
      );
      return undefined;
    }
    const { field, max_match: maxMatch, offset_field: offsetField, mode } = found.values;
    if (mode === 'sed') {
      for (const name of ['max_match', 'offset_field'] as const) {
        const span = found.given.get(name);
        if (span !== undefined)
          reader.report('option-not-supported', { command: 'rex mode=sed', name }, span);
      }
      const script = parseSedScript(reader, pattern);
      return script === undefined
        ? undefined
        : { kind: 'substitute', field, script, patternSpan: pattern.span };
    }
    const groups = readGroups(reader, pattern);
    if (groups === undefined) return undefined;
    const offsets = offsetField === undefined ? {} : { offsetField };
    const text = regexOf(pattern);
    return { kind: 'extract', field, pattern: text, patternSpan: pattern.span, groups, maxMatch, ...offsets };
  },
  lower(node, { span }) {
    return [{ ...node, span }];
  },
};

function readGroups(reader: StageReader, pattern: Token): readonly string[] | undefined {
  const plan = checkRegexAt(reader, pattern.span);
  if (plan.kind === 'invalid') return undefined;
  const names = plan.groups.flatMap((group) => (group.name === undefined ? [] : [group.name]));
  const groups = [...new Set(names)];
  if (groups.length > 0) return groups;
  const quoted = pattern.kind === 'string';
  reader.report(
    'regex-without-group',
    {},
    {
      start: pattern.span.start + (quoted ? 1 : 0),
      end: pattern.span.end - (quoted && pattern.closed ? 1 : 0),
    },
  );
  return undefined;
}
