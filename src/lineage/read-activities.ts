import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import {
  type ActivityScope,
  activityColumns,
  activityOf,
  anyActivity,
  unstartedByGuid,
  unstartedByPid,
  whichActivities,
} from './activity-query.ts';
import type { ObservationRow } from './observation.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';

/** Binds the condition that an event is of the processes that are asked for. */
export type Among = (parameters: Parameters) => Sql;

/** All processes of the host. */
export const ofAll: Among = () => sql`1`;

/**
 * Reads what else shows that processes were running whose start is not in the store: files, network, registry, modules and
 * the like, joined to one observation of each process and program. Activities of processes whose start is known add nothing to
 * a lineage, and are not read.
 */
export async function* readActivities(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
  among: Among = ofAll,
): AsyncGenerator<ObservationRow, void, undefined> {
  if (!(await hasActivities(store, scope, limits))) return;
  const [withGuid, withoutGuid] = await kindsOf(store, scope, limits, among);
  for (const [any, query] of [
    [withGuid, unstartedByGuid],
    [withoutGuid, unstartedByPid],
  ] as const) {
    if (!any) continue;
    const parameters = new Parameters();
    const statement = query(parameters, bound(parameters, scope, among));
    const rows = store.rows({ sql: statement, parameters: parameters.values }, activityColumns, limits);
    for await (const block of rows)
      for (const row of block) {
        const activity = activityOf(row);
        if (activity !== undefined) yield activity;
      }
  }
}

/** The same of some processes, all at once. */
export async function activitiesAmong(
  store: Store,
  scope: ObservationScope,
  among: Among,
  limits: QueryLimits,
): Promise<readonly ObservationRow[]> {
  const found: ObservationRow[] = [];
  for await (const activity of readActivities(store, scope, limits, among)) found.push(activity);
  return found;
}

/** Whether the host has activities at all. */
async function hasActivities(store: Store, scope: ObservationScope, limits: QueryLimits): Promise<boolean> {
  const parameters = new Parameters();
  const statement = anyActivity(parameters, inScope(parameters, scope));
  const rows = store.rows(
    { sql: statement, parameters: parameters.values },
    [{ name: 'any', type: 'number' }],
    limits,
  );
  for await (const block of rows) if (block.length > 0) return true;
  return false;
}

const kindColumns: readonly Column[] = [{ name: 'withGuid', type: 'number' }];

async function kindsOf(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
  among: Among,
): Promise<readonly [withGuid: boolean, withoutGuid: boolean]> {
  const parameters = new Parameters();
  const statement = whichActivities(parameters, bound(parameters, scope, among));
  const rows = store.rows({ sql: statement, parameters: parameters.values }, kindColumns, limits);
  const found = new Set<unknown>();
  for await (const block of rows) for (const [withGuid] of block) found.add(withGuid);
  return [found.has(1), found.has(0)];
}

function bound(parameters: Parameters, scope: ObservationScope, among: Among): ActivityScope {
  return { inScope: inScope(parameters, scope), among: among(parameters) };
}
