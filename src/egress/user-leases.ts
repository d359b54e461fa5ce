import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { type AddressSighting, hostAddress } from './address-sighting.ts';

/** What a VPN gateway or a RADIUS server said of a user's address. */
export interface LeaseRecord {
  readonly time: Ticks;
  readonly action: 'assigned' | 'released';
  /** Undefined: an end that does not tell (Cisco's 113019). */
  readonly address: string | undefined;
  readonly user: string | undefined;
  /** The client's address outside of the tunnel. */
  readonly client: string | undefined;
  readonly session: string | undefined;
  /** The client's name for itself. */
  readonly computer: string | undefined;
}

/** A user had an address. */
export interface UserLease {
  readonly address: string;
  readonly user: string | undefined;
  readonly computer: string | undefined;
  readonly from: Ticks;
  /** When it was last said to be so, or ended. */
  readonly to: Ticks;
  /** Its end was recorded, or the next lease of the address. */
  readonly hasEnded: boolean;
}

type Draft = { -readonly [Name in keyof UserLease]: UserLease[Name] } & Pick<
  LeaseRecord,
  'client' | 'session'
>;

/** Puts the records of sessions together, in any order. An end without an address is of the user's latest session. */
export function leasesOf(records: readonly LeaseRecord[]): readonly UserLease[] {
  const sorted = records.toSorted((one, other) =>
    one.time < other.time ? -1 : one.time > other.time ? 1 : one.action < other.action ? 1 : -1,
  );
  const all: Draft[] = [];
  const open = new Map<string, Draft>();
  for (const { time, action, address: text, user, client, session, computer } of sorted) {
    const address = text === undefined ? undefined : hostAddress(text);
    if (action === 'released') {
      const ended =
        address === undefined
          ? [...open.values()].findLast((each) => isOf(each, user, client, session))
          : open.get(address);
      if (ended === undefined || (user !== undefined && ended.user !== undefined && ended.user !== user))
        continue;
      ended.to = time;
      ended.hasEnded = true;
      open.delete(ended.address);
      continue;
    }
    if (address === undefined) continue;
    const known = open.get(address);
    if (known !== undefined && known.user === user && known.session === session) {
      known.to = time;
      known.computer ??= computer;
      continue;
    }
    if (known !== undefined) {
      known.to = time;
      known.hasEnded = true;
      open.delete(address);
    }
    const begun = { address, user, computer, from: time, to: time, hasEnded: false, client, session };
    open.set(address, begun);
    all.push(begun);
  }
  return all.map(({ client: _, session: __, ...lease }) => lease);
}

function isOf(
  lease: Draft,
  user: string | undefined,
  client: string | undefined,
  session: string | undefined,
): boolean {
  if (session !== undefined && lease.session !== undefined) return lease.session === session;
  return lease.user === user && (client === undefined || lease.client === client);
}

/**
 * What leases tell of hosts: where the computer is named, that it had the address; else, that whoever had it before and after is
 * another.
 */
export function sightingsOfLeases(
  leases: readonly UserLease[],
  hostOf: (computer: string) => string,
): AddressSighting[] {
  return leases.flatMap(({ address, computer, from, to, hasEnded }): AddressSighting[] => {
    const handover = (time: Ticks): AddressSighting => ({ kind: 'handover', address, host: '', time });
    const named: AddressSighting[] =
      computer === undefined
        ? []
        : [{ kind: 'assignment', address, host: hostOf(computer), time: from, until: to }];
    return [handover(from), ...named, ...(hasEnded ? [handover(to)] : [])];
  });
}

/** A lease whose end is not recorded holds so long behind what was last said of it, unless the address goes to another. */
const UNENDED: Ticks = 12n * 3_600n * TICKS_PER_SECOND;

/** The user who had an address at a moment, as leases tell; undefined where none does. */
export function userOfLease(
  leases: readonly UserLease[],
): (address: string, time: Ticks) => string | undefined {
  const byAddress = new Map<string, UserLease[]>();
  for (const lease of leases) {
    const known = byAddress.get(lease.address);
    if (known === undefined) byAddress.set(lease.address, [lease]);
    else known.push(lease);
  }
  for (const list of byAddress.values()) list.sort((one, other) => (one.from < other.from ? -1 : 1));
  return (address, time) => {
    const lease = byAddress.get(address)?.findLast(({ from }) => from <= time);
    if (lease === undefined) return undefined;
    return time <= (lease.hasEnded ? lease.to : lease.to + UNENDED) ? lease.user : undefined;
  };
}
