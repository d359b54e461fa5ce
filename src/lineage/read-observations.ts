import { readColumnBlocks } from '../store/column-block.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import type { Observations } from './observation.ts';
import { addObservationBlock } from './observation-block.ts';
import { ObservationBuilder } from './observation-builder.ts';
import { isObserved, observationSelect } from './observation-query.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { activitiesAmong, ofAll } from './read-activities.ts';

/**
 * Reads all that the store has of the processes of one host, whenever it happened, as far as it had arrived. Fails with a
 * `StoreError`.
 */
export async function readObservations(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits = {},
): Promise<Observations> {
  const builder = new ObservationBuilder(scope.host.toLowerCase());
  const [activities] = await Promise.all([
    activitiesAmong(store, scope, ofAll, limits),
    addObserved(builder, store, scope, limits),
  ]);
  for (const activity of activities) builder.add(activity);
  return builder.finish();
}

async function addObserved(
  builder: ObservationBuilder,
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<void> {
  const parameters = new Parameters();
  const query = sql`${observationSelect} WHERE ${inScope(parameters, scope)} AND ${isObserved(parameters)}`;
  for await (const bytes of store.columnBlocks({ sql: query, parameters: parameters.values }, limits))
    for (const block of readColumnBlocks(bytes)) addObservationBlock(builder, block);
}
