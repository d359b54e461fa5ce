import type { EgressProcess } from './join/join-input.ts';
import type { Match, MatchCandidate, Tier } from './join/match.ts';
import type { Egress, JoinedConnection } from './read-egress.ts';
import { type Repetition, repetitionOf } from './repetition.ts';
import { strongest, type Verdict, type VerdictCode } from './verdict.ts';

/** A process that may have made connections with a destination, and how many are joined to it first. */
export interface DestinationProcess {
  readonly process: EgressProcess;
  readonly connections: number;
  /** How many of them in each tier. */
  readonly tiers: Readonly<Record<Tier, number>>;
  /** Among them, those of which no other process is as likely. */
  readonly decided: number;
  /** The most processes that compete with it for one of them. */
  readonly competing: number;
  /** How regularly it asked for the destination. */
  readonly repetition: Repetition | undefined;
}

/** All connections of a host with one destination. */
export interface Destination {
  /** Undefined: nothing tells which host had the client's address. */
  readonly host: string | undefined;
  /** Without a destination, the records do not name one. */
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly connections: readonly JoinedConnection[];
  readonly verdicts: ReadonlyMap<VerdictCode, number>;
  readonly strongest: Verdict;
  /** Those that a cache answered: they did not go to the destination. */
  readonly cached: number;
  /** Those that no process explains. */
  readonly unexplained: number;
  readonly processes: readonly DestinationProcess[];
  readonly bytesOut: number | undefined;
  readonly bytesIn: number | undefined;
  readonly repetition: Repetition | undefined;
}

/**
 * Whether a process was recorded making the connection or naming its destination, and no other is as likely. What only the times
 * of a process's life speak for explains nothing.
 */
export function isExplained({ tier, standing, candidates }: Match): boolean {
  if (tier === undefined || standing === 'undecided' || standing === 'none') return false;
  return (
    tier < 3 ||
    (candidates[0]?.for ?? []).some(({ kind }) => kind === 'connected-then' || kind === 'user-agent')
  );
}

/** The process that a connection is joined to first. */
export function firstCandidate({ candidates }: Match): MatchCandidate | undefined {
  return candidates[0];
}

/** Groups connections by host and destination: those of which the greatest share is unexplained first, then by number. */
export function destinationsOf(
  { events }: Pick<Egress, 'events'>,
  connections: readonly JoinedConnection[],
): readonly Destination[] {
  const groups = new Map<string, JoinedConnection[]>();
  for (const each of connections) {
    const key = destinationKey(each);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [each]);
    else known.push(each);
  }
  return [...groups.values()]
    .map((group) => destinationOf(events.processes, group))
    .sort(
      (one, other) =>
        shareUnexplained(other) - shareUnexplained(one) ||
        other.connections.length - one.connections.length ||
        ((one.name ?? '') < (other.name ?? '') ? -1 : 1),
    );
}

/** What connections with one destination of a host have in common. */
export function destinationKey({ connection, match }: JoinedConnection): string {
  const { destination, destinationPort } = connection;
  return `${hostOf(match) ?? ''}\n${destination ?? ''}\n${destinationPort ?? ''}`;
}

/** The share of a destination's connections that no process explains, 0 to 1. */
export function shareUnexplained({ unexplained, connections }: Destination): number {
  return unexplained / connections.length;
}

function hostOf({ hosts, hostSure }: Match): string | undefined {
  return hostSure ? hosts[0] : hosts.length === 0 ? undefined : hosts.join(' or ');
}

function destinationOf(processes: readonly EgressProcess[], group: readonly JoinedConnection[]): Destination {
  const verdicts = new Map<VerdictCode, number>();
  let unexplained = 0;
  let cached = 0;
  for (const { connection, match } of group) {
    const { code, flags } = connection.verdict;
    if (flags.includes('cache')) cached++;
    verdicts.set(code, (verdicts.get(code) ?? 0) + 1);
    if (!isExplained(match)) unexplained++;
  }
  const [first] = group as readonly [JoinedConnection];
  return {
    host: hostOf(first.match),
    name: first.connection.destination,
    port: first.connection.destinationPort,
    connections: group,
    verdicts,
    strongest: strongest(group.map(({ connection }) => connection.verdict)) ?? first.connection.verdict,
    cached,
    unexplained,
    processes: processesOf(processes, group),
    bytesOut: sum(group.map(({ connection }) => connection.bytesOut)),
    bytesIn: sum(group.map(({ connection }) => connection.bytesIn)),
    repetition: repetitionOfGroup(group),
  };
}

function repetitionOfGroup(group: readonly JoinedConnection[]): Repetition | undefined {
  return repetitionOf(
    group.map(({ connection }) => connection.start),
    group.map(({ connection }) => connection.bytesIn),
  );
}

function processesOf(
  processes: readonly EgressProcess[],
  group: readonly JoinedConnection[],
): readonly DestinationProcess[] {
  const found = new Map<EgressProcess, ProcessDraft>();
  for (const joined of group) {
    const { match } = joined;
    const process = processes[firstCandidate(match)?.process ?? -1];
    if (process === undefined || match.tier === undefined) continue;
    const known = found.get(process) ?? {
      process,
      group: [],
      tiers: { 1: 0, 2: 0, 3: 0 },
      decided: 0,
      competing: 0,
    };
    found.set(process, known);
    known.group.push(joined);
    known.tiers[match.tier]++;
    if (match.standing !== 'undecided') known.decided++;
    known.competing = Math.max(known.competing, match.competing);
  }
  return [...found.values()]
    .map(({ group: own, ...figures }) => ({
      ...figures,
      connections: own.length,
      repetition: repetitionOfGroup(own),
    }))
    .sort((one, other) => other.connections - one.connections || other.decided - one.decided);
}

interface ProcessDraft {
  readonly process: EgressProcess;
  readonly group: JoinedConnection[];
  readonly tiers: Record<Tier, number>;
  decided: number;
  competing: number;
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : known.reduce((all, each) => all + each, 0);
}
