import type { Command } from '../command.ts';
import { parseTop, type TopNode, topOptions } from '../parse-top.ts';

export const top: Command<TopNode> = {
  name: 'top',
  kind: 'transforming',
  mode: 'arguments',
  syntax: 'top [<int>] [<options>] <field>... [BY <field>...]',
  summary: 'Counts the most frequent values of fields.',
  notes: [
    'Gives ten values (in each group) with their count and percentage. Rows that lack a field are not counted.',
  ],
  options: topOptions,
  examples: [
    { search: 'index=main EventCode=1 | top Image', summary: 'The ten images that start most often.' },
  ],
  parse(reader) {
    return parseTop(reader, 'top');
  },
  lower(node, { span }) {
    return [{ ...node, span }];
  },
};
