import { assumedOffset, type ClockOffsets, clockKey } from './clock-offset.ts';
import { type ContactIndex, endpoint } from './contact-index.ts';
import type { Connection, Contact } from './join-input.ts';
import { type Match, type MatchCandidate, matchOf } from './match.ts';
import { isDestination, type ProxyEndpoints } from './proxy-endpoints.ts';

/** A client may open a connection so long before its request. Ports are not used again as soon as that. */
const BEFORE_REQUEST = 10_000;
/** A request so soon behind another one of the same port is on the same connection. */
const KEEP_ALIVE = 15_000;
/** Clocks are never trusted further than this. */
const FINEST = 50;

interface LastRequest {
  end: number;
  proxy: string;
  match: Match | undefined;
}

/** Joins connections by client address and port, in order of their start. */
export class TierOne {
  readonly #index: ContactIndex;
  readonly #endpoints: ProxyEndpoints;
  readonly #clocks: ClockOffsets;
  /** The last request of each client port that a contact ever had. */
  readonly #last = new Map<number, LastRequest>();

  constructor(index: ContactIndex, endpoints: ProxyEndpoints, clocks: ClockOffsets) {
    this.#index = index;
    this.#endpoints = endpoints;
    this.#clocks = clocks;
  }

  /** Connections must come in order of their start. */
  match(connection: Connection): Match | undefined {
    const { client, clientPort, proxy, end } = connection;
    const key = this.#index.key(client, clientPort);
    const contacts = this.#index.get(key);
    if (contacts === undefined) return undefined;
    const before = this.#last.get(key);
    let match = this.#opened(connection, contacts);
    if (match === undefined && before?.match !== undefined && before.proxy === proxy)
      if (connection.start - before.end <= KEEP_ALIVE) match = continued(before.match);
    if (before === undefined) this.#last.set(key, { end, proxy, match });
    else {
      before.end = Math.max(before.end, end);
      before.proxy = proxy;
      before.match = match;
    }
    return match;
  }

  /** The contact that opened the connection: the last one before the request. */
  #opened(connection: Connection, contacts: readonly Contact[]): Match | undefined {
    const { proxy, start } = connection;
    let best: Map<number, MatchCandidate> | undefined;
    const hosts = new Set<string>();
    for (const contact of contacts) {
      const clock = this.#clocks.get(clockKey(contact.host, proxy)) ?? assumedOffset;
      const error = Math.max(FINEST, 3 * clock.spread);
      const apart = start - (contact.time + clock.offset);
      if (apart < -error || apart > BEFORE_REQUEST + error) continue;
      if (!this.isProxy(proxy, contact) && !isDestination(connection, contact)) continue;
      hosts.add(contact.host);
      best ??= new Map();
      const known = best.get(contact.process);
      if (known !== undefined && known.score >= -Math.abs(apart)) continue;
      best.set(contact.process, {
        process: contact.process,
        score: -Math.abs(apart),
        for: [{ kind: 'same-four-values', apart }],
        against: [],
      });
    }
    if (best === undefined) return undefined;
    const ofClient = { hosts: [...hosts], sure: hosts.size === 1 };
    if (best.size === 1) return matchOf(1, [...best.values()], ofClient);
    // Two processes at one port within seconds: nothing tells which, however near one is.
    const candidates = [...best.values()].map((each) => ({ ...each, score: 0 }));
    return matchOf(1, candidates, ofClient);
  }

  isProxy(proxy: string, contact: Contact): boolean {
    return this.#endpoints.get(proxy)?.has(endpoint(contact.address, contact.port)) ?? false;
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
