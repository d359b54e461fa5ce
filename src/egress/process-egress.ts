import { destinationKey, isExplained } from './destinations.ts';
import type { Match } from './join/match.ts';
import type { Egress, JoinedConnection } from './read-egress.ts';
import { type VerdictCode, verdictCodes } from './verdict.ts';

/** What the records of proxies have for some processes. */
export interface ProcessEgress {
  /** For which no other process is likelier. */
  readonly connections: readonly JoinedConnection[];
  /** For which something speaks for them, and more for another. */
  readonly behind: { readonly connections: number; readonly destinations: number };
}

/** The candidates than which none is likelier: several where that is undecided. */
export function frontOf({ candidates }: Match): readonly number[] {
  const [first] = candidates;
  if (first === undefined) return [];
  return candidates.filter(({ score }) => score === first.score).map(({ process }) => process);
}

/** Takes the connections of processes, which are given by their indexes. */
export function processEgress(
  connections: readonly JoinedConnection[],
  processes: ReadonlySet<number>,
): ProcessEgress {
  const own: JoinedConnection[] = [];
  const others = new Set<string>();
  let behind = 0;
  for (const each of connections) {
    if (frontOf(each.match).some((process) => processes.has(process))) own.push(each);
    else if (each.match.candidates.some(({ process }) => processes.has(process))) {
      behind++;
      others.add(destinationKey(each));
    }
  }
  return { connections: own, behind: { connections: behind, destinations: others.size } };
}

/** How often each verdict was met, what proves most first. */
export type VerdictCounts = readonly (readonly [VerdictCode, number])[];

/** What a process's traffic came to. */
export interface ProcessMark {
  readonly id: string;
  /** Of connections that it was recorded making, or whose destination it named. */
  readonly explained: VerdictCounts;
  /** Of connections for which it is the likeliest, by time or user only: no more than candidates. */
  readonly possible: VerdictCounts;
}

/** A mark for each process that is the likeliest of a connection; where that is undecided, none. */
export function processMarks({ connections, events }: Egress): readonly ProcessMark[] {
  const counts = new Map<number, Record<'explained' | 'possible', Map<VerdictCode, number>>>();
  for (const { connection, match } of connections) {
    const [first] = match.candidates;
    if (first === undefined || match.standing === 'undecided') continue;
    const own = counts.get(first.process) ?? { explained: new Map(), possible: new Map() };
    counts.set(first.process, own);
    const kind = isExplained(match) ? own.explained : own.possible;
    const { code } = connection.verdict;
    kind.set(code, (kind.get(code) ?? 0) + 1);
  }
  return [...counts].flatMap(([process, { explained, possible }]) => {
    const id = events.processes[process]?.id;
    return id === undefined ? [] : [{ id, explained: inOrder(explained), possible: inOrder(possible) }];
  });
}

function inOrder(counts: ReadonlyMap<VerdictCode, number>): VerdictCounts {
  return verdictCodes.flatMap((code) => {
    const number = counts.get(code);
    return number === undefined ? [] : [[code, number] as const];
  });
}
