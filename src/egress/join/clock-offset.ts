import type { ContactIndex } from './contact-index.ts';
import type { Connection, Contact, Milliseconds } from './join-input.ts';

/** How far a proxy's clock is ahead of a sensor's: add it to the sensor's time to have the proxy's. */
export interface ClockOffset {
  readonly offset: Milliseconds;
  /** 19 of 20 pairs lie within so much of the offset. */
  readonly spread: Milliseconds;
  /** Pairs that agree; where nothing is measured, those that there are. */
  readonly pairs: number;
  /** `assumed`: too few pairs agree to tell; the clocks are taken to agree. */
  readonly basis: 'measured' | 'assumed';
}

const BIN = 100;
/** Pairs this near to the most frequent difference are of the same clocks. */
const NEAR = 2_000;
const FEWEST = 5;
/** The second most frequent difference must be this much rarer. */
const TWO_MODES = 0.5;

export const assumedOffset: ClockOffset = { offset: 0, spread: 500, pairs: 0, basis: 'assumed' };

/**
 * The difference of two clocks from times of one and the same thing. The differences may have strays: the most frequent one (in
 * bins of 100 ms) counts, with those around it. Assumed to be none where fewer than five agree, or two differences are nearly as
 * frequent (a clock that was set).
 */
export function estimateOffset(differences: readonly Milliseconds[]): ClockOffset {
  const assumed = { ...assumedOffset, pairs: differences.length };
  if (differences.length < FEWEST) return assumed;
  const bins = new Map<number, number>();
  for (const each of differences) {
    const bin = Math.floor(each / BIN);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const around = (bin: number) => (bins.get(bin - 1) ?? 0) + (bins.get(bin) ?? 0) + (bins.get(bin + 1) ?? 0);
  let mode = 0;
  let most = 0;
  for (const bin of bins.keys()) {
    const count = around(bin);
    if (count > most || (count === most && bin < mode)) {
      mode = bin;
      most = count;
    }
  }
  const middle = (mode + 0.5) * BIN;
  for (const bin of bins.keys())
    if (Math.abs((bin + 0.5) * BIN - middle) > NEAR && around(bin) > most * TWO_MODES) return assumed;
  const agreeing = differences
    .filter((each) => Math.abs(each - middle) <= NEAR)
    .sort((one, other) => one - other);
  if (agreeing.length < FEWEST) return assumed;
  const offset = agreeing[Math.floor(agreeing.length / 2)] ?? 0;
  const apart = agreeing.map((each) => Math.abs(each - offset)).sort((one, other) => one - other);
  const spread = apart[Math.floor((apart.length - 1) * 0.95)] ?? 0;
  return { offset, spread, pairs: agreeing.length, basis: 'measured' };
}

/** Clock offsets of each pair of a sensor's host and a proxy. */
export type ClockOffsets = ReadonlyMap<string, ClockOffset>;

/** How far each proxy's clock is ahead of each host's; none where it was not measured. */
export function offsetsOf(clocks: ClockOffsets): (host: string, proxy: string) => Milliseconds {
  const known = new Map<string, Map<string, Milliseconds>>();
  return (host, proxy) => {
    let ofHost = known.get(host);
    if (ofHost === undefined) {
      ofHost = new Map();
      known.set(host, ofHost);
    }
    let offset = ofHost.get(proxy);
    if (offset === undefined) {
      offset = clocks.get(clockKey(host, proxy))?.offset ?? 0;
      ofHost.set(proxy, offset);
    }
    return offset;
  };
}

export function clockKey(host: string, proxy: string): string {
  return `${host}\n${proxy}`;
}

/** Pairs of one port, and of one clock, beyond which the port or the rest tells nothing more. */
const mostOfPort = 400;
const mostOfClock = 100_000;

/**
 * Measures the clocks: addresses and ports that the sensor and the proxy both saw, whatever the time. A port that is used again
 * pairs what does not belong together, too: such differences are all over the day, those of the clocks agree.
 */
export function measureClocks(
  connections: readonly Connection[],
  index: ContactIndex,
  mayBeSame: (connection: Connection, contact: Contact) => boolean,
): ClockOffsets {
  const uses = new Map<number, number>();
  for (const { client, clientPort } of connections) {
    const key = index.key(client, clientPort);
    if (index.has(key)) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const differences = new Map<string, number[]>();
  for (const connection of connections) {
    const { client, clientPort, proxy, start } = connection;
    const key = index.key(client, clientPort);
    const contacts = index.get(key);
    if (contacts === undefined || contacts.length * (uses.get(key) ?? 0) > mostOfPort) continue;
    for (const contact of contacts) {
      if (!mayBeSame(connection, contact)) continue;
      const clock = clockKey(contact.host, proxy);
      const known = differences.get(clock);
      if (known === undefined) differences.set(clock, [start - contact.time]);
      else if (known.length < mostOfClock) known.push(start - contact.time);
    }
  }
  return new Map([...differences].map(([clock, list]) => [clock, estimateOffset(list)]));
}
