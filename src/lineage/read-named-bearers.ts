import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { type Bearer, bearersOfGuid } from './likely-bearers.ts';
import type { ObservationScope } from './observation-scope.ts';
import { type PidStarts, readPidStarts } from './read-host-starts.ts';
import type { ProcessQuery } from './select-family.ts';
import { plainGuid, readStartKey } from './start-key.ts';

/** Whom a query names, and the starts of each process id of the host; whoever bears one last is told as of about the first of them. */
export interface NamedBearers {
  readonly seeds: readonly Bearer[];
  readonly pidStarts: ReadonlyMap<number, PidStarts>;
}

export async function readNamedBearers(
  store: Store,
  scope: ObservationScope,
  query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>,
  limits: QueryLimits,
): Promise<NamedBearers> {
  const startsUpTo = (at: Ticks | undefined) => readPidStarts(store, scope, at, limits);
  if (query.kind === 'pid') {
    const seeds = query.at === undefined ? [] : [{ pid: query.pid, at: query.at }];
    return { seeds, pidStarts: await startsUpTo(query.at) };
  }
  const guid = plainGuid(query.guid);
  const second = readStartKey(guid)?.second;
  if (second === undefined) {
    const seeds = await bearersOfGuid(store, scope, guid, limits);
    return { seeds, pidStarts: await startsUpTo(seeds[0]?.at) };
  }
  // The moment in the GUID is near enough, and spares waiting for the start.
  const [seeds, pidStarts] = await Promise.all([
    bearersOfGuid(store, scope, guid, limits),
    startsUpTo(BigInt(second + 1) * TICKS_PER_SECOND),
  ]);
  return { seeds, pidStarts };
}
