import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import type { StartSpan } from './key-boots.ts';
import { inScope, isStart, type ObservationScope } from './observation-scope.ts';
import { processIdOf, textOf } from './observed-cell.ts';

/** The start events of a host by the products that tell them. */
export interface HostStarts {
  readonly spans: ReadonlyMap<string, StartSpan>;
  readonly count: number;
  /** Those with a GUID of their own. */
  readonly withGuid: number;
  /** All classes of events that the host has. */
  readonly classes: ReadonlySet<string>;
}

const startColumns: readonly Column[] = [
  { name: 'product', type: 'text' },
  { name: 'classes', type: 'multivalue' },
  { name: 'count', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'withGuid', type: 'number' },
];

export async function readHostStarts(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<HostStarts> {
  const parameters = new Parameters();
  const query = sql`SELECT _product, groupUniqArray(_event_class), countIf(${isStart}), minOrNullIf(_time, ${isStart}),
maxOrNullIf(_time, ${isStart}), countIf(${isStart} AND isNotNull(process_guid)) FROM events
WHERE ${inScope(parameters, scope)} GROUP BY _product`;
  const spans = new Map<string, StartSpan>();
  const classes = new Set<string>();
  let count = 0;
  let withGuid = 0;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, startColumns, limits))
    for (const [product, classesOfProduct, starts, first, last, named] of block) {
      if (Array.isArray(classesOfProduct)) for (const each of classesOfProduct) classes.add(each);
      if (typeof first !== 'bigint' || typeof last !== 'bigint') continue;
      count += Number(starts);
      withGuid += Number(named);
      spans.set(textOf(product) ?? '', { first, last, guids: Number(named) > 0 });
    }
  return { spans, count, withGuid, classes };
}

/** Whether a start names itself or its parent by a GUID alone, without the process id. */
export async function namesByGuidAlone(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<boolean> {
  const parameters = new Parameters();
  const query = sql`SELECT 1 FROM events WHERE ${inScope(parameters, scope)} AND ${isStart}
AND (((isNull(process_id) OR process_id = '0') AND isNotNull(process_guid))
OR ((isNull(parent_process_id) OR parent_process_id = '0') AND isNotNull(parent_process_guid))) LIMIT 1`;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, [{ name: 'any', type: 'number' }], limits))
    if (block.length > 0) return true;
  return false;
}

/** The starts of a process id. */
export interface PidStarts {
  readonly count: number;
  /** The last up to a moment, and whom it names as the parent. */
  readonly holder: { readonly at: Ticks; readonly parentPid: number | undefined } | undefined;
}

const pidColumns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'count', type: 'number' },
  { name: 'at', type: 'time' },
  { name: 'parentPid', type: 'number' },
];

/** The starts of each process id of a host; `at` is the moment up to which the last is told. */
export async function readPidStarts(
  store: Store,
  scope: ObservationScope,
  at: Ticks | undefined,
  limits: QueryLimits,
): Promise<ReadonlyMap<number, PidStarts>> {
  const parameters = new Parameters();
  const upTo = at === undefined ? sql`0` : sql`_time <= ${bindTime(parameters, at)}`;
  const query = sql`SELECT toInt64OrNull(id), starts, started, toInt64OrNull(parent) FROM (
SELECT process_id AS id, count() AS starts, maxOrNullIf(_time, ${upTo}) AS started,
argMaxOrNullIf(parent_process_id, _time, ${upTo}) AS parent FROM events
WHERE ${inScope(parameters, scope)} AND ${isStart} GROUP BY process_id)`;
  const found = new Map<number, PidStarts>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, pidColumns, limits))
    for (const [pidCell, count, started, parentPid] of block) {
      const pid = processIdOf(pidCell);
      if (pid === undefined) continue;
      const known = found.get(pid);
      const holder =
        typeof started === 'bigint' ? { at: started, parentPid: processIdOf(parentPid) } : known?.holder;
      found.set(pid, { count: Number(count) + (known?.count ?? 0), holder });
    }
  return found;
}
