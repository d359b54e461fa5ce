import { expectEnd, readFields, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { integerOption } from '../option.ts';

interface MvexpandNode {
  readonly kind: 'mvexpand';
  readonly field: string;
  readonly limit: number;
}

const options = { limit: integerOption(0, 'How many values of each row; 0 for all.', { least: 0 }) } as const;

export const mvexpand: Command<MvexpandNode> = {
  name: 'mvexpand',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'mvexpand <field> [limit=<int>]',
  summary: 'Makes one row of each value of a multivalue field; the other fields are copied.',
  options,
  examples: [
    {
      search: 'index=main | stats values(Image) AS Image BY host | mvexpand Image',
      summary: 'One row an image.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'mvexpand', options);
    const [field, second] = readFields(reader, { wildcards: false, where: '"mvexpand"', option: found.take });
    if (second !== undefined)
      reader.report('too-many-arguments', { command: 'mvexpand', found: second.name }, second.span);
    expectEnd(reader, 'mvexpand');
    if (field === undefined) {
      reader.report('missing-argument', { command: 'mvexpand', what: 'a field' }, reader.here());
      return undefined;
    }
    return { kind: 'mvexpand', field: field.name, limit: found.values.limit };
  },
  lower(node, { span }) {
    return [{ kind: 'expand', field: node.field, limit: node.limit, span }];
  },
};
