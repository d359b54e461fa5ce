import { Parameters, sql } from '../store/sql.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { activityClasses } from './activity-query.ts';
import { buildLineage } from './build-lineage.ts';
import { asksForBoots, isDecided, mayBeStale } from './family-decided.ts';
import {
  amongNames,
  type BareRow,
  bareObservations,
  completeRows,
  type FamilyRows,
  readBareRows,
} from './family-rows.ts';
import { type HostLineageOptions, hostLineage } from './host-lineage.ts';
import { lastStart } from './likely-bearers.ts';
import { likelyRelatives } from './likely-relatives.ts';
import type { LossEvidence } from './loss.ts';
import type { Observations } from './observation.ts';
import { parentGuidSql } from './observation-query.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import type { Lineage } from './process.ts';
import { activitiesAmong } from './read-activities.ts';
import { readFamilyByPid } from './read-family-by-pid.ts';
import { type HostStarts, namesByGuidAlone } from './read-host-starts.ts';
import { readNamedBearers } from './read-named-bearers.ts';
import { defaultSampleSize, type SampleSize } from './sample-pids.ts';
import { type Family, matchProcesses, type ProcessQuery, selectFamily } from './select-family.ts';
import { plainGuid } from './start-key.ts';

/** A lineage in which the families of the processes that were asked for are as in the lineage of the whole host. */
export interface FamilyLineage {
  readonly lineage: Lineage;
  /** False: other processes of the host are missing in it, or are not what they are. */
  readonly whole: boolean;
}

/** A part of a host is counted as it is. */
const all: SampleSize = { wholeUpTo: Number.POSITIVE_INFINITY, starts: 0 };
/** One GUID may name processes of several process ids there, of which some may be far from the family. */
const productsOfCollidingGuids = ['sysmon-linux'];
const MOST_RELATIVES = 2_000;
const MOST_ROWS = 200_000;
const MOST_ROUNDS = 6;

/**
 * The lineage of a host as far as it decides the families of some processes. A few statements read their relatives and what
 * else decides them, out of which the same parents, grades and reasons come as out of the whole host:
 *
 * - where one product tells the starts, all with GUIDs, and these alone decide who is who and whose child, all others that
 *   ever had the process ids of the family;
 * - else what its process ids did about its lives (`read-family-by-pid.ts`), with the clocks, losses and boots that are
 *   counted over some process ids of a large host, of the family and of the whole host alike (`host-figures.ts`).
 *
 * The whole host is read for texts, for queries that name many processes or families that many events decide, where starts
 * name themselves or their parents by a GUID without a process id, where GUIDs may collide, and where it is small.
 */
export async function familyLineage(
  store: Store,
  host: string,
  query: ProcessQuery,
  options: HostLineageOptions = {},
): Promise<FamilyLineage> {
  const partial = query.kind === 'pid' || query.kind === 'guid';
  const lineage = partial ? await partOfHost(store, host, query, options) : undefined;
  return lineage === undefined ? wholeLineage(store, host, query, options) : { lineage, whole: false };
}

/** The lineage of the whole host, whatever is asked for. */
export async function wholeLineage(
  store: Store,
  host: string,
  _query: ProcessQuery,
  options: HostLineageOptions = {},
): Promise<FamilyLineage> {
  return { lineage: await hostLineage(store, host, options), whole: true };
}

/** What names processes without the whole host. */
type NamingQuery = Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>;

/** Undefined where the whole host has to be read. */
async function partOfHost(
  store: Store,
  host: string,
  query: NamingQuery,
  { asOf, loss, limits = {}, sample = defaultSampleSize }: HostLineageOptions,
): Promise<Lineage | undefined> {
  const scope: ObservationScope = { host, asOf };
  const [named, byGuidAlone] = await Promise.all([
    readNamedBearers(store, scope, query, limits),
    namesByGuidAlone(store, scope, limits),
  ]);
  const { starts } = named;
  if (starts.count <= sample.wholeUpTo || byGuidAlone) return undefined;
  const byGuid =
    starts.spans.size === 1 && starts.withGuid === starts.count
      ? await readByGuid(store, scope, query, { starts, loss, limits })
      : undefined;
  if (byGuid !== undefined) return byGuid;
  for (const product of productsOfCollidingGuids)
    if (starts.spans.get(product)?.guids === true) return undefined;
  return readFamilyByPid(store, scope, { query, named, sample, loss, limits });
}

