import { expectEnd, isKeyword, readFields, readOptions, takeCount } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { booleanOption } from '../option.ts';
import { readSortKeys } from '../parse-sort-keys.ts';
import type { Step } from '../plan.ts';

type DedupNode = Omit<Extract<Step, { kind: 'dedup' }>, 'span'>;

const options = {
  keepevents: booleanOption(false, 'Keep the rows, and take only the fields away from the repeated ones.'),
  keepempty: booleanOption(false, 'Keep rows that lack one of the fields.'),
  consecutive: booleanOption(false, 'Only rows that follow each other count as repeated.'),
} as const;

export const dedup: Command<DedupNode> = {
  name: 'dedup',
  kind: 'ordering',
  mode: 'arguments',
  syntax:
    'dedup [<int>] <field>... [keepevents=<bool>] [keepempty=<bool>] [consecutive=<bool>] [sortby [-|+]<field>...]',
  summary: 'Keeps the first row, or the first few, of each combination of values.',
  notes: ['Events arrive newest first, so the newest is kept. Rows that lack one of the fields go.'],
  options,
  examples: [
    { search: 'index=main | dedup host Image', summary: 'The newest event of each image on each host.' },
    { search: 'index=main | dedup 3 host sortby -_time', summary: 'Three of each host, newest first.' },
  ],
  parse(reader) {
    const found = readOptions(reader, 'dedup', options);
    while (found.take());
    const count = takeCount(reader, 1);
    const fields = readFields(reader, {
      wildcards: false,
      where: '"dedup"',
      until: ['sortby'],
      option: found.take,
    });
    const sortby = reader.peek('arguments');
    let sortBy: DedupNode['sortBy'] = [];
    if (isKeyword(sortby, 'sortby')) {
      reader.next('arguments');
      sortBy = readSortKeys(reader, { until: [], option: found.take });
      if (sortBy.length === 0)
        reader.report('missing-part', { expected: 'a field after sortby' }, sortby.span);
    }
    expectEnd(reader, 'dedup');
    if (fields.length === 0 && reader.diagnostics.length === 0)
      reader.report('missing-argument', { command: 'dedup', what: 'at least one field' }, reader.here());
    return {
      kind: 'dedup',
      count: count?.value ?? 1,
      fields: fields.map((field) => field.name),
      keepEvents: found.values.keepevents,
      keepEmpty: found.values.keepempty,
      consecutive: found.values.consecutive,
      sortBy,
    };
  },
  lower(node, { span }) {
    return [{ ...node, span }];
  },
};
