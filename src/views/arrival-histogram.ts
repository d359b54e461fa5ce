import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { integer, Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { isoOrNull } from './reason-view.ts';

/** Counts over equal parts of time. */
export interface ArrivalHistogram {
  readonly from: string | null;
  readonly to: string | null;
  readonly bucketSeconds: number;
  readonly counts: number[];
}

const columns: readonly Column[] = [
  { name: 'part', type: 'number' },
  { name: 'count', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
];

/** Process starts of a host by the moment of their arrival; `parts` equal parts from the first arrival to the last. */
export async function arrivalHistogram(store: Store, host: string, parts: number): Promise<ArrivalHistogram> {
  const parameters = new Parameters();
  const name = parameters.bind(host, 'String');
  const where = sql`host = ${name} AND _event_class = 'process-start'`;
  const query = sql`SELECT least(intDiv(reinterpretAsInt64(_indextime) - reinterpretAsInt64(first), width), ${integer(parts - 1)}) AS part,
count(), any(first), any(last) FROM events CROSS JOIN (SELECT min(_indextime) AS first, max(_indextime) AS last,
  intDiv(reinterpretAsInt64(last) - reinterpretAsInt64(first), ${integer(parts)}) + 1 AS width FROM events WHERE ${where}) AS span
WHERE ${where} GROUP BY part ORDER BY part`;
  const counts = new Array<number>(parts).fill(0);
  let first: Ticks | null = null;
  let last: Ticks | null = null;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const [part, count, begin, end] of block) {
      counts[Number(part)] = Number(count);
      if (typeof begin === 'bigint') first = begin;
      if (typeof end === 'bigint') last = end;
    }
  if (first === null || last === null) return { from: null, to: null, bucketSeconds: 0, counts: [] };
  const width = (last - first) / BigInt(parts) + 1n;
  return {
    from: isoOrNull(first),
    to: isoOrNull(first + width * BigInt(parts)),
    bucketSeconds: Number(width) / Number(TICKS_PER_SECOND),
    counts,
  };
}
