import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { buildLineage } from './build-lineage.ts';
import { DisputedChildren, type NamedChild } from './disputed-children.ts';
import { type HostFigures, hostFigures } from './host-figures.ts';
import { type Bearer, likelyFamily } from './likely-bearers.ts';
import type { LossEvidence } from './loss.ts';
import type { Observations } from './observation.ts';
import type { ObservationScope } from './observation-scope.ts';
import { type PidEvent, PidEvents } from './pid-events.ts';
import { PidWindows } from './pid-windows.ts';
import type { Lineage } from './process.ts';
import { readClasses } from './read-host-starts.ts';
import { readKeyBoots } from './read-key-boots.ts';
import type { NamedBearers } from './read-named-bearers.ts';
import { observationsOfSample } from './sample-observations.ts';
import { type SampleSize, samplePids } from './sample-pids.ts';
import { type Family, matchProcesses, type ProcessQuery, selectFamily } from './select-family.ts';
import { plainGuid } from './start-key.ts';
import { defaultTolerance } from './tolerance.ts';
import { WindowReader } from './window-reader.ts';

/** More than what an end may be told late by, and what a program that takes another's place may take. */
const MARGIN = 120n * TICKS_PER_SECOND;
const MOST_GENERATIONS = 64;
const MOST_PIDS = 1_000;
const MOST_EVENTS = 100_000;
const MOST_ROUNDS = 8;

/** What is asked for by name, and what of the host is known already. */
export interface FamilyByPid {
  readonly query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>;
  readonly named: NamedBearers;
  readonly sample: SampleSize;
  readonly loss: LossEvidence | undefined;
  readonly limits: QueryLimits;
}

/**
 * The lineage of a family whose processes are found by their process ids, and of what decides it: all that the ids of its
 * processes and of their parents did about their lives. Clocks, losses and boots are those of the host's figures. Undefined
 * where too much decides it: then the whole host is read as fast.
 */
export async function readFamilyByPid(
  store: Store,
  scope: ObservationScope,
  { query, named, sample: size, loss, limits }: FamilyByPid,
): Promise<Lineage | undefined> {
  const { seeds, starts, near } = named;
  const guids = new Set<string>();
  if (query.kind === 'guid') guids.add(plainGuid(query.guid));
  if (query.kind === 'guid' && seeds.length === 0) return undefined;
  const byPid = new Map([...starts.byPid].map(([pid, { count }]) => [pid, count]));
  const pids = samplePids(byPid, size);
  if (pids === undefined) return undefined;
  const events = new PidEvents(store, scope, limits);
  const [likely, [boots, classes]] = await Promise.all([
    loadLikely(pids),
    // One after another: a statement more at a time takes longer to open than it takes.
    readKeyBoots(store, scope, starts.spans, limits).then(
      async (found) => [found, await readClasses(store, scope, limits)] as const,
    ),
  ]);
  const sample = sampleOf(scope.host, events, pids);
  const figures = hostFigures(
    { sample, pids, counts: { byPid, spans: starts.spans }, boots },
    defaultTolerance,
  );
  const windows = new PidWindows(events, marginOf(figures));
  if (query.kind === 'pid' && query.at === undefined) windows.addAll(query.pid);
  await cover(events, windows, likely);
  if (!(await addLikelyDescendants(events, windows, seeds, toldWithin(figures)))) return undefined;
  const reader = new WindowReader(store, scope, windows, classes, limits);
  const mayDispute = starts.withGuid > 0 || starts.spans.size > 1;
  const disputed = new DisputedChildren(store, scope, toldWithin(figures), limits);
  for (let round = 0; round < MOST_ROUNDS && isSmall(events, windows); round++) {
    for (const { guid } of windows.whole()) if (guid !== undefined) guids.add(guid);
    const [observations] = await Promise.all([
      reader.read(guids),
      mayDispute ? disputed.load(likelyHidden(windows, starts.spans, toldWithin(figures))) : undefined,
    ]);
    if (observations === undefined) return undefined;
    const lineage = buildLineage(observations, { figures, ...(loss !== undefined && { loss }) });
    const found = selectFamily(lineage, matchProcesses(lineage, query));
    const { bearers, unseen, guids: shown } = needs(found, windows);
    const known = guids.size;
    for (const guid of shown) guids.add(guid);
    let grown = await cover(events, windows, bearers);
    for (const pid of unseen) grown = windows.addClaims(pid) || grown;
    if (grown || guids.size > known) continue;
    // Of those that are only counted, too, all that tells whose child they are has to be known.
    const hidden = mayDispute ? hiddenChildren(found, starts.spans) : [];
    if (!(await cover(events, windows, await disputed.among(hidden)))) return lineage;
  }
  return undefined;

  /** With several that are asked for, the families of the others are found as they turn out to be needed. */
  async function loadLikely(sampled: Iterable<number>): Promise<readonly Bearer[]> {
    const [seed] = seeds;
    const family =
      seed === undefined ? [] : await likelyFamily(store, scope, seed, starts.byPid, near, limits);
    const bearers = [...seeds, ...family];
    const asked = query.kind === 'pid' ? [query.pid] : [];
    await events.load([...sampled, ...bearers.map(({ pid }) => pid), ...asked]);
    return bearers;
  }
}

function marginOf(figures: HostFigures): Ticks {
  return MARGIN + clocksApart(figures);
}

