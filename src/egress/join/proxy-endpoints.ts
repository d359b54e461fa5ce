import { type ContactIndex, endpoint } from './contact-index.ts';
import type { Connection, Contact } from './join-input.ts';

/** Where proxies listen, as `address port`, by the name of the log. */
export type ProxyEndpoints = ReadonlyMap<string, ReadonlySet<string>>;

const FEWEST = 3;
/** An endpoint of this share of the pairs is the proxy's. */
const SHARE = 0.2;
/** Without ports: how near a contact and a request must be to coincide. */
const AT_ONCE = 2_000;

/**
 * Learns where each proxy listens from what the hosts' sensors saw: the endpoint of contacts with the client's address and port,
 * and where the log has no ports, the endpoint that hosts connect to just when the log has requests of them.
 */
export function learnProxyEndpoints(
  connections: readonly Connection[],
  index: ContactIndex,
  contactsOfHost: ReadonlyMap<string, readonly Contact[]>,
  hostOf: (connection: number) => string | undefined,
): ProxyEndpoints {
  const counts = new Map<string, Map<string, number>>();
  const count = (proxy: string, contact: Contact): void => {
    const place = endpoint(contact.address, contact.port);
    const known = counts.get(proxy) ?? new Map<string, number>();
    counts.set(proxy, known);
    known.set(place, (known.get(place) ?? 0) + 1);
  };
  // A sample is enough to learn a few endpoints.
  const step = Math.max(1, Math.floor(connections.length / 100_000));
  for (let at = 0; at < connections.length; at += step) {
    const connection = connections[at] as Connection;
    const { client, clientPort, proxy } = connection;
    if (clientPort !== undefined) {
      for (const contact of index.get(index.key(client, clientPort)) ?? [])
        if (!isDestination(connection, contact)) count(proxy, contact);
      continue;
    }
    const host = hostOf(at);
    const contacts = host === undefined ? undefined : contactsOfHost.get(host);
    if (contacts === undefined) continue;
    for (let near = firstFrom(contacts, connection.start - AT_ONCE); near < contacts.length; near++) {
      const contact = contacts[near] as Contact;
      if (contact.time > connection.start + AT_ONCE) break;
      if (!isDestination(connection, contact)) count(proxy, contact);
    }
  }
  return new Map([...counts].map(([proxy, endpoints]) => [proxy, frequent(endpoints)]));
}

function frequent(endpoints: ReadonlyMap<string, number>): ReadonlySet<string> {
  let all = 0;
  for (const count of endpoints.values()) all += count;
  return new Set(
    [...endpoints]
      .filter(([, count]) => count >= FEWEST && count >= all * SHARE)
      .map(([endpoint]) => endpoint),
  );
}

/** The contact goes to the destination itself: the proxy is transparent, or the record is of a watcher. */
export function isDestination(connection: Connection, { address, port }: Contact): boolean {
  return (
    (address === connection.serverAddress || address === connection.destination) &&
    (connection.destinationPort === undefined || connection.destinationPort === port)
  );
}

/** The index of the first of times in order that is not before a moment. */
export function firstFrom(sorted: readonly { readonly time: number }[], moment: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as { readonly time: number }).time < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
