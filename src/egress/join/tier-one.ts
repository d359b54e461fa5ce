import { assumedOffset, type ClockOffsets, type ContactIndex, clockKey, portKey } from './clock-offset.ts';
import type { Connection, Contact } from './join-input.ts';
import { type Match, type MatchCandidate, matchOf } from './match.ts';
import { isDestination, type ProxyEndpoints } from './proxy-endpoints.ts';

/** A client may open a connection so long before its request. Ports are not used again as soon as that. */
const BEFORE_REQUEST = 10_000;
/** A request so soon behind another one of the same port is on the same connection. */
const KEEP_ALIVE = 15_000;
/** Clocks are never trusted further than this. */
const FINEST = 50;

/** Joins connections by client address and port, in order of their start. */
export class TierOne {
  readonly #index: ContactIndex;
  readonly #endpoints: ProxyEndpoints;
  readonly #clocks: ClockOffsets;
  /** The last request of each client port. */
  readonly #last = new Map<
    string,
    { readonly end: number; readonly proxy: string; readonly match: Match | undefined }
  >();

  constructor(index: ContactIndex, endpoints: ProxyEndpoints, clocks: ClockOffsets) {
    this.#index = index;
    this.#endpoints = endpoints;
    this.#clocks = clocks;
  }

  /** Connections must come in order of their start. */
  match(connection: Connection): Match | undefined {
    const { client, clientPort, proxy, end } = connection;
    if (clientPort === undefined) return undefined;
    const key = portKey(client, clientPort);
    const before = this.#last.get(key);
    let match = this.#opened(connection, this.#index.get(key));
    if (match === undefined && before?.proxy === proxy && connection.start - before.end <= KEEP_ALIVE)
      match = before.match === undefined ? undefined : continued(before.match);
    this.#last.set(key, { end: before === undefined ? end : Math.max(before.end, end), proxy, match });
    return match;
  }

  /** The contact that opened the connection: the last one before the request. */
  #opened(connection: Connection, contacts: readonly Contact[] | undefined): Match | undefined {
    if (contacts === undefined) return undefined;
    const { proxy, start } = connection;
    const best = new Map<number, MatchCandidate>();
    const hosts = new Set<string>();
    for (const contact of contacts) {
      const clock = this.#clocks.get(clockKey(contact.host, proxy)) ?? assumedOffset;
      const error = Math.max(FINEST, 3 * clock.spread);
      const apart = start - (contact.time + clock.offset);
      if (apart < -error || apart > BEFORE_REQUEST + error) continue;
      if (!this.isProxy(proxy, contact) && !isDestination(connection, contact)) continue;
      hosts.add(contact.host);
      const known = best.get(contact.process);
      if (known !== undefined && known.score >= -Math.abs(apart)) continue;
      best.set(contact.process, {
        process: contact.process,
        score: -Math.abs(apart),
        for: [{ kind: 'same-four-values', apart }],
        against: [],
      });
    }
    if (best.size === 0) return undefined;
    if (best.size === 1) return matchOf(1, [...best.values()], [...hosts], hosts.size === 1);
    // Two processes at one port within seconds: nothing tells which, however near one is.
    const candidates = [...best.values()].map((each) => ({ ...each, score: 0 }));
    return matchOf(1, candidates, [...hosts], hosts.size === 1);
  }

  isProxy(proxy: string, contact: Contact): boolean {
    return this.#endpoints.get(proxy)?.has(portKey(contact.address, contact.port)) ?? false;
  }
}

/** A later request on the same connection. */
function continued(match: Match): Match {
  const [first] = match.candidates;
  if (first?.for.some(({ kind }) => kind === 'same-connection-before') ?? true) return match;
  return {
    ...match,
    candidates: match.candidates.map((each) => ({
      ...each,
      for: [...each.for, { kind: 'same-connection-before' } as const],
    })),
  };
}
