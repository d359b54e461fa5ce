import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { AddressSighting, SightingKind } from './address-sighting.ts';

/** A time in which a host had an address, as sightings of one host without another between them tell. */
export interface AddressInterval {
  readonly host: string;
  readonly from: Ticks;
  readonly to: Ticks;
  readonly sightings: number;
  readonly kinds: readonly SightingKind[];
  /** Where it is known that the host did not have it before, or after: it tells nothing of that time. */
  readonly begins: Ticks | undefined;
  readonly ends: Ticks | undefined;
}

/**
 * Who had an address at a moment. `held`: one host, seen with it before and after with no other between (or under a lease).
 * `near`: one host, seen with it not long before or after, and no other near. `listed`: only a list of assets says so.
 * `several`: two hosts may have had it, such as between the last sighting of one and the first of the next. `unknown`.
 */
export type AddressHolder =
  | { readonly kind: 'held' | 'near' | 'listed'; readonly host: string }
  | { readonly kind: 'several'; readonly hosts: readonly string[] }
  | { readonly kind: 'unknown' };

/** How long a sighting speaks for the time around it, where no other host was seen with the address. */
const NEAR: Ticks = 12n * 3_600n * TICKS_PER_SECOND;
/** Clocks of hosts and of those who ask differ by so much. */
const CLOCKS: Ticks = 5n * TICKS_PER_SECOND;

const unknown: AddressHolder = { kind: 'unknown' };

interface Entry {
  /** In order of their begin; they do not overlap unless hosts were seen with the address at once. */
  readonly intervals: readonly AddressInterval[];
  readonly listed: readonly string[];
  /** No interval before this one ends later. */
  readonly longest: readonly Ticks[];
}

/** Which host had an address when, from sightings in any order. */
export class AddressBook {
  readonly #entries = new Map<string, Entry>();

  constructor(sightings: Iterable<AddressSighting>) {
    const byAddress = new Map<string, AddressSighting[]>();
    for (const sighting of sightings) {
      const known = byAddress.get(sighting.address);
      if (known === undefined) byAddress.set(sighting.address, [sighting]);
      else known.push(sighting);
    }
    for (const [address, seen] of byAddress) this.#entries.set(address, entryOf(seen));
  }

  get addresses(): Iterable<string> {
    return this.#entries.keys();
  }

  intervals(address: string): readonly AddressInterval[] {
    return this.#entries.get(address)?.intervals ?? [];
  }

  /** All hosts that ever had the address. */
  hostsEver(address: string): readonly string[] {
    const entry = this.#entries.get(address);
    if (entry === undefined) return [];
    return [...new Set([...entry.intervals.map(({ host }) => host), ...entry.listed])];
  }

  holder(address: string, time: Ticks): AddressHolder {
    const entry = this.#entries.get(address);
    return entry === undefined ? unknown : holderAt(entry, time);
  }
}

function holderAt({ intervals, listed, longest }: Entry, time: Ticks): AddressHolder {
  const next = firstAfter(intervals, time);
  const inside = new Set<string>();
  for (let at = next - 1; at >= 0 && (longest[at] as Ticks) >= time; at--) {
    const interval = intervals[at] as AddressInterval;
    if (interval.to >= time) inside.add(interval.host);
  }
  if (inside.size > 1) return { kind: 'several', hosts: [...inside] };
  const before = latestEnd(intervals, next, time);
  const after = intervals[next];
  const [only] = inside;
  if (only !== undefined) {
    // At the very edge of an interval the clocks decide nothing.
    const edges = [before, after].filter(
      (each) => each !== undefined && each.host !== only && distance(each, time) <= CLOCKS,
    );
    return edges.length === 0
      ? { kind: 'held', host: only }
      : { kind: 'several', hosts: [...new Set([only, ...edges.flatMap((each) => each?.host ?? [])])] };
  }
  const near = new Set(
    [before, after].flatMap((each) => (each !== undefined && speaksFor(each, time) ? [each.host] : [])),
  );
  if (near.size > 1) return { kind: 'several', hosts: [...near] };
  const [neighbour] = near;
  if (neighbour !== undefined) return { kind: 'near', host: neighbour };
  const [first, ...others] = listed;
  if (first === undefined) return unknown;
  return others.length === 0 ? { kind: 'listed', host: first } : { kind: 'several', hosts: listed };
}

