import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { NEAR_KEY } from './likely-relatives.ts';
import { inScope, isStart, type ObservationScope } from './observation-scope.ts';
import { processIdOf, textOf } from './observed-cell.ts';
import type { PidStarts } from './read-host-starts.ts';
import { readStartKey } from './start-key.ts';

/** A process by its id at a moment. */
export interface Bearer {
  readonly pid: number;
  readonly at: Ticks;
}

/** A start as far as it tells who is who. */
export interface NamedStart {
  readonly at: Ticks;
  readonly guid: string | undefined;
  readonly parentPid: number | undefined;
}

const startColumns: readonly Column[] = [
  { name: 'time', type: 'time' },
  { name: 'guid', type: 'text' },
  { name: 'parentPid', type: 'number' },
];

/** Most processes started within this time before what they do. */
const RECENT = 8n * 3600n * TICKS_PER_SECOND;

/**
 * The last start with a process id up to a moment: found without going through the whole host, and mostly of the one that
 * bore the id then. Whether it was, the rows that are read next tell.
 */
export async function lastStart(
  store: Store,
  scope: ObservationScope,
  bearer: Bearer,
  limits: QueryLimits,
): Promise<NamedStart | undefined> {
  const recent = await lastStartSince(store, scope, bearer, bearer.at - RECENT, limits);
  return recent ?? lastStartSince(store, scope, bearer, undefined, limits);
}

async function lastStartSince(
  store: Store,
  scope: ObservationScope,
  { pid, at }: Bearer,
  since: Ticks | undefined,
  limits: QueryLimits,
): Promise<NamedStart | undefined> {
  const parameters = new Parameters();
  const after = since === undefined ? sql`1` : sql`_time >= ${bindTime(parameters, since)}`;
  const query = sql`SELECT _time, process_guid, toInt64OrNull(parent_process_id) FROM events
WHERE ${inScope(parameters, scope)} AND _event_class = 'process-start' AND ${after} AND _time <= ${bindTime(parameters, at)}
AND process_id = ${parameters.bind(String(pid), 'String')} ORDER BY _time DESC LIMIT 1`;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, startColumns, limits))
    for (const [time, guid, parentPid] of block)
      if (typeof time === 'bigint')
        return { at: time, guid: textOf(guid), parentPid: processIdOf(parentPid) };
  return undefined;
}

const nearColumns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'parentPid', type: 'number' },
  { name: 'time', type: 'time' },
];

/** Descendants mostly start within this time. */
const SOON_AFTER = 3n * 3600n * TICKS_PER_SECOND;
const MOST_NEAR = 50_000;
const MOST_GENERATIONS = 64;
const MOST_RELATIVES = 500;

/**
 * Guesses the family of a process, so that few statements are needed to read it: whoever asks must check. Ancestors are those
 * that started last with the process id of each parent, descendants the starts that name the id until it is taken again.
 * `pidStarts`: up to the moment of the process; `near`: the starts after its own.
 */
export async function likelyFamily(
  store: Store,
  scope: ObservationScope,
  seed: Bearer,
  pidStarts: ReadonlyMap<number, PidStarts>,
  near: readonly NearStart[],
  limits: QueryLimits,
): Promise<readonly Bearer[]> {
  const above = await likelyAncestors(store, scope, seed, pidStarts, limits);
  return [...above, ...likelyDescendants(seed, pidStarts, near)];
}

async function likelyAncestors(
  store: Store,
  scope: ObservationScope,
  seed: Bearer,
  pidStarts: ReadonlyMap<number, PidStarts>,
  limits: QueryLimits,
): Promise<readonly Bearer[]> {
  const found: Bearer[] = [];
  let bearer = seed;
  while (found.length < MOST_GENERATIONS) {
    const { pid, at } = bearer;
    const holder = pidStarts.get(pid)?.holder;
    const start =
      holder === undefined || holder.at <= at ? holder : await lastStart(store, scope, bearer, limits);
    if (start === undefined) break;
    if (bearer !== seed) found.push({ pid, at: start.at });
    if (start.parentPid === undefined) break;
    bearer = { pid: start.parentPid, at: start.at };
    found.push(bearer);
  }
  return found;
}

