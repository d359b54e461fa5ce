import { expectEnd, type NamedField, readOptions, takeField } from '../argument-reader.ts';
import { binOptions, binOptionsOf } from '../bin-options.ts';
import { checkAlignTime } from '../check-align-time.ts';
import type { Command } from '../command.ts';
import { readAlias } from '../parse-measures.ts';
import type { BinOptions } from '../plan.ts';

interface BinNode {
  readonly kind: 'bin';
  readonly field: string;
  readonly as: string;
  readonly options: BinOptions;
}

export const bin: Command<BinNode> = {
  name: 'bin',
  aliases: ['bucket', 'discretize'],
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'bin [<options>] <field> [AS <name>]',
  summary:
    'Puts numbers or times into bins: `_time` becomes the start of its bin, a number a label such as 20-30.',
  notes: ['Units of time: us, ms, cs, ds, s, m, h, d, w, mon, q, y. Days and longer follow the calendar.'],
  options: binOptions,
  examples: [
    { search: 'index=main | bin _time span=1h | stats count BY _time', summary: 'Events by the hour.' },
    { search: 'index=main | bin span=10 Level AS range', summary: 'Keeps the field as it is.' },
  ],
  parse(reader) {
    const found = readOptions(reader, 'bin', binOptions);
    let field: NamedField | undefined;
    let as: NamedField | undefined;
    for (;;) {
      if (found.take()) continue;
      if (field !== undefined) {
        const alias = readAlias(reader);
        if (alias === undefined || as !== undefined) break;
        as = alias;
        continue;
      }
      field = takeField(reader);
      if (field === undefined) break;
    }
    expectEnd(reader, 'bin');
    if (field === undefined) {
      if (reader.diagnostics.length === 0)
        reader.report('missing-argument', { command: 'bin', what: 'a field' }, reader.here());
      return undefined;
    }
    if (field.name.includes('*'))
      reader.report('wildcard-not-allowed', { where: '"bin"', name: field.name }, field.span);
    return {
      kind: 'bin',
      field: field.name,
      as: as?.name ?? field.name,
      options: binOptionsOf(found.values),
    };
  },
  lower(node, context) {
    checkAlignTime(node.options, context);
    const { span } = context;
    return [{ kind: 'bin', field: node.field, as: node.as, options: node.options, span }];
  },
};
