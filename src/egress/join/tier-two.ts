import { isAlive } from './host-processes.ts';
import type { Connection, EgressProcess, NamedVia, Naming } from './join-input.ts';
import type { ForReason } from './match.ts';
import { firstFrom } from './proxy-endpoints.ts';

/** How long after it was named a destination may be connected to, and how long before (a download is marked when it is done). */
const spans: Readonly<Record<NamedVia, readonly [after: number, before: number]>> = {
  dns: [3_600_000, 2_000],
  'dns-answer': [3_600_000, 2_000],
  'command-line': [Number.POSITIVE_INFINITY, 2_000],
  script: [Number.POSITIVE_INFINITY, 2_000],
  download: [5_000, 600_000],
};

const scores: Readonly<Record<NamedVia, readonly [host: number, whole: number]>> = {
  dns: [4, 4],
  'dns-answer': [3, 3],
  'command-line': [4, 7],
  script: [4, 7],
  download: [4, 7],
};
/** A question asked just before. */
const JUST_BEFORE = 10_000;

/** Namings by host, then by name, in order of time. */
export type NamingIndex = ReadonlyMap<string, ReadonlyMap<string, readonly Naming[]>>;

export function indexNamings(namings: readonly Naming[], processes: readonly EgressProcess[]): NamingIndex {
  const index = new Map<string, Map<string, Naming[]>>();
  for (const naming of namings) {
    const host = processes[naming.process]?.host;
    if (host === undefined) continue;
    const names = index.get(host) ?? new Map<string, Naming[]>();
    index.set(host, names);
    const known = names.get(naming.name);
    if (known === undefined) names.set(naming.name, [naming]);
    else known.push(naming);
  }
  for (const names of index.values())
    for (const list of names.values())
      list.sort((one, other) => one.time - other.time || one.process - other.process);
  return index;
}

export interface NamedScore {
  score: number;
  readonly reasons: ForReason[];
}

const nobody: ReadonlyMap<number, NamedScore> = new Map();

/** Processes of a host that named the destination and were alive, with what each said of it: the best of each way. */
export function namersOf(
  connection: Connection,
  host: string,
  index: NamingIndex,
  processes: readonly EgressProcess[],
): ReadonlyMap<number, NamedScore> {
  const { destination } = connection;
  const namings = destination === undefined ? undefined : index.get(host)?.get(destination);
  if (namings === undefined) return nobody;
  const found = new Map<number, NamedScore>();
  const { start } = connection;
  const latest = firstFrom(namings, Math.max(start, connection.end) + spans.download[1]);
  const best = new Map<
    string,
    { readonly score: number; readonly reason: ForReason; readonly process: number }
  >();
  for (let at = latest - 1; at >= 0; at--) {
    const naming = namings[at] as Naming;
    const [after, before] = spans[naming.via];
    const apart = start - naming.time;
    if (apart > after || naming.time > (naming.via === 'download' ? connection.end : start) + before)
      continue;
    const process = processes[naming.process];
    if (process === undefined || !isAlive(process, start)) continue;
    const whole =
      naming.url !== undefined && connection.url !== undefined && sameAddress(naming.url, connection.url);
    const fresh = naming.via === 'dns' && Math.abs(apart) <= JUST_BEFORE ? 1 : 0;
    const score = scores[naming.via][whole ? 1 : 0] + fresh;
    const key = `${naming.process} ${naming.via}`;
    const known = best.get(key);
    if (known === undefined || known.score < score)
      best.set(key, {
        score,
        process: naming.process,
        reason: { kind: 'named', via: naming.via, whole, before: apart },
      });
  }
  for (const { process, score, reason } of best.values()) {
    const known = found.get(process);
    if (known === undefined) found.set(process, { score, reasons: [reason] });
    else {
      known.score += score;
      known.reasons.push(reason);
    }
  }
  return found;
}

/** Proxies cut the query off. */
function sameAddress(named: string, logged: string): boolean {
  const cut = (url: string) => url.replace(/[?#].*$/, '').toLowerCase();
  return cut(named) === cut(logged);
}