function likelyDescendants(
  seed: Bearer,
  pidStarts: ReadonlyMap<number, PidStarts>,
  near: readonly NearStart[],
): readonly Bearer[] {
  const below: Bearer[] = [{ pid: seed.pid, at: pidStarts.get(seed.pid)?.holder?.at ?? seed.at }];
  for (const { pid, at } of below) {
    const again = near.find((start) => start.pid === pid && start.at > at)?.at;
    for (const start of near) {
      const named = start.parentPid === pid && start.at >= at && !(again !== undefined && start.at > again);
      if (named && start.pid !== undefined) below.push({ pid: start.pid, at: start.at });
    }
    if (below.length > MOST_RELATIVES) break;
  }
  return below.slice(1);
}

/** The starts from a moment on until soon after a process did something, in the order of time. */
export async function startsNear(
  store: Store,
  scope: ObservationScope,
  from: Ticks,
  { at }: Bearer,
  limits: QueryLimits,
): Promise<readonly NearStart[]> {
  const parameters = new Parameters();
  const to = at + SOON_AFTER;
  const query = sql`SELECT toInt64OrNull(process_id), toInt64OrNull(parent_process_id), _time FROM events
WHERE ${inScope(parameters, scope)} AND _event_class = 'process-start'
AND _time BETWEEN ${bindTime(parameters, from)} AND ${bindTime(parameters, to)}
ORDER BY _time LIMIT ${parameters.bind(MOST_NEAR, 'UInt32')}`;
  const starts: NearStart[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, nearColumns, limits))
    for (const [pid, parentPid, time] of block)
      if (typeof time === 'bigint')
        starts.push({ pid: processIdOf(pid), parentPid: processIdOf(parentPid), at: time });
  return starts;
}

/** A start as far as it tells whose child somebody is. */
export interface NearStart {
  readonly pid: number | undefined;
  readonly parentPid: number | undefined;
  readonly at: Ticks;
}

const bearerColumns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'time', type: 'time' },
];

/** By what a GUID is looked for: starts that bear it, else any event, else the starts that name it as the parent's. */
const named: readonly { readonly pid: Sql; readonly where: (guid: Sql) => Sql; readonly soon?: true }[] = [
  { pid: sql`process_id`, where: (guid) => sql`${isStart} AND process_guid = ${guid}`, soon: true },
  { pid: sql`process_id`, where: (guid) => sql`${isStart} AND process_guid = ${guid}` },
  { pid: sql`process_id`, where: (guid) => sql`process_guid = ${guid}` },
  {
    pid: sql`parent_process_id`,
    where: (guid) => sql`${isStart} AND parent_process_guid = ${guid}`,
  },
];

/** The process ids that a GUID has, each with the first moment of it. */
export async function bearersOfGuid(
  store: Store,
  scope: ObservationScope,
  guid: string,
  limits: QueryLimits,
): Promise<readonly Bearer[]> {
  const second = readStartKey(guid)?.second;
  for (const { pid, where, soon = false } of named) {
    if (soon && second === undefined) continue;
    const parameters = new Parameters();
    const from = BigInt(second ?? 0) * TICKS_PER_SECOND - NEAR_KEY;
    const when = soon
      ? sql`_time BETWEEN ${bindTime(parameters, from)} AND ${bindTime(parameters, from + 2n * NEAR_KEY)}`
      : sql`1`;
    const query = sql`SELECT toInt64OrNull(${pid}) AS pid, min(_time) FROM events
WHERE ${inScope(parameters, scope)} AND ${when} AND ${where(parameters.bind(guid, 'String'))} GROUP BY pid`;
    const found: Bearer[] = [];
    const statement = { sql: query, parameters: parameters.values };
    for await (const block of store.rows(statement, bearerColumns, limits))
      for (const [pidCell, at] of block) {
        const number = processIdOf(pidCell);
        if (number !== undefined && typeof at === 'bigint') found.push({ pid: number, at });
      }
    if (found.length > 0) return found;
  }
  return [];
}
