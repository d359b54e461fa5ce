import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import type { StartSpan } from './key-boots.ts';
import { inScope, isStart, type ObservationScope } from './observation-scope.ts';
import { processIdOf, textOf } from './observed-cell.ts';

/** The start events of a host by the products that tell them, and by process id. */
export interface HostStarts {
  readonly spans: ReadonlyMap<string, StartSpan>;
  readonly byPid: ReadonlyMap<number, PidStarts>;
  readonly count: number;
  /** Those with a GUID of their own. */
  readonly withGuid: number;
}

/** The starts of a process id. */
export interface PidStarts {
  readonly count: number;
  /** The last up to a moment, and whom it names as the parent. */
  readonly holder: { readonly at: Ticks; readonly parentPid: number | undefined } | undefined;
}

const columns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'product', type: 'text' },
  { name: 'count', type: 'number' },
  { name: 'withGuid', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'at', type: 'time' },
  { name: 'parentPid', type: 'number' },
];

/** Counts them in one pass; `upTo` is the moment up to which the last start of each process id is told. */
export async function readHostStarts(
  store: Store,
  scope: ObservationScope,
  upTo: Ticks | undefined,
  limits: QueryLimits,
): Promise<HostStarts> {
  const parameters = new Parameters();
  const before = upTo === undefined ? sql`0` : sql`_time <= ${bindTime(parameters, upTo)}`;
  const query = sql`SELECT toInt64OrNull(process_id), _product, starts, guids, first, last, started, toInt64OrNull(parent) FROM (
SELECT process_id, _product, count() AS starts, countIf(isNotNull(process_guid)) AS guids, min(_time) AS first, max(_time) AS last,
maxOrNullIf(_time, ${before}) AS started, argMaxOrNullIf(parent_process_id, _time, ${before}) AS parent FROM events
WHERE ${inScope(parameters, scope)} AND ${isStart} GROUP BY process_id, _product)`;
  const spans = new Map<string, StartSpan>();
  const byPid = new Map<number, PidStarts>();
  let count = 0;
  let withGuid = 0;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns, limits))
    for (const [pidCell, productCell, starts, guids, first, last, started, parentPid] of block) {
      if (typeof first !== 'bigint' || typeof last !== 'bigint') continue;
      count += Number(starts);
      withGuid += Number(guids);
      const product = textOf(productCell) ?? '';
      spans.set(product, joined(spans.get(product), { first, last, guids: Number(guids) > 0 }));
      const pid = processIdOf(pidCell);
      if (pid === undefined) continue;
      const holder =
        typeof started === 'bigint' ? { at: started, parentPid: processIdOf(parentPid) } : undefined;
      const known = byPid.get(pid);
      byPid.set(pid, {
        count: Number(starts) + (known?.count ?? 0),
        holder: later(known?.holder, holder),
      });
    }
  return { spans, byPid, count, withGuid };
}

function joined(known: StartSpan | undefined, more: StartSpan): StartSpan {
  if (known === undefined) return more;
  return {
    first: more.first < known.first ? more.first : known.first,
    last: more.last > known.last ? more.last : known.last,
    guids: known.guids || more.guids,
  };
}

function later(one: PidStarts['holder'], other: PidStarts['holder']): PidStarts['holder'] {
  return one === undefined || (other !== undefined && other.at > one.at) ? other : one;
}

/** All classes of events that a host has. */
export async function readClasses(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<ReadonlySet<string>> {
  const parameters = new Parameters();
  const query = sql`SELECT DISTINCT _event_class FROM events WHERE ${inScope(parameters, scope)}`;
  const classes = new Set<string>();
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, [{ name: 'class', type: 'text' }], limits))
    for (const [name] of block) if (typeof name === 'string') classes.add(name);
  return classes;
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
