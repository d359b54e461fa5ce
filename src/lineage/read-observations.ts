import type { Ticks } from '../core/ticks.ts';
import { identifier, Parameters, type Sql, sql } from '../store/sql.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { ObservationBuilder, type Observations } from './observation.ts';
import {
  addObservation,
  observationColumns,
  observationSelect,
  observedClasses,
} from './observation-query.ts';

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
 * Reads all that the store has of the processes of one host, whenever it happened, as far as it had arrived. Fails with a
 * `StoreError`.
 */
export async function readObservations(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits = {},
): Promise<Observations> {
  const parameters = new Parameters();
  const classes = parameters.bind(observedClasses, 'Array(String)');
  const query = sql`${observationSelect} WHERE ${inScope(parameters, scope)} AND _event_class IN ${classes}
ORDER BY ${identifier('index')}, host, _time`;
  const builder = new ObservationBuilder(scope.host.toLowerCase());
  for await (const block of store.rows(
    { sql: query, parameters: parameters.values },
    observationColumns,
    limits,
  ))
    for (const row of block) addObservation(builder, row);
  return builder.finish();
}
