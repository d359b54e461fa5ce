import { type ClockOffsets, measureClocks } from './clock-offset.ts';
import { coincidentContacts } from './coincident-contacts.ts';
import { ContactIndex, endpoint } from './contact-index.ts';
import { HostProcesses } from './host-processes.ts';
import type { Connection, Contact, JoinInput } from './join-input.ts';
import { type Match, type MatchCandidate, matchOf } from './match.ts';
import { isDestination, learnProxyEndpoints, type ProxyEndpoints } from './proxy-endpoints.ts';
import { TierOne } from './tier-one.ts';
import { backgroundOf, candidatesByTime, type DestinationContacts, weigh } from './tier-three.ts';
import { indexNamings, namersOf } from './tier-two.ts';

export interface Join {
  /** In the order of the connections that were given. */
  readonly matches: readonly Match[];
  readonly clocks: ClockOffsets;
  readonly endpoints: ProxyEndpoints;
}

/** Joins connections in proxies' logs to the processes that made them; the order of anything given does not matter. */
export function joinConnections(input: JoinInput): Join {
  const { connections, processes, contacts, namings, hostsOf, shared = new Set() } = input;
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

  const starts = Float64Array.from(connections, ({ start }) => start);
  const order = Uint32Array.from(starts.keys()).sort(
    (one, other) => (starts[one] as number) - (starts[other] as number) || one - other,
  );
  const matches = new Array<Match>(connections.length);
  const open: number[] = [];
  for (const at of order) {
    const match = tierOne.match(connections[at] as Connection);
    if (match === undefined) open.push(at);
    else matches[at] = match;
  }

  const ofHost = new Map<string, number[]>();
  for (const at of open) for (const host of hosts[at]?.hosts ?? []) push(ofHost, host, at);
  const coincident = coincidentContacts(connections, ofHost, contactsOfHost, isProxy);
  const destinations = contactsByDestination(connections, hosts, shared);
  const allEndpoints = new Set([...endpoints.values()].flatMap((each) => [...each]));
  const background = backgroundOf(processes, contacts, ({ address, port }) =>
    allEndpoints.has(endpoint(address, port)),
  );
  const named = indexNamings(namings, processes);
  const processesOf = groupProcesses(input);
  for (const at of open) {
    const connection = connections[at] as Connection;
    const { hosts: ofClient, sure } = hosts[at] ?? { hosts: [], sure: false };
    const byName: MatchCandidate[] = [];
    const byTime: MatchCandidate[] = [];
    for (const host of ofClient) {
      const group = destinations.get(host)?.get(connection.destination ?? '');
      const contact = coincident.get(at);
      for (const [process, { score, reasons }] of namersOf(connection, host, named, processes)) {
        const more = weigh(process, connection, group, contact, background);
        byName.push({
          process,
          score: score + (more?.score ?? 0),
          for: [...reasons, ...(more?.for ?? [])],
          against: more?.against ?? [],
        });
      }
      // Who connected to the proxy just then competes with who named the destination: often it is a child.
      if (byName.length > 0 && contact?.host === host && contact.process >= 0) {
        const other = byName.some(({ process }) => process === contact.process)
          ? undefined
          : weigh(contact.process, connection, group, contact, background);
        if (other !== undefined) byName.push(other);
      }
      const all = processesOf.get(host);
      if (byName.length === 0 && all !== undefined)
        byTime.push(...candidatesByTime(connection, all, group, contact, background));
    }
    matches[at] = byName.length > 0 ? matchOf(2, byName, ofClient, sure) : matchOf(3, byTime, ofClient, sure);
  }
  return { matches, clocks, endpoints };
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

function groupProcesses({ processes }: JoinInput): ReadonlyMap<string, HostProcesses> {
  const groups = new Map<string, number[]>();
  for (const [at, { host }] of processes.entries()) push(groups, host, at);
  return new Map([...groups].map(([host, indexes]) => [host, new HostProcesses(processes, indexes)]));
}

function contactsByDestination(
  connections: readonly Connection[],
  hosts: readonly { readonly hosts: readonly string[] }[],
  shared: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<string, DestinationContacts>> {
  const groups = new Map<string, Map<string, DestinationContacts>>();
  const askers = new Map<string, string | undefined>();
  for (const [at, { destination, start }] of connections.entries()) {
    if (destination === undefined) continue;
    for (const host of hosts[at]?.hosts ?? []) {
      let ofHost = groups.get(host);
      if (ofHost === undefined) {
        ofHost = new Map();
        groups.set(host, ofHost);
      }
      const known = ofHost.get(destination);
      if (known === undefined) {
        ofHost.set(destination, { first: start, last: start, count: 1, own: true });
        askers.set(
          destination,
          !askers.has(destination) || askers.get(destination) === host ? host : undefined,
        );
      } else {
        known.count++;
        if (start < known.first) known.first = start;
        if (start > known.last) known.last = start;
      }
    }
  }
  for (const ofHost of groups.values())
    for (const [destination, group] of ofHost)
      group.own = askers.get(destination) !== undefined && !shared.has(destination);
  return groups;
}
