import type { Ticks } from '../core/ticks.ts';
import type { Ledger } from '../coverage/ledger.ts';
import { lossEvidence } from '../coverage/loss-evidence.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import { hostLineage } from '../lineage/host-lineage.ts';
import type { Lineage } from '../lineage/process.ts';
import type { Store } from '../store/store.ts';
import type { AddressBook } from './address-book.ts';
import type { AddressSighting } from './address-sighting.ts';
import { type Join, joinConnections } from './join/join.ts';
import type { HostsOfClient } from './join/join-input.ts';
import type { Match } from './join/match.ts';
import { ticksOf } from './milliseconds.ts';
import { readAddressBook } from './read-address-book.ts';
import {
  type EgressConnection,
  readConnections,
  readLogsOfClients,
  readSharedDestinations,
} from './read-connections.ts';
import { type ProcessEvents, readProcessEvents } from './read-process-events.ts';
import { type UserLease, userOfLease } from './user-leases.ts';

/** What is asked for. Hosts as the store names them; none: all whose addresses are known. */
export interface EgressQuestion {
  readonly host?: string | undefined;
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  /** Only events that had arrived by then; undefined: all. */
  readonly asOf?: Ticks | undefined;
  /** Gives lineages that are known already; without it they are read. */
  readonly lineageOf?: (host: string) => Promise<Lineage>;
  /** Sightings that the store does not have: a list of assets. */
  readonly assets?: readonly AddressSighting[];
  /** Told of each part of the work that is done. */
  readonly onStage?: (stage: EgressStage) => void;
}

/** The parts of the work, in their order. */
export type EgressStage = 'addresses' | 'records' | 'ledger' | 'lineages' | 'process events' | 'join';

export interface JoinedConnection {
  readonly connection: EgressConnection;
  readonly match: Match;
}

/** Connections with their verdicts and processes, and what they were joined with. */
export interface Egress {
  readonly host: string | undefined;
  /** Half open; null is open. */
  readonly range: { readonly earliest: Ticks | null; readonly latest: Ticks | null };
  readonly connections: readonly JoinedConnection[];
  readonly events: ProcessEvents;
  readonly join: Join;
  readonly book: AddressBook;
  /** Of the hosts and of the proxies' logs. */
  readonly ledger: Ledger;
  /** The logs that ever had a record of an address of a host, also outside the range: by host. */
  readonly logs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Contacts and questions for names this long before a range may explain what is in it. */
const BEFORE: Ticks = 36_000_000_000n;

/** Reads and joins. Statements: the proxies' records, the addresses, the ledger, and the process events of the hosts. */
export async function readEgress(store: Store, question: EgressQuestion): Promise<Egress> {
  const { host, earliest, latest, asOf, assets = [], onStage } = question;
  const { book, leases } = await readAddressBook(store, { asOf, assets });
  onStage?.('addresses');
  const clients =
    host === undefined
      ? undefined
      : [...book.addresses].filter((address) => book.hostsEver(address).includes(host));
  const records = await readConnections(store, { earliest, latest, asOf, clients });
  onStage?.('records');
  const hostsOf = hostsByClient(book);
  const mine = records.filter(
    ({ client, start }) => host === undefined || hostsOf(client, start).hosts.includes(host),
  );
  const hosts = host === undefined ? hostsOfAll(mine, hostsOf) : [host];
  const logs = logsOfHosts(book, await readLogsOfClients(store, clients, asOf));
  const logHosts = new Set([...logs.values()].flatMap((each) => [...each]));
  const ledger = await readLedger(store, {
    hosts: [...new Set([...hosts, ...logHosts, ...mine.map(({ logHost }) => logHost)])],
    asOf: asOf ?? null,
  });
  onStage?.('ledger');
  const read = async (each: string): Promise<Lineage> => {
    const known = ledger.hosts.find((ofLedger) => ofLedger.host === each);
    return hostLineage(store, each, { asOf, loss: known && lossEvidence(known, asOf) });
  };
  const lineageOf = question.lineageOf ?? read;
  const lineages: Lineage[] = [];
  for (const each of hosts) lineages.push(await lineageOf(each));
  onStage?.('lineages');
  const events = await readProcessEvents(store, {
    lineages,
    earliest: earliest === null ? null : earliest - BEFORE,
    latest: latest === null ? null : latest + BEFORE,
    asOf,
    destinations: new Set(mine.flatMap(({ destination }) => destination ?? [])),
  });
  const shared =
    clients === undefined ? new Set<string>() : await readSharedDestinations(store, clients, asOf);
  onStage?.('process events');
  const join = joinConnections({
    connections: mine,
    ...events,
    hostsOf,
    shared,
    ...(leases.length > 0 && { userOf: userByClient(leases) }),
  });
  onStage?.('join');
  return {
    host,
    range: { earliest, latest },
    connections: mine.map((connection, at) => ({ connection, match: join.matches[at] ?? nobody })),
    events,
    join,
    book,
    ledger,
    logs,
  };
}

function logsOfHosts(
  book: AddressBook,
  ofClients: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [client, logs] of ofClients)
    for (const host of book.hostsEver(client)) {
      const known = found.get(host) ?? new Set();
      found.set(host, known);
      for (const log of logs) known.add(log);
    }
  return found;
}

const nobody: Match = {
  tier: undefined,
  standing: 'none',
  candidates: [],
  competing: 0,
  hosts: [],
  hostSure: false,
};

function hostsOfAll(
  records: readonly EgressConnection[],
  hostsOf: (client: string, time: number) => HostsOfClient,
): readonly string[] {
  const hosts = new Set<string>();
  for (const { client, start } of records) for (const host of hostsOf(client, start).hosts) hosts.add(host);
  return [...hosts].sort();
}

function userByClient(leases: readonly UserLease[]): (client: string, time: number) => string | undefined {
  const userOf = userOfLease(leases);
  return (client, time) => userOf(client, ticksOf(time));
}

const noHosts: HostsOfClient = { sure: false, hosts: [] };

/** The hosts that may have had an address, by the book. Addresses that nothing tells of are looked up once. */
export function hostsByClient(book: AddressBook): (client: string, time: number) => HostsOfClient {
  const strangers = new Set<string>();
  const answers = new Map<string, HostsOfClient>();
  const answerOf = (key: string, sure: boolean, hosts: readonly string[]): HostsOfClient => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = { sure, hosts };
    answers.set(key, answer);
    return answer;
  };
  return (client, time) => {
    if (strangers.has(client)) return noHosts;
    const holder = book.holder(client, ticksOf(time));
    if (holder.kind === 'unknown') {
      if (book.hostsEver(client).length === 0) strangers.add(client);
      return noHosts;
    }
    if (holder.kind === 'several') return answerOf(holder.hosts.join('\n'), false, holder.hosts);
    return answerOf(`${holder.kind === 'listed'} ${holder.host}`, holder.kind !== 'listed', [holder.host]);
  };
}
