import { expectEnd, readFields, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import type { Expression } from '../expression.ts';
import { nameFirstGroup } from '../name-first-group.ts';
import { booleanOption, textOption, unsupportedBoolean, type WrittenText, writtenOption } from '../option.ts';
import type { Step } from '../plan.ts';
import { checkRegexAt, regexOf } from '../regex-argument.ts';
import type { StageReader } from '../stage-reader.ts';

interface MakemvNode {
  readonly kind: 'makemv';
  readonly field: string;
  readonly delimiter: string;
  readonly allowEmpty: boolean;
  readonly tokenizer: { readonly pattern: string; readonly patternSpan: WrittenText['span'] } | undefined;
}

const options = {
  delim: textOption(' ', 'What stands between two values.'),
  tokenizer: writtenOption(
    '"<regex>"',
    'A regular expression whose first group is a value; in place of delim.',
  ),
  allowempty: booleanOption(false, 'Whether two delimiters in a row make an empty value.'),
  setsv: unsupportedBoolean(false, 'Only f: the field gets several values, not one text.'),
} as const;

/** Takes the values of the tokenizer's group; no name in a search begins so. */
const tokenField = '_makemv_token';

export const makemv: Command<MakemvNode> = {
  name: 'makemv',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'makemv [delim=<string> | tokenizer="<regex>"] [allowempty=<bool>] <field>',
  summary: 'Splits a field into several values.',
  notes: ['With a tokenizer that nowhere matches, the field stays as it is.'],
  options,
  examples: [
    { search: 'index=main | makemv delim="," Hashes', summary: 'At commas.' },
    { search: 'index=main | makemv tokenizer="(\\w+)=" Hashes', summary: 'By a regular expression.' },
  ],
  parse(reader) {
    const found = readOptions(reader, 'makemv', options);
    const [field, second] = readFields(reader, { wildcards: false, where: '"makemv"', option: found.take });
    if (second !== undefined)
      reader.report('too-many-arguments', { command: 'makemv', found: second.name }, second.span);
    expectEnd(reader, 'makemv');
    const { delim, tokenizer, allowempty } = found.values;
    const both = found.given.get('delim');
    if (both !== undefined && tokenizer !== undefined)
      reader.report('option-given-twice', { name: 'delim, tokenizer' }, both);
    if (field === undefined) {
      reader.report('missing-argument', { command: 'makemv', what: 'a field' }, reader.here());
      return undefined;
    }
    const pattern = tokenizer === undefined ? undefined : readTokenizer(reader, tokenizer);
    return {
      kind: 'makemv',
      field: field.name,
      delimiter: delim,
      allowEmpty: allowempty,
      tokenizer: pattern,
    };
  },
  lower(node, { span }): readonly Step[] {
    const field: Expression = { kind: 'field', name: node.field, span };
    const call = (name: string, ...args: readonly Expression[]): Expression => ({
      kind: 'call',
      name,
      nameSpan: span,
      args,
      span,
    });
    const text = (value: string): Expression => ({ kind: 'string', value, regexValue: value, span });
    const nonEmpty = call('mvfilter', {
      kind: 'binary',
      operator: '!=',
      left: field,
      right: text(''),
      span,
    });
    const keep = node.allowEmpty ? [] : [{ field: node.field, value: nonEmpty, span }];
    if (node.tokenizer === undefined) {
      const split = { field: node.field, value: call('split', field, text(node.delimiter)), span };
      return [{ kind: 'extend', assignments: [split, ...keep], span }];
    }
    const token: Expression = { kind: 'field', name: tokenField, span };
    const taken = { field: node.field, value: call('coalesce', token, field), span };
    return [
      {
        kind: 'extract',
        field: node.field,
        pattern: node.tokenizer.pattern,
        patternSpan: node.tokenizer.patternSpan,
        groups: [tokenField],
        maxMatch: 0,
        span,
      },
      { kind: 'extend', assignments: [taken, ...keep], span },
      { kind: 'project', mode: 'drop', fields: [tokenField], span },
    ];
  },
};

function readTokenizer(reader: StageReader, written: WrittenText): MakemvNode['tokenizer'] {
  const plan = checkRegexAt(reader, written.span);
  if (plan.kind === 'invalid') return undefined;
  const pattern = nameFirstGroup(regexOf(written.token), tokenField);
  if (pattern !== undefined) return { pattern, patternSpan: written.span };
  reader.report(
    'missing-argument',
    { command: 'makemv', what: 'a group ( ) in its tokenizer' },
    written.span,
  );
  return undefined;
}
