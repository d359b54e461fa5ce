import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { readStartKey } from './start-key.ts';

/** GUIDs and process ids of what are likely the relatives of processes. */
export interface LikelyRelatives {
  readonly guids: ReadonlySet<string>;
  readonly pids: ReadonlySet<number>;
}

const columns: readonly Column[] = [
  { name: 'guid', type: 'text' },
  { name: 'pid', type: 'number' },
  { name: 'parentGuid', type: 'text' },
  { name: 'parentPid', type: 'number' },
];

/** A start event is mostly this near to the second that its GUID has. */
export const NEAR_KEY = 30n * TICKS_PER_SECOND;
/** Each is a statement of its own; with more, the whole host is read as fast. */
const MOST_GENERATIONS = 64;

/**
 * Guesses the families of processes with GUIDs, so that few rounds are needed to read them. Whoever asks must check: what it
 * gives may be too little. Ancestors are looked for about the second that their GUID has, descendants from there on.
 * Undefined where there are more than `most`, or too many generations.
 */
export async function likelyRelatives(
  store: Store,
  scope: ObservationScope,
  seeds: readonly string[],
  most: number,
  limits: QueryLimits,
): Promise<LikelyRelatives | undefined> {
  const guids = new Set<string>(seeds);
  const pids = new Set<number>();
  for (const side of ['up', 'down'] as const) {
    let generation: readonly string[] = seeds;
    for (let count = 0; generation.length > 0; count++) {
      if (count === MOST_GENERATIONS) return undefined;
      const next: string[] = [];
      for (const [guid, pid, parentGuid, parentPid] of await starts(store, scope, generation, side, limits)) {
        if (typeof pid === 'number' && pid > 0) pids.add(pid);
        if (typeof parentPid === 'number' && parentPid > 0) pids.add(parentPid);
        const found = side === 'up' ? parentGuid : guid;
        if (typeof found !== 'string' || guids.has(found)) continue;
        guids.add(found);
        next.push(found);
        if (guids.size > most) return undefined;
      }
      generation = next;
    }
  }
  return { guids, pids };
}

async function starts(
  store: Store,
  scope: ObservationScope,
  generation: readonly string[],
  side: 'up' | 'down',
  limits: QueryLimits,
): Promise<readonly (readonly unknown[])[]> {
  const parameters = new Parameters();
  const wanted = parameters.bind(generation, 'Array(String)');
  const named = side === 'up' ? sql`process_guid IN ${wanted}` : sql`parent_process_guid IN ${wanted}`;
  const query = sql`SELECT process_guid, toInt64OrNull(process_id), parent_process_guid, toInt64OrNull(parent_process_id)
FROM events WHERE ${inScope(parameters, scope)} AND _event_class = 'process-start'
AND ${timeOf(parameters, generation, side)} AND ${named}`;
  const rows: (readonly unknown[])[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns, limits))
    rows.push(...block);
  return rows;
}

/** When the start events of a generation, or of its children, are likely to be. */
function timeOf(parameters: Parameters, generation: readonly string[], side: 'up' | 'down'): Sql {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const guid of generation) {
    const key = readStartKey(guid);
    if (key === undefined) return sql`1`;
    first = Math.min(first, key.second);
    last = Math.max(last, key.second);
  }
  const moment = (second: number): bigint => BigInt(second) * TICKS_PER_SECOND;
  const from = sql`_time >= ${bindTime(parameters, moment(first) - NEAR_KEY)}`;
  return side === 'down' ? from : sql`${from} AND _time <= ${bindTime(parameters, moment(last) + NEAR_KEY)}`;
}
