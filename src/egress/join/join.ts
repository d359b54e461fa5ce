import { type ClockOffsets, measureClocks, offsetsOf } from './clock-offset.ts';
import { coincidentContacts } from './coincident-contacts.ts';
import { ContactIndex, endpoint } from './contact-index.ts';
import { destinationContacts } from './destination-contacts.ts';
import { joinByTime, type OpenConnection } from './join-by-time.ts';
import type { Connection, Contact, HostsOfClient, JoinInput } from './join-input.ts';
import { type Contention, type Match, matchOf, together } from './match.ts';
import { isDestination, learnProxyEndpoints, type ProxyEndpoints } from './proxy-endpoints.ts';
import { TierOne } from './tier-one.ts';
import { Askers, backgroundOf, saysSomething, weigh } from './tier-three.ts';
import { candidatesByName, indexNamings } from './tier-two.ts';

export interface Join {
  /** In the order of the connections that were given. */
  readonly matches: readonly Match[];
  readonly clocks: ClockOffsets;
  readonly endpoints: ProxyEndpoints;
}

/** Joins connections in proxies' logs to the processes that made them; the order of anything given does not matter. */
export function joinConnections(input: JoinInput): Join {
  const { connections, processes, contacts, namings, hostsOf, userOf, shared = new Set() } = input;
  const hosts = connections.map(({ client, start }) => hostsOf(client, start));
  const index = new ContactIndex(contacts);
  const contactsOfHost = groupContacts(contacts);
  const endpoints = learnProxyEndpoints(connections, index, contactsOfHost, (at) => hosts[at]?.hosts[0]);
  const isProxy = (proxy: string, contact: Contact): boolean =>
    endpoints.get(proxy)?.has(endpoint(contact.address, contact.port)) ?? false;
  const clocks = measureClocks(
    connections,
    index,
    (connection, contact) => isProxy(connection.proxy, contact) || isDestination(connection, contact),
  );
  const tierOne = new TierOne(index, endpoints, clocks);

  const matches = new Array<Match>(connections.length);
  const open: number[] = [];
  for (const at of inOrderOfTime(connections)) {
    const match = tierOne.match(connections[at] as Connection);
    if (match === undefined) open.push(at);
    else matches[at] = match;
  }

  const offsetOf = offsetsOf(clocks);
  const ofHost = new Map<string, number[]>();
  for (const at of open) for (const host of hosts[at]?.hosts ?? []) push(ofHost, host, at);
  const coincident = coincidentContacts(connections, ofHost, contactsOfHost, isProxy, offsetOf);
  const destinations = destinationContacts(connections, hosts, shared, offsetOf);
  const allEndpoints = new Set([...endpoints.values()].flatMap((each) => [...each]));
  const background = backgroundOf(processes, contacts, ({ address, port }) =>
    allEndpoints.has(endpoint(address, port)),
  );
  const named = indexNamings(namings, processes);
  const askers = new Askers();
  const unnamed: OpenConnection[] = [];
  for (const at of open) {
    const connection = connections[at] as Connection;
    const ofClient = hosts[at] ?? nowhere;
    const { client, start, user = userOf?.(client, start), userAgent } = connection;
    const asked = askers.of(user, userAgent);
    let byName: Contention | undefined;
    const parts: OpenConnection[] = [];
    for (const host of ofClient.hosts) {
      const group = destinations(host, connection.destination);
      const offset = offsetOf(host, connection.proxy);
      const near = coincident.get(at);
      const then = near?.contact.host === host && near.contact.process >= 0 ? near : undefined;
      const found = candidatesByName({ connection, host, offset, asked, group, then }, named, background);
      if (found.count > 0) byName = byName === undefined ? found : together(byName, found);
      else if (byName === undefined && (then !== undefined || saysSomething(asked, group)))
        parts.push({
          at,
          host,
          proxy: connection.proxy,
          moment: connection.start - offset,
          asked,
          group: group?.own === true ? group : undefined,
          coincident: then && weigh(then.contact.process, asked, group, then.apart, background),
        });
    }
    if (byName !== undefined) matches[at] = matchOf(2, byName.first, ofClient, byName.count);
    else unnamed.push(...parts);
  }
  joinByTime({ connections, hosts, processes, unnamed, askers, background }, matches);
  return { matches, clocks, endpoints };
}

const nowhere: HostsOfClient = { sure: false, hosts: [] };

/** Indexes of connections in order of their start; logs mostly are. */
function inOrderOfTime(connections: readonly Connection[]): Uint32Array {
  const starts = Float64Array.from(connections, ({ start }) => start);
  const order = Uint32Array.from(starts.keys());
  if (starts.every((start, at) => at === 0 || start >= (starts[at - 1] as number))) return order;
  return order.sort((one, other) => (starts[one] as number) - (starts[other] as number) || one - other);
}

function push<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function groupContacts(contacts: readonly Contact[]): ReadonlyMap<string, readonly Contact[]> {
  const groups = new Map<string, Contact[]>();
  for (const contact of contacts) {
    const known = groups.get(contact.host);
    if (known === undefined) groups.set(contact.host, [contact]);
    else known.push(contact);
  }
  for (const list of groups.values()) list.sort((one, other) => one.time - other.time);
  return groups;
}
