import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ingest } from '../src/ingest/ingest.ts';
import { buildLineage } from '../src/lineage/build-lineage.ts';
import { eventReference, kindNumbers, type Observations } from '../src/lineage/observation.ts';
import type { Grade, Lineage } from '../src/lineage/process.ts';
import { readObservations } from '../src/lineage/read-observations.ts';
import { sql } from '../src/store/sql.ts';
import type { Store } from '../src/store/store.ts';
import { compareEdges, countEdges, type EdgeTruth } from './edge-truth.ts';
import { corpusPath } from './shared-data.ts';
import { withoutGuids } from './without-guids.ts';

export interface Recording {
  readonly name: string;
  readonly path: string;
}

/** The edges that a simple join makes. */
export interface JoinCounts {
  right: number;
  wrong: number;
  invented: number;
}

export type SimpleJoin = 'label' | 'first' | 'latest';

/** What the rebuilt edges of one recording are, its hosts taken together. */
export interface RecordingTruth {
  readonly name: string;
  /** Starts whose parent is named, by whether the parent's own start is in the recording. */
  seenParents: number;
  unseenParents: number;
  /** Of edges with a seen parent: how many have it as the first candidate. */
  firstRight: number;
  readonly grades: Record<Grade, number>;
  /** Among exact and probable edges. */
  wrong: number;
  invented: number;
  /** Edges graded exact when the GUIDs are kept, and how many of these are not what the GUIDs say. */
  exactWithGuids: number;
  wrongWithGuids: number;
  readonly joins: Readonly<Record<SimpleJoin, JoinCounts>>;
  /** What is in error or ambiguous though its parent was seen, for whoever looks into it. */
  readonly remarks: string[];
}

/** The list of recordings, where the corpus is present. */
export const recordingList = corpusPath('RECORDINGS.tsv');

