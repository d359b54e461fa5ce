import { expectEnd, readFields, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { textOption } from '../option.ts';

interface FillnullNode {
  readonly kind: 'fillnull';
  readonly value: string;
  readonly fields: readonly string[];
}

const options = { value: textOption('0', 'What is put in.') } as const;

export const fillnull: Command<FillnullNode> = {
  name: 'fillnull',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'fillnull [value=<string>] [<field>...]',
  summary: 'Puts a value where a field has none; without names in every field of the result.',
  notes: ['Fields that are named and that no row has are made.'],
  options,
  examples: [{ search: 'index=main | fillnull value="-" User ParentUser', summary: 'Two fields.' }],
  parse(reader) {
    const found = readOptions(reader, 'fillnull', options);
    const fields = readFields(reader, { wildcards: true, where: '"fillnull"', option: found.take });
    expectEnd(reader, 'fillnull');
    return { kind: 'fillnull', value: found.values.value, fields: fields.map((field) => field.name) };
  },
  lower(node, { span }) {
    return [{ kind: 'fill-null', value: node.value, fields: node.fields, span }];
  },
};
