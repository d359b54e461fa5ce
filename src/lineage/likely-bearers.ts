import type { Ticks } from '../core/ticks.ts';
import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf, textOf } from './observed-cell.ts';

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

/**
 * The last start with a process id up to a moment: found without going through the whole host, and mostly of the one that
 * bore the id then. Whether it was, the rows that are read next tell.
 */
export async function lastStart(
  store: Store,
  scope: ObservationScope,
  { pid, at }: Bearer,
  limits: QueryLimits,
): Promise<NamedStart | undefined> {
  const parameters = new Parameters();
  const query = sql`SELECT _time, process_guid, toInt64OrNull(parent_process_id) FROM events
WHERE ${inScope(parameters, scope)} AND _event_class = 'process-start' AND _time <= ${bindTime(parameters, at)}
AND process_id = ${parameters.bind(String(pid), 'String')} ORDER BY _time DESC LIMIT 1`;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, startColumns, limits))
    for (const [time, guid, parentPid] of block)
      if (typeof time === 'bigint')
        return { at: time, guid: textOf(guid), parentPid: processIdOf(parentPid) };
  return undefined;
}

const bearerColumns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'time', type: 'time' },
];

/** By what a GUID is looked for: starts that bear it, else any event, else the starts that name it as the parent's. */
const named: readonly { readonly pid: Sql; readonly where: (guid: Sql) => Sql }[] = [
  {
    pid: sql`process_id`,
    where: (guid) => sql`_event_class = 'process-start' AND process_guid = ${guid}`,
  },
  { pid: sql`process_id`, where: (guid) => sql`process_guid = ${guid}` },
  {
    pid: sql`parent_process_id`,
    where: (guid) => sql`_event_class = 'process-start' AND parent_process_guid = ${guid}`,
  },
];

/** The process ids that a GUID has, each with the first moment of it. */
export async function bearersOfGuid(
  store: Store,
  scope: ObservationScope,
  guid: string,
  limits: QueryLimits,
): Promise<readonly Bearer[]> {
  for (const { pid, where } of named) {
    const parameters = new Parameters();
    const query = sql`SELECT toInt64OrNull(${pid}) AS pid, min(_time) FROM events
WHERE ${inScope(parameters, scope)} AND ${where(parameters.bind(guid, 'String'))} GROUP BY pid`;
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
