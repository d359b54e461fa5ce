import type { Command } from '../command.ts';
import { parseTop, type TopNode, topOptions } from '../parse-top.ts';

export const rare: Command<TopNode> = {
  name: 'rare',
  kind: 'transforming',
  mode: 'arguments',
  syntax: 'rare [<int>] [<options>] <field>... [BY <field>...]',
  summary: 'Counts the rarest values of fields.',
  notes: [
    'Gives ten values (in each group) with their count and percentage. Rows that lack a field are not counted.',
  ],
  options: topOptions,
  examples: [
    { search: 'index=main EventCode=1 | rare Image', summary: 'The ten images that start least often.' },
  ],
  parse(reader) {
    return parseTop(reader, 'rare');
  },
  lower(node, { span }) {
    return [{ ...node, span }];
  },
};
