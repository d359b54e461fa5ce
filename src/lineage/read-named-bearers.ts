import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { type Bearer, bearersOfGuid, lastStart, type NearStart, startsNear } from './likely-bearers.ts';
import type { ObservationScope } from './observation-scope.ts';
import { type HostStarts, readHostStarts } from './read-host-starts.ts';
import type { ProcessQuery } from './select-family.ts';
import { plainGuid, readStartKey } from './start-key.ts';

/** Whom a query names, and the starts about them; whoever bears a process id last is told as of about the first of them. */
export interface NamedBearers {
  readonly seeds: readonly Bearer[];
  readonly starts: HostStarts;
  readonly near: readonly NearStart[];
}

export async function readNamedBearers(
  store: Store,
  scope: ObservationScope,
  query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>,
  limits: QueryLimits,
): Promise<NamedBearers> {
  const seeds = seedsOf(store, scope, query, limits);
  const [found, starts, near] = await Promise.all([
    seeds,
    momentOf(query, seeds).then((upTo) => readHostStarts(store, scope, upTo, limits)),
    seeds.then(([seed]) => (seed === undefined ? [] : startsAfter(seed))),
  ]);
  return { seeds: found, starts, near };

  /** The moment of a GUID is that of its start; by process id, something that the process did later may be asked for. */
  async function startsAfter(seed: Bearer): Promise<readonly NearStart[]> {
    const own = query.kind === 'guid' ? seed : await lastStart(store, scope, seed, limits);
    return startsNear(store, scope, own?.at ?? seed.at, seed, limits);
  }
}

/** The moment in a GUID is near enough, and spares waiting for the start. */
async function momentOf(
  query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>,
  seeds: Promise<readonly Bearer[]>,
): Promise<Ticks | undefined> {
  if (query.kind === 'pid') return query.at;
  const second = readStartKey(plainGuid(query.guid))?.second;
  return second === undefined ? (await seeds)[0]?.at : BigInt(second + 1) * TICKS_PER_SECOND;
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
