import { TICKS_PER_SECOND } from '../core/ticks.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { type Bearer, bearersOfGuid, type StartsAbout, startsNear } from './likely-bearers.ts';
import type { ObservationScope } from './observation-scope.ts';
import { readPidStarts } from './read-host-starts.ts';
import type { ProcessQuery } from './select-family.ts';
import { plainGuid, readStartKey } from './start-key.ts';

/** Whom a query names, and the starts of each process id of the host; whoever bears one last is told as of about the first of them. */
export interface NamedBearers extends StartsAbout {
  readonly seeds: readonly Bearer[];
}

export async function readNamedBearers(
  store: Store,
  scope: ObservationScope,
  query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>,
  limits: QueryLimits,
): Promise<NamedBearers> {
  const guid = query.kind === 'guid' ? plainGuid(query.guid) : undefined;
  const seeds = seedsOf(store, scope, query, limits);
  const near = seeds.then(([seed]) => (seed === undefined ? [] : startsNear(store, scope, seed, limits)));
  // The moment in a GUID is near enough, and spares waiting for the start.
  const second = guid === undefined ? undefined : readStartKey(guid)?.second;
  const upTo =
    second === undefined
      ? seeds.then(([seed]) => seed?.at)
      : Promise.resolve(BigInt(second + 1) * TICKS_PER_SECOND);
  const pidStarts = upTo.then((at) => readPidStarts(store, scope, at, limits));
  const [found, started, about] = await Promise.all([seeds, pidStarts, near]);
  return { seeds: found, pidStarts: started, near: about };
}

async function seedsOf(
  store: Store,
  scope: ObservationScope,
  query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>,
  limits: QueryLimits,
): Promise<readonly Bearer[]> {
  if (query.kind === 'guid') return bearersOfGuid(store, scope, plainGuid(query.guid), limits);
  return query.at === undefined ? [] : [{ pid: query.pid, at: query.at }];
}
