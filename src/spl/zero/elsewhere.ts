import type { Ticks } from '../../core/ticks.ts';
import { sql } from '../../store/sql.ts';
import { columnOf } from '../generate/relation.ts';
import { searchedFields } from '../referenced-fields.ts';
import { type CountedScope, CountedTests } from './counted-tests.ts';

/** Events that meet the search's conditions outside its time range or its indexes. */
export interface Elsewhere {
  readonly events: number;
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  readonly indexes: readonly string[];
}

/** Counts over the whole store; undefined where the search's scope is all of it. */
export async function countElsewhere(scope: CountedScope): Promise<Elsewhere | undefined> {
  const { source } = scope;
  const { test, indexes, earliest, latest, indexEarliest, indexLatest } = source;
  const bounds = [earliest, latest, indexEarliest, indexLatest];
  if (indexes.length === 0 && bounds.every((bound) => bound === null)) return undefined;
  const open = {
    ...source,
    indexes: [],
    earliest: null,
    latest: null,
    indexEarliest: null,
    indexLatest: null,
  };
  const fields = test === undefined ? [] : searchedFields(test);
  const counted = new CountedTests({ ...scope, source: open }, [...fields, '_time', 'index']);
  const found = counted.value('all', counted.test(test));
  const time = columnOf(counted.relation, '_time')?.ref ?? sql`NULL`;
  const index = columnOf(counted.relation, 'index')?.ref ?? sql`''`;
  const asked = [
    counted.count(found),
    counted.ask(sql`minOrNullIf(${time}, ${found})`, 'time'),
    counted.ask(sql`maxOrNullIf(${time}, ${found})`, 'time'),
    counted.ask(sql`arraySort(groupUniqArrayIf(20)(toString(${index}), ${found}))`, 'multivalue'),
  ];
  const [events, first, last, names] = await counted.run().then((row) => asked.map((at) => row[at]));
  return {
    events: Number(events ?? 0),
    first: typeof first === 'bigint' ? first : null,
    last: typeof last === 'bigint' ? last : null,
    indexes: Array.isArray(names) ? names : [],
  };
}
