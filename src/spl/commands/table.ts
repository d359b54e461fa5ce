import { expectEnd, readFields } from '../argument-reader.ts';
import type { Command } from '../command.ts';

interface TableNode {
  readonly kind: 'table';
  readonly fields: readonly string[];
}

export const table: Command<TableNode> = {
  name: 'table',
  kind: 'transforming',
  mode: 'arguments',
  syntax: 'table <field>...',
  summary: 'Gives exactly these columns in this order.',
  notes: [
    '`*` in a name stands for any characters. Fields whose names begin with `_` come only where named.',
  ],
  examples: [
    { search: 'index=main | table _time host user ProcessId CommandLine', summary: 'Five columns.' },
  ],
  parse(reader) {
    const fields = readFields(reader, { wildcards: true, where: '"table"' });
    expectEnd(reader, 'table');
    if (fields.length === 0) {
      reader.report('missing-argument', { command: 'table', what: 'at least one field' }, reader.here());
      return undefined;
    }
    return { kind: 'table', fields: fields.map((field) => field.name) };
  },
  lower(node, { span }) {
    return [{ kind: 'project', mode: 'table', fields: node.fields, span }];
  },
};
