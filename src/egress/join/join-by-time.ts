import { Contenders } from './contenders.ts';
import type { Connection, EgressProcess, HostsOfClient, Milliseconds } from './join-input.ts';
import { type Contention, type Match, type MatchCandidate, matchOf, together } from './match.ts';
import { isAlive } from './process-life.ts';
import {
  type Asked,
  type Askers,
  type Background,
  type DestinationContacts,
  saysSomething,
  scoreOf,
} from './tier-three.ts';

/** A connection whose destination no process of a host named. */
export interface OpenConnection {
  /** Its index. */
  readonly at: number;
  /** One of the hosts that may have had the client's address. */
  readonly host: string;
  readonly proxy: string;
  /** Its start by the clock of the host. */
  readonly moment: Milliseconds;
  readonly asked: Asked;
  /** All contacts of the host with its destination, where no other host asks for that. */
  readonly group: DestinationContacts | undefined;
  /** The process that is recorded connecting to the proxy just then. */
  readonly coincident: MatchCandidate | undefined;
}

export interface TimeJoinInput {
  readonly connections: readonly Connection[];
  readonly hosts: readonly HostsOfClient[];
  readonly processes: readonly EgressProcess[];
  /** In order of time. */
  readonly unnamed: readonly OpenConnection[];
  readonly askers: Askers;
  readonly background: Background;
}

const nobody: Contention = { first: [], count: 0 };

/**
 * Tier 3: writes the matches of connections whose destination no process named. Those that say the same of who asked, and where, are
 * taken together: what speaks for each process of the host is weighed once for all of them.
 */
export function joinByTime(input: TimeJoinInput, matches: Match[]): void {
  const { hosts, background } = input;
  const processesOf = groupProcesses(input.processes);
  /** Where several hosts may have had the address: what was found so far. */
  const shares = new Map<number, Contention>();
  for (const group of alike(input)) {
    const [{ host, asked, group: contacts }] = group as readonly [OpenConnection];
    const contenders = saysSomething(asked, contacts)
      ? new Contenders(processesOf.get(host) ?? [], asked, contacts, background)
      : undefined;
    let last:
      | { readonly found: Contention; readonly ofClient: HostsOfClient; readonly match: Match }
      | undefined;
    for (const open of group) {
      const { at, coincident } = open;
      const ofClient = hosts[at] as HostsOfClient;
      const alive = contenders?.at(open.moment) ?? nobody;
      const found = coincident === undefined ? alive : withCoincident(alive, coincident, open, background);
      if (ofClient.hosts.length > 1) {
        const known = shares.get(at);
        shares.set(at, known === undefined ? found : together(known, found));
      } else if (last?.found === found && last.ofClient === ofClient) matches[at] = last.match;
      else {
        const match = matchOf(3, found.first, ofClient, found.count);
        matches[at] = match;
        last = { found, ofClient, match };
      }
    }
  }
  for (const [at, found] of shares)
    matches[at] = matchOf(3, found.first, hosts[at] as HostsOfClient, found.count);
  fillRest(input, matches);
}

/** Those of which no host is known, or for which nothing speaks. */
function fillRest({ connections, hosts }: TimeJoinInput, matches: Match[]): void {
  const none = new Map<HostsOfClient | undefined, Match>();
  for (let at = 0; at < connections.length; at++) {
    if (matches[at] !== undefined) continue;
    const ofClient = hosts[at];
    const known = none.get(ofClient) ?? matchOf(3, [], ofClient ?? { sure: false, hosts: [] });
    none.set(ofClient, known);
    matches[at] = known;
  }
}

/** The process that connected just then is a candidate that has more for it than the others know. */
function withCoincident(
  { first, count }: Contention,
  coincident: MatchCandidate,
  { moment, asked, group }: OpenConnection,
  background: Background,
): Contention {
  if (coincident.score <= 0) return { first, count };
  const { process } = coincident;
  const isCounted =
    count > 0 &&
    scoreOf(process, asked, group, background) > 0 &&
    isAlive(background.processes[process] as EgressProcess, moment);
  return {
    first: [coincident, ...first.filter((each) => each.process !== process)],
    count: isCounted ? count : count + 1,
  };
}

/** Connections of one host and one log that say the same of who asked and, where only the host asks for it, of the destination. */
function alike({ unnamed, askers }: TimeJoinInput): Iterable<readonly OpenConnection[]> {
  const places = new Map<string, Map<string, number>>();
  let most = 0;
  const placeOf = ({ host, proxy }: OpenConnection): number => {
    let ofHost = places.get(host);
    if (ofHost === undefined) {
      ofHost = new Map();
      places.set(host, ofHost);
    }
    let place = ofHost.get(proxy);
    if (place === undefined) {
      place = most++;
      ofHost.set(proxy, place);
    }
    return place;
  };
  const numbers = unnamed.map(placeOf);
  const groups = new Map<number, OpenConnection[]>();
  for (const [number, open] of unnamed.entries()) {
    const about = (open.group?.id ?? -1) + 1;
    const key = (about * most + (numbers[number] as number)) * askers.size + open.asked.id;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [open]);
    else known.push(open);
  }
  return groups.values();
}

function groupProcesses(processes: readonly EgressProcess[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [at, { host }] of processes.entries()) {
    const known = groups.get(host);
    if (known === undefined) groups.set(host, [at]);
    else known.push(at);
  }
  return groups;
}