/** Recordings with process creations, each file once. */
export function recordings(): readonly Recording[] {
  if (recordingList === undefined) return [];
  const paths = readFileSync(recordingList, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter((cells) => Number(cells[8]) > 0)
    .map((cells) => cells[0] ?? '');
  return [...new Set(paths)].flatMap((path) => {
    const found = corpusPath(path);
    return found === undefined ? [] : [{ name: basename(path).replace(/\.(zip|tar\.gz)$/, ''), path: found }];
  });
}

/** GUIDs of Sysmon's starts by event, those of their parents, and the GUIDs that were seen being created. */
interface GuidTruth {
  readonly guidOf: ReadonlyMap<string, string>;
  readonly parentOf: ReadonlyMap<string, string>;
  readonly created: ReadonlySet<string>;
}

function guidTruth(observations: Observations): GuidTruth {
  const guidOf = new Map<string, string>();
  const parentOf = new Map<string, string>();
  const created = new Set<string>();
  const { texts, guid, parentGuid, kind, length } = observations;
  for (let at = 0; at < length; at++) {
    const name = texts.text(guid[at] ?? -1);
    if (kind[at] !== kindNumbers.start || name === undefined) continue;
    const { id } = eventReference(observations, at);
    guidOf.set(id, name);
    created.add(name);
    const parent = texts.text(parentGuid[at] ?? -1);
    if (parent !== undefined) parentOf.set(id, parent);
  }
  return { guidOf, parentOf, created };
}

function compare(lineage: Lineage, { guidOf, parentOf, created }: GuidTruth): EdgeTruth {
  return compareEdges(
    lineage,
    (index) => {
      const named = lineage.process(index).seenBy.flatMap(({ id }) => parentOf.get(id) ?? []);
      const [name] = named;
      return lineage.process(index).basis !== 'started' || name === undefined
        ? undefined
        : { name, seen: created.has(name) };
    },
    (index) => new Set(lineage.process(index).seenBy.flatMap(({ id }) => guidOf.get(id) ?? [])),
  );
}

/**
 * What the usual joins give over Sysmon's starts: by label `Name (pid)`, the first start with the process id, and the latest
 * earlier start with it.
 */
function simpleJoins(observations: Observations, joins: RecordingTruth['joins']): void {
  const { texts, guid, parentGuid, kind, length, time, pid, parentPid, image, parentImage } = observations;
  const starts: number[] = [];
  for (let at = 0; at < length; at++)
    if (kind[at] === kindNumbers.start && (guid[at] ?? -1) >= 0) starts.push(at);
  starts.sort((one, other) => Number((time[one] ?? 0n) - (time[other] ?? 0n)));
  const created = new Set(starts.map((at) => guid[at]));
  const name = (number: number | undefined) =>
    (texts.text(number ?? -1) ?? '').split(/[\\/]/).at(-1)?.toLowerCase();
  const labels = new Map<string, number>();
  const firstOf = new Map<number, number>();
  for (const at of starts) {
    const label = `${name(image[at])} (${pid[at]})`;
    if (!labels.has(label)) labels.set(label, at);
    const number = pid[at] ?? -1;
    if (!firstOf.has(number)) firstOf.set(number, at);
  }
  const lastOf = new Map<number, number>();
  for (const at of starts) {
    const truth = parentGuid[at] ?? -1;
    const count = (counts: JoinCounts, found: number | undefined) => {
      if (found === undefined || truth < 0) return;
      if (guid[found] === truth) counts.right++;
      else if (created.has(truth)) counts.wrong++;
      else counts.invented++;
    };
    const parent = parentPid[at] ?? -1;
    count(joins.label, labels.get(`${name(parentImage[at])} (${parent})`));
    count(joins.first, firstOf.get(parent));
    count(joins.latest, lastOf.get(parent));
    lastOf.set(pid[at] ?? -1, at);
  }
}

const noJoin = (): JoinCounts => ({ right: 0, wrong: 0, invented: 0 });

/** Rebuilds one recording without its GUIDs and compares it with them; undefined where no start has one. */
export async function recordingTruth(
  store: Store,
  name: string,
  index: string,
): Promise<RecordingTruth | undefined> {
  const sum: RecordingTruth = {
    name,
    seenParents: 0,
    unseenParents: 0,
    firstRight: 0,
    grades: { exact: 0, probable: 0, ambiguous: 0, claimed: 0, none: 0 },
    wrong: 0,
    invented: 0,
    exactWithGuids: 0,
    wrongWithGuids: 0,
    joins: { label: noJoin(), first: noJoin(), latest: noJoin() },
    remarks: [],
  };
  for (const host of await hostsOf(store, index)) {
    const observations = await readObservations(store, { host, indexes: [index] });
    const truth = guidTruth(observations);
    if (truth.created.size === 0) continue;
    const whole = compare(buildLineage(observations), truth);
    sum.exactWithGuids += countEdges(whole.byGrade.exact);
    sum.wrongWithGuids += whole.errors.length;
    const lineage = buildLineage(withoutGuids(observations));
    const found = compare(lineage, truth);
    sum.seenParents += found.seenParents;
    sum.unseenParents += found.unseenParents;
    sum.firstRight += found.firstRight;
    for (const grade of grades) sum.grades[grade] += countEdges(found.byGrade[grade]);
    for (const { wrong, invented } of [found.byGrade.exact, found.byGrade.probable]) {
      sum.wrong += wrong;
      sum.invented += invented;
    }
    for (const at of [...found.errors, ...found.doubted])
      sum.remarks.push(`${name} ${host}: ${remark(lineage, at)}`);
    simpleJoins(observations, sum.joins);
  }
  return sum.seenParents + sum.unseenParents === 0 ? undefined : sum;
}

const grades: readonly Grade[] = ['exact', 'probable', 'ambiguous', 'claimed', 'none'];

function remark(lineage: Lineage, index: number): string {
  const { pid, image, start } = lineage.process(index);
  return `${image} (${pid}) ${start} ${JSON.stringify(lineage.edge(index))}`;
}

async function hostsOf(store: Store, index: string): Promise<readonly string[]> {
  const query = sql`SELECT DISTINCT host FROM events WHERE index = {index:String} AND _event_class = 'process-start' ORDER BY host`;
  const hosts: string[] = [];
  for await (const rows of store.rows({ sql: query, parameters: { index } }, [
    { name: 'host', type: 'text' },
  ]))
    for (const [host] of rows) hosts.push(String(host));
  return hosts;
}

/** Reads every recording into the store, each into an index of its own, and compares it with what its GUIDs say. */
export async function recordingTruths(store: Store): Promise<readonly RecordingTruth[]> {
  const truths: RecordingTruth[] = [];
  for (const [number, { name, path }] of recordings().entries()) {
    const index = `r${number}`;
    await ingest([path], store, { index });
    const truth = await recordingTruth(store, name, index);
    if (truth !== undefined) truths.push(truth);
  }
  return truths;
}
