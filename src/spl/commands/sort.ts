import { expectEnd, isKeyword, readOptions, takeCount } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { integerOption } from '../option.ts';
import { readSortKeys } from '../parse-sort-keys.ts';
import type { SortKey } from '../plan.ts';

interface SortNode {
  readonly kind: 'sort';
  readonly keys: readonly SortKey[];
  readonly limit: number;
  readonly reversed: boolean;
}

/** Splunk documentation, sort: without a count 10,000 rows are kept. */
const defaultLimit = 10_000;

const options = {
  limit: integerOption(undefined, 'How many rows to keep; 0 for all.', { least: 0 }),
} as const;

export const sort: Command<SortNode> = {
  name: 'sort',
  kind: 'ordering',
  mode: 'arguments',
  syntax: 'sort [<int>] [-|+]<field>... [desc]',
  summary: 'Sorts the rows; `-` in front of a field sorts it descending.',
  notes: [
    'Keeps the first 10000 rows; `sort 0` keeps all.',
    'Values compare as numbers where both are numbers, as addresses where both are addresses, else as text; num(), str(), ip() and auto() choose. Rows without the field come last.',
    '`d` or `desc` at the end reverses the whole result.',
  ],
  options,
  examples: [
    { search: 'index=main | sort 0 host -_time', summary: 'All rows by host, newest first within each.' },
  ],
  parse(reader) {
    const found = readOptions(reader, 'sort', options);
    while (found.take());
    const count = takeCount(reader, 0);
    while (found.take());
    if (isKeyword(reader.peek('arguments'), 'by')) reader.next('arguments');
    const keys = readSortKeys(reader, { until: ['d', 'desc'], option: found.take });
    const direction = reader.peek('arguments');
    const reversed = isKeyword(direction, 'd', 'desc');
    if (reversed) reader.next('arguments');
    while (found.take());
    expectEnd(reader, 'sort');
    const limitSpan = found.given.get('limit');
    if (count !== undefined && limitSpan !== undefined)
      reader.report('option-given-twice', { name: 'limit' }, limitSpan);
    if (keys.length === 0 && reader.diagnostics.length === 0)
      reader.report('missing-argument', { command: 'sort', what: 'a field to sort by' }, reader.here());
    return { kind: 'sort', keys, limit: count?.value ?? found.values.limit ?? defaultLimit, reversed };
  },
  lower(node, { span }) {
    return [{ kind: 'sort', keys: node.keys, limit: node.limit, reversed: node.reversed, span }];
  },
};
