import { Parameters, sql } from '../store/sql.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { ObservationBuilder, type Observations } from './observation.ts';
import {
  addObservation,
  observationColumns,
  observationSelect,
  observedClasses,
} from './observation-query.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { readActivities } from './read-activities.ts';

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
  const query = sql`${observationSelect} WHERE ${inScope(parameters, scope)} AND _event_class IN ${classes}`;
  const builder = new ObservationBuilder(scope.host.toLowerCase());
  for await (const block of store.rows(
    { sql: query, parameters: parameters.values },
    observationColumns,
    limits,
  ))
    for (const row of block) addObservation(builder, row);
  for await (const activity of readActivities(store, scope, limits)) builder.add(activity);
  return builder.finish();
}
