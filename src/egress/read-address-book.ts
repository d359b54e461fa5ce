import type { Ticks } from '../core/ticks.ts';
import { readHostNames } from '../lineage/find-host.ts';
import type { Store } from '../store/store.ts';
import { AddressBook } from './address-book.ts';
import type { AddressSighting } from './address-sighting.ts';
import { nameIn, readSightings } from './read-addresses.ts';
import { readAssets } from './read-assets.ts';
import { readLeases } from './read-leases.ts';
import { sightingsOfLeases, type UserLease } from './user-leases.ts';

/** Who had which address, and which user, as far as the store knows. */
export interface KnownAddresses {
  readonly book: AddressBook;
  readonly leases: readonly UserLease[];
}

export interface AddressOptions {
  /** Only from what had arrived by then; undefined: all. */
  readonly asOf?: Ticks | undefined;
  /** Sightings that the store does not have: a list of assets. */
  readonly assets?: readonly AddressSighting[];
}

/** Reads what sensors, logons, leases and lists of assets tell of addresses. */
export async function readAddressBook(
  store: Store,
  { asOf, assets = [] }: AddressOptions = {},
): Promise<KnownAddresses> {
  const names = await readHostNames(store);
  const hostOf = nameIn(names);
  const sightings = await readSightings(store, names, asOf);
  const leases = await readLeases(store, asOf);
  const book = new AddressBook([
    ...sightings,
    ...sightingsOfLeases(leases, hostOf),
    ...(await readAssets(store, hostOf, asOf)),
    ...assets,
  ]);
  return { book, leases };
}