/** How far apart two sensors may tell the start of one process. */
function toldWithin(figures: HostFigures): Ticks {
  return defaultTolerance.acrossSensors + clocksApart(figures);
}

function clocksApart({ ahead }: HostFigures): Ticks {
  return BigInt(Math.ceil(Math.max(0, ...[...ahead.values()].map(Math.abs))));
}

/** The children of shown processes that are only counted, but for those that all products told. */
function hiddenChildren(
  { lineage, shows }: Family,
  products: ReadonlyMap<string, unknown>,
): readonly NamedChild[] {
  const hidden: NamedChild[] = [];
  for (let index = 0; index < lineage.size; index++) {
    if (!shows(index)) continue;
    const parentPid = lineage.outline(index).pid;
    for (const child of lineage.children(index)) {
      if (shows(child)) continue;
      const { pid, start, seenBy } = lineage.process(child);
      const told = new Set(seenBy.map(({ product }) => product));
      if (products.size > 1 && [...products.keys()].every((product) => told.has(product))) continue;
      if (pid !== undefined && start !== undefined) hidden.push({ pid, at: start, parentPid });
    }
  }
  return hidden;
}

/**
 * The starts that name one of the process ids as the parent's while it matters, but for those that all products seem to have told:
 * a guess, after which only what was not read is asked for.
 */
function likelyHidden(
  windows: PidWindows,
  products: ReadonlyMap<string, unknown>,
  margin: Ticks,
): readonly Bearer[] {
  const naming = windows.naming();
  const placeOf = ({ pid, parentPid, time }: PidEvent, side: bigint) =>
    `${pid} ${parentPid} ${time / margin + side}`;
  const tellers = new Map<string, Set<string>>();
  for (const event of naming) {
    const place = placeOf(event, 0n);
    tellers.set(place, (tellers.get(place) ?? new Set()).add(event.product));
  }
  const isToldByAll = (event: PidEvent) => {
    const told = [-1n, 0n, 1n].flatMap((side) => [...(tellers.get(placeOf(event, side)) ?? [])]);
    return products.size > 1 && new Set(told).size === products.size;
  };
  return naming.flatMap((event) =>
    event.pid === undefined || isToldByAll(event) ? [] : [{ pid: event.pid, at: event.time }],
  );
}

/** The same as `sampleObservations` of the whole host. */
function sampleOf(host: string, events: PidEvents, pids: ReadonlySet<number>): Observations {
  const rows = [...pids].flatMap((pid) => [...events.of(pid), ...events.naming(pid)]);
  return observationsOfSample(host, rows);
}

function isSmall(events: PidEvents, windows: PidWindows): boolean {
  return windows.pids.size <= MOST_PIDS && events.size <= MOST_EVENTS;
}

/** Adds what are likely the descendants; false where there are too many. */
async function addLikelyDescendants(
  events: PidEvents,
  windows: PidWindows,
  seeds: readonly Bearer[],
  before: Ticks,
): Promise<boolean> {
  const seen = new Set<string>();
  let generation = seeds;
  for (let count = 0; count < MOST_GENERATIONS && generation.length > 0; count++) {
    const next: Bearer[] = [];
    for (const bearer of generation)
      for (const { pid, time } of windows.children(bearer, before)) {
        const key = `${pid} ${time}`;
        if (pid === undefined || seen.has(key)) continue;
        seen.add(key);
        next.push({ pid, at: time });
      }
    await cover(events, windows, next);
    if (!isSmall(events, windows)) return false;
    generation = next;
  }
  return true;
}

/** What has to be known of a family. */
interface Needs {
  /** The process ids and moments that matter for the shown processes, their parents and candidates. */
  readonly bearers: readonly Bearer[];
  /** The process ids of those that were not seen being created. */
  readonly unseen: readonly number[];
  /** The GUIDs of the shown. */
  readonly guids: readonly string[];
}

function needs({ lineage, shows }: Family, windows: PidWindows): Needs {
  const bearers: Bearer[] = [];
  const unseen: number[] = [];
  const guids: string[] = [];
  for (let index = 0; index < lineage.size; index++) {
    if (!shows(index)) continue;
    const { pid, guid, start, end, basis } = lineage.outline(index);
    if (guid !== undefined) guids.push(guid);
    if (pid !== undefined && basis !== 'started') unseen.push(pid);
    const at = start ?? end;
    if (at === undefined) continue;
    if (pid !== undefined) {
      bearers.push({ pid, at });
      for (const parentPid of windows.parentPids({ pid, at })) bearers.push({ pid: parentPid, at });
    }
    const { parent, candidates } = lineage.edge(index);
    const relatives = candidates.map(({ process }) => process);
    for (const relative of parent === undefined ? relatives : [parent, ...relatives]) {
      const other = lineage.outline(relative);
      if (other.pid === undefined) continue;
      bearers.push({ pid: other.pid, at }, { pid: other.pid, at: other.start ?? other.end ?? at });
      if (other.basis !== 'started') unseen.push(other.pid);
    }
  }
  return { bearers, unseen, guids };
}

/** Adds what is needed; whether anything was not there before. */
async function cover(events: PidEvents, windows: PidWindows, needed: readonly Bearer[]): Promise<boolean> {
  await events.load(needed.map(({ pid }) => pid));
  let grown = false;
  for (const bearer of needed) grown = windows.add(bearer) || grown;
  return grown;
}