/** Undefined where GUIDs alone do not decide who is who and whose child. */
async function readByGuid(
  store: Store,
  scope: ObservationScope,
  query: NamingQuery,
  {
    starts,
    loss,
    limits,
  }: { readonly starts: HostStarts; readonly loss: LossEvidence | undefined; readonly limits: QueryLimits },
): Promise<Lineage | undefined> {
  const { host } = scope;
  const [span] = loss?.startsSince === undefined ? starts.spans.values() : [];
  const first = span?.first;
  const guids = new Set<string>();
  const pids = new Set<number>();
  const build = (observations: Observations) =>
    buildLineage(observations, { sample: all, ...(loss !== undefined && { loss }) });
  const readBare = () => readBareRows(store, scope, { pids, guids, first }, limits);
  const readActing = () => activitiesAmong(store, scope, amongNames({ pids, guids }), limits);
  const familyOf = (lineage: Lineage) => selectFamily(lineage, matchProcesses(lineage, query));
  if (query.kind === 'guid') guids.add(plainGuid(query.guid));
  else {
    pids.add(query.pid);
    const { pid, at } = query;
    const likely = at === undefined ? undefined : await lastStart(store, scope, { pid, at }, limits);
    if (likely?.guid !== undefined) guids.add(likely.guid);
    else {
      const rows = { bare: await readBare(), activities: await readActing() };
      const lineage = build(bareObservations(host, rows));
      for (const index of matchProcesses(lineage, query)) {
        const { guid } = lineage.process(index);
        if (guid === undefined) return undefined;
        guids.add(guid);
      }
    }
  }
  const likely = await likelyRelatives(store, scope, [...guids], MOST_RELATIVES, limits);
  if (likely === undefined) return undefined;
  addAll(guids, likely.guids);
  addAll(pids, likely.pids);
  let rows: FamilyRows = { bare: await readBare(), activities: await readActing() };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (rows.bare.length + rows.activities.length > MOST_ROWS || guids.size > MOST_RELATIVES)
      return undefined;
    const bare = bareObservations(host, rows);
    const family = familyOf(build(bare));
    const known = guids.size + pids.size;
    const unseen = addNames(family, rows.bare, guids, pids);
    if (guids.size + pids.size > known) {
      rows = { bare: await readBare(), activities: await readActing() };
      continue;
    }
    if (!isDecided(bare, family, pids) || mayBeStale(bare)) return undefined;
    const boots = asksForBoots(bare);
    if (boots && (await countBoots(store, scope, limits)) > 1) return undefined;
    const observations = await completeRows(store, scope, rows, { guids, unseen, boots }, limits);
    const lineage = build(observations);
    return isDecided(observations, familyOf(lineage), pids) ? lineage : undefined;
  }
  return undefined;
}

/** Adds the GUIDs and process ids of a family, and those that its starts name as the parent's; gives the GUIDs of the unseen. */
function addNames(
  { lineage, shows }: Family,
  rows: readonly BareRow[],
  guids: Set<string>,
  pids: Set<number>,
): ReadonlySet<string> {
  const unseen = new Set<string>();
  for (let index = 0; index < lineage.size; index++) {
    if (!shows(index)) continue;
    const { pid, guid, basis } = lineage.process(index);
    if (pid !== undefined) pids.add(pid);
    if (guid !== undefined) guids.add(guid);
    if (guid !== undefined && basis !== 'started') unseen.add(guid);
  }
  for (const { guid, parentPid } of rows)
    if (guid !== undefined && parentPid !== undefined && guids.has(guid)) pids.add(parentPid);
  return unseen;
}

function addAll<Value>(set: Set<Value>, values: Iterable<Value>): void {
  for (const value of values) set.add(value);
}

/** How many boots the GUIDs of the host tell of: their last two bytes, but for the kernel's own. */
async function countBoots(store: Store, scope: ObservationScope, limits: QueryLimits): Promise<number> {
  const parameters = new Parameters();
  const classes = parameters.bind(['process-start', 'process-end', ...activityClasses], 'Array(String)');
  const tails = sql`[substring(ifNull(process_guid, ''), 33),
if(_event_class = 'process-start', substring(ifNull(${parentGuidSql}, ''), 33), '')]`;
  const query = sql`SELECT length(arrayFilter(boot -> boot NOT IN ('', '0000'), groupUniqArrayArray(${tails})))
FROM events WHERE ${inScope(parameters, scope)} AND _event_class IN ${classes}`;
  const rows = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(rows, [{ name: 'boots', type: 'number' }], limits))
    for (const [boots] of block) return Number(boots);
  return 0;
}
