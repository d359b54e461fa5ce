import type { Ticks } from '../core/ticks.ts';
import { identifier, type Parameters, type Sql, sql } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';

/** Whose processes are read. */
export interface ObservationScope {
  readonly host: string;
  /** Other names under which the same computer is in the logs (short, renamed). */
  readonly otherNames?: readonly string[];
  /** Only events that had arrived by then. */
  readonly asOf?: Ticks | undefined;
  /** Empty or absent: all. */
  readonly indexes?: readonly string[];
}

/** The condition that an event is the start of a process. */
export const isStart: Sql = sql`_event_class = 'process-start'`;

/** The condition that an event is in the scope. */
export function inScope(parameters: Parameters, scope: ObservationScope): Sql {
  const names = [scope.host, ...(scope.otherNames ?? [])].map((name) => name.toLowerCase());
  const indexes = scope.indexes ?? [];
  const inIndexes =
    indexes.length === 0
      ? sql`1`
      : sql`${identifier('index')} IN ${parameters.bind(indexes, 'Array(String)')}`;
  const arrived = scope.asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, scope.asOf)}`;
  return sql`host IN ${parameters.bind(names, 'Array(String)')} AND ${inIndexes} AND ${arrived}`;
}

/**
 * Behind statements whose rows lie far apart: the engine gives what it finds in each few thousand rows as a block of its own, and
 * to fetch a hundred blocks costs more than to put their rows in order.
 */
export const asOneBlock: Sql = sql`ORDER BY _time`;
