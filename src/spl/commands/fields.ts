import { expectEnd, readFields } from '../argument-reader.ts';
import type { Command } from '../command.ts';

interface FieldsNode {
  readonly kind: 'fields';
  readonly mode: 'keep' | 'drop';
  readonly fields: readonly string[];
}

export const fields: Command<FieldsNode> = {
  name: 'fields',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'fields [+|-] <field>...',
  summary: 'Keeps only these fields, or removes them.',
  notes: [
    '`_raw` and `_time` stay until they are removed by name or by `fields - _*`. `*` in a name is a wildcard.',
  ],
  examples: [
    { search: 'index=main | fields host, Image, CommandLine', summary: 'Keeps three fields.' },
    { search: 'index=main | fields - _raw', summary: 'Removes the raw text.' },
  ],
  parse(reader) {
    const first = reader.peek('arguments');
    const signed = first.kind === 'word' && /^[+-]/.test(first.text);
    const mode = signed && first.text.startsWith('-') ? 'drop' : 'keep';
    if (signed) reader.position = first.span.start + 1;
    const names = readFields(reader, { wildcards: true, where: '"fields"' });
    expectEnd(reader, 'fields');
    if (names.length === 0) {
      reader.report('missing-argument', { command: 'fields', what: 'at least one field' }, reader.here());
      return undefined;
    }
    return { kind: 'fields', mode, fields: names.map((field) => field.name) };
  },
  lower(node, { span }) {
    return [{ kind: 'project', mode: node.mode, fields: node.fields, span }];
  },
};
