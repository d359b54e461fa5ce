import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import type { Bearer } from './likely-bearers.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf } from './observed-cell.ts';

/** A child as one start event has it. */
export interface NamedChild extends Bearer {
  readonly parentPid: number | undefined;
}

const columns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'time', type: 'time' },
  { name: 'parentPid', type: 'number' },
];

/**
 * Which of the children other start events about that moment say to be another's: a spoofed parent, which one sensor sees
 * through. `margin`: how far apart starts of one process may be told.
 */
export async function disputedChildren(
  store: Store,
  scope: ObservationScope,
  children: readonly NamedChild[],
  margin: Ticks,
  limits: QueryLimits,
): Promise<readonly Bearer[]> {
  if (children.length === 0) return [];
  const bucket = margin < TICKS_PER_SECOND ? TICKS_PER_SECOND : margin;
  const near = children.flatMap(({ pid, at }) =>
    [-1n, 0n, 1n].map((side) => ({ pid: String(pid), bucket: String(at / bucket + side) })),
  );
  const parameters = new Parameters();
  const pids = parameters.bind(
    near.map(({ pid }) => pid),
    'Array(String)',
  );
  const buckets = parameters.bind(
    near.map((each) => each.bucket),
    'Array(String)',
  );
  const bucketOf = sql`intDiv(reinterpretAsInt64(_time), ${parameters.bind(String(bucket), 'Int64')})`;
  const query = sql`SELECT toInt64OrNull(process_id), _time, toInt64OrNull(parent_process_id) FROM events
WHERE ${inScope(parameters, scope)} AND _event_class = 'process-start' AND process_id IN ${pids}
AND cityHash64(assumeNotNull(process_id), ${bucketOf}) IN (
SELECT cityHash64(told.1, toInt64(told.2)) FROM (SELECT arrayJoin(arrayZip(${pids}, ${buckets})) AS told))`;
  const told = new Map<number, NamedChild[]>();
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, columns, limits))
    for (const [pidCell, at, parentCell] of block) {
      const pid = processIdOf(pidCell);
      if (pid === undefined || typeof at !== 'bigint') continue;
      const start = { pid, at, parentPid: processIdOf(parentCell) };
      told.set(pid, [...(told.get(pid) ?? []), start]);
    }
  return children.filter((child) =>
    told.get(child.pid)?.some(({ at, parentPid }) => {
      const apart = at < child.at ? child.at - at : at - child.at;
      return apart <= margin && parentPid !== child.parentPid;
    }),
  );
}