/** Whether an interval tells something of a moment outside of it. */
function speaksFor(interval: AddressInterval, time: Ticks): boolean {
  const { from, begins, ends } = interval;
  if (distance(interval, time) > NEAR) return false;
  return time < from
    ? begins === undefined || time >= begins - CLOCKS
    : ends === undefined || time <= ends + CLOCKS;
}

function distance({ from, to }: AddressInterval, time: Ticks): Ticks {
  return time < from ? from - time : time > to ? time - to : 0n;
}

/** Of the intervals that end before a moment, the one that ends last. */
function latestEnd(
  intervals: readonly AddressInterval[],
  next: number,
  time: Ticks,
): AddressInterval | undefined {
  let best: AddressInterval | undefined;
  for (let at = next - 1; at >= Math.max(0, next - 64); at--) {
    const each = intervals[at] as AddressInterval;
    if (each.to < time && (best === undefined || each.to > best.to)) best = each;
  }
  return best;
}

function firstAfter(intervals: readonly AddressInterval[], time: Ticks): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((intervals[middle] as AddressInterval).from <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Draft {
  host: string;
  from: Ticks;
  to: Ticks;
  sightings: number;
  kinds: Set<SightingKind>;
  begins: Ticks | undefined;
  ends: Ticks | undefined;
  /** The list that gave it says when it ends. */
  isBounded: boolean;
  /** It was given back: what comes later begins anew. */
  closed: boolean;
}

function entryOf(seen: readonly AddressSighting[]): Entry {
  const listed = [...new Set(seen.filter(({ kind }) => kind === 'asset').map(({ host }) => host))].sort();
  const sorted = seen
    .filter(({ kind }) => kind !== 'asset')
    .sort((one, other) => compare(one.time, other.time) || (one.host < other.host ? -1 : 1));
  const drafts: Draft[] = [];
  let last: Draft | undefined;
  let handedOver: Ticks | undefined;
  for (const { host, kind, time, until } of sorted) {
    if (kind === 'handover') {
      handedOver = time;
      if (last === undefined || last.ends !== undefined) continue;
      if (last.to > time) last.to = time;
      last.closed = true;
      last.ends = time;
      continue;
    }
    if (kind === 'release') {
      if (last !== undefined && (last.host === host || host === '') && !last.closed) {
        // It had the address until it gave it back.
        last.to = time;
        last.closed = true;
      }
      continue;
    }
    const end = until !== undefined && until > time ? until : time;
    if (last !== undefined && last.host === host && !last.closed) {
      last.sightings++;
      last.kinds.add(kind);
      if (end > last.to) last.to = end;
      continue;
    }
    // A lease ends where another host is seen with the address.
    if (last !== undefined && last.to > time) last.to = time;
    const isBounded = kind === 'assignment';
    last = {
      host,
      from: time,
      to: end,
      sightings: 1,
      kinds: new Set([kind]),
      begins: isBounded ? time : handedOver,
      ends: undefined,
      isBounded,
      closed: false,
    };
    drafts.push(last);
  }
  const intervals = drafts.map(({ kinds, closed: _, isBounded, ends, ...draft }) => ({
    ...draft,
    ends: ends ?? (isBounded ? draft.to : undefined),
    kinds: [...kinds].sort(),
  }));
  let most: Ticks | undefined;
  const longest = intervals.map(({ to }) => {
    if (most === undefined || to > most) most = to;
    return most;
  });
  return { intervals, listed, longest };
}

function compare(one: Ticks, other: Ticks): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
