import type { Coincidence } from './coincident-contacts.ts';
import type { Connection, EgressProcess, Milliseconds, NamedVia, Naming } from './join-input.ts';
import { type Contention, type ForReason, type MatchCandidate, mostCandidates } from './match.ts';
import { isAlive } from './process-life.ts';
import { firstFrom } from './proxy-endpoints.ts';
import {
  type Asked,
  ageAtFirst,
  type Background,
  type DestinationContacts,
  scoreOf,
  weigh,
} from './tier-three.ts';

/** How long after it was named a destination may be connected to, and how long before (a download is marked when it is done). */
const spans: Readonly<Record<NamedVia, readonly [after: number, before: number]>> = {
  dns: [3_600_000, 2_000],
  'dns-answer': [3_600_000, 2_000],
  'command-line': [Number.POSITIVE_INFINITY, 2_000],
  script: [Number.POSITIVE_INFINITY, 2_000],
  download: [5_000, 600_000],
};

const scoresOfVia: Readonly<Record<NamedVia, readonly [host: number, whole: number]>> = {
  dns: [4, 4],
  'dns-answer': [3, 3],
  'command-line': [4, 7],
  script: [4, 7],
  download: [4, 7],
};
/** A question asked just before. */
const JUST_BEFORE = 10_000;

/** Namings of one name, in order of time. */
interface NamingsOfName {
  /** Those that tell only of the time around them. */
  readonly passing: Naming[];
  readonly lasting: Naming[];
}

/** Namings by host, then by name. */
export type NamingIndex = ReadonlyMap<string, ReadonlyMap<string, NamingsOfName>>;

export function indexNamings(namings: readonly Naming[], processes: readonly EgressProcess[]): NamingIndex {
  const index = new Map<string, Map<string, NamingsOfName>>();
  for (const naming of namings) {
    const host = processes[naming.process]?.host;
    if (host === undefined) continue;
    const names = index.get(host) ?? new Map<string, NamingsOfName>();
    index.set(host, names);
    const known = names.get(naming.name) ?? { passing: [], lasting: [] };
    names.set(naming.name, known);
    (spans[naming.via][0] === Number.POSITIVE_INFINITY ? known.lasting : known.passing).push(naming);
  }
  for (const names of index.values())
    for (const { passing, lasting } of names.values())
      for (const list of [passing, lasting])
        list.sort((one, other) => one.time - other.time || one.process - other.process);
  return index;
}

/** How long ago a passing naming may have been. */
const PASSING = Math.max(...Object.values(spans).map(([after]) => (Number.isFinite(after) ? after : 0)));

/** What a process said of a destination in one way. */
interface Said {
  readonly naming: Naming;
  readonly score: number;
  readonly whole: boolean;
}

/** What is asked of the processes of one host. */
export interface NamedQuestion {
  readonly connection: Connection;
  readonly host: string;
  /** So far is the proxy's clock ahead of the host's. */
  readonly offset: Milliseconds;
  readonly asked: Asked;
  readonly group: DestinationContacts | undefined;
  /** Who is recorded connecting to the proxy just then, by the clock of the host. */
  readonly then: Coincidence | undefined;
}

const nobody: Contention = { first: [], count: 0 };
const vias = Object.keys(spans) as NamedVia[];

/**
 * Processes of a host that named the destination and were alive, with the best of each way in which they did; and the one that
 * connected to the proxy just then, which often is a child of who named it.
 */
export function candidatesByName(
  question: NamedQuestion,
  index: NamingIndex,
  background: Background,
): Contention {
  const { connection, host, group, asked, then } = question;
  const { destination } = connection;
  const namings = destination === undefined ? undefined : index.get(host)?.get(destination);
  if (namings === undefined) return nobody;
  const said = bestOfEachWay(question, namings, background);
  if (said === undefined) return nobody;
  const scores = new Map<number, number>();
  for (const { naming, score } of said.values())
    scores.set(naming.process, (scores.get(naming.process) ?? 0) + score);
  const apartOf = (process: number) => (then?.contact.process === process ? then.apart : undefined);
  for (const [process, score] of scores)
    scores.set(process, score + scoreOf(process, asked, group, background, apartOf(process) !== undefined));
  const other = then?.contact.process;
  const isOther = other !== undefined && !scores.has(other);
  if (isOther) scores.set(other, scoreOf(other, asked, group, background, true));
  const ages = new Map<number, number>();
  if (group?.own === true)
    for (const process of scores.keys())
      ages.set(process, ageAtFirst(process, group, background) ?? Number.MAX_SAFE_INTEGER);
  const ranked = [...scores].sort(
    ([one, score], [two, otherScore]) =>
      otherScore - score || (ages.get(one) ?? 0) - (ages.get(two) ?? 0) || one - two,
  );
  const first = ranked.slice(0, mostCandidates).map(([process, score]): MatchCandidate => {
    const more = weigh(process, asked, group, apartOf(process), background);
    const named = vias.flatMap((via, at) => {
      const best = said.get(process * vias.length + at);
      return best === undefined ? [] : [reasonOf(best, via, connection.start - question.offset)];
    });
    return { process, score, for: [...named, ...(more?.for ?? [])], against: more?.against ?? [] };
  });
  return { first, count: ranked.length };
}

function reasonOf({ naming, whole }: Said, via: NamedVia, start: Milliseconds): ForReason {
  return { kind: 'named', via, whole, before: start - naming.time };
}

/** By the process and the way. */
function bestOfEachWay(
  { connection, offset }: NamedQuestion,
  { passing, lasting }: NamingsOfName,
  { processes }: Background,
): ReadonlyMap<number, Said> | undefined {
  const start = connection.start - offset;
  const end = connection.end - offset;
  const latest = Math.max(start, end) + spans.download[1];
  let best: Map<number, Said> | undefined;
  const consider = (naming: Naming): void => {
    const [after, before] = spans[naming.via];
    const apart = start - naming.time;
    if (apart > after || naming.time > (naming.via === 'download' ? end : start) + before) return;
    const process = processes[naming.process];
    if (process === undefined || !isAlive(process, start)) return;
    const whole =
      naming.url !== undefined && connection.url !== undefined && sameAddress(naming.url, connection.url);
    const fresh = naming.via === 'dns' && Math.abs(apart) <= JUST_BEFORE ? 1 : 0;
    const score = scoresOfVia[naming.via][whole ? 1 : 0] + fresh;
    const key = naming.process * vias.length + vias.indexOf(naming.via);
    best ??= new Map();
    const known = best.get(key);
    if (known === undefined || known.score < score) best.set(key, { naming, score, whole });
  };
  for (let at = firstFrom(passing, latest) - 1; at >= 0; at--) {
    const naming = passing[at] as Naming;
    if (naming.time < start - PASSING) break;
    consider(naming);
  }
  for (let at = firstFrom(lasting, latest) - 1; at >= 0; at--) consider(lasting[at] as Naming);
  return best;
}

/** Proxies cut the query off. */
function sameAddress(named: string, logged: string): boolean {
  const cut = (url: string) => url.replace(/[?#].*$/, '').toLowerCase();
  return cut(named) === cut(logged);
}
