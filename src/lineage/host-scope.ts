import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';

/** What the store has of a host, as far as it had arrived: what a tree of it was made from. */
export interface HostScope {
  readonly events: number;
  readonly starts: number;
  readonly ends: number;
  /** Of all events; null where there are none. */
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  /** Arrival of what arrived last. */
  readonly arrived: Ticks | null;
}

const columns: readonly Column[] = [
  { name: 'events', type: 'number' },
  { name: 'starts', type: 'number' },
  { name: 'ends', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'arrived', type: 'time' },
];

/** Counts the events of a host; `asOf`: only those that had arrived by then. */
export async function readHostScope(store: Store, host: string, asOf: Ticks | undefined): Promise<HostScope> {
  const parameters = new Parameters();
  const arrived = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
  const query = sql`SELECT count(), countIf(_event_class = 'process-start'), countIf(_event_class = 'process-end'),
minOrNull(_time), maxOrNull(_time), maxOrNull(_indextime) FROM events WHERE host = ${parameters.bind(host, 'String')} AND ${arrived}`;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const [events, starts, ends, first, last, arrived] of block)
      return {
        events: Number(events),
        starts: Number(starts),
        ends: Number(ends),
        first: typeof first === 'bigint' ? first : null,
        last: typeof last === 'bigint' ? last : null,
        arrived: typeof arrived === 'bigint' ? arrived : null,
      };
  return { events: 0, starts: 0, ends: 0, first: null, last: null, arrived: null };
}
