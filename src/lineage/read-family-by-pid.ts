import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { buildLineage } from './build-lineage.ts';
import { amongNames } from './family-rows.ts';
import type { HostFigures } from './host-figures.ts';
import { type Bearer, bearersOfGuid, likelyFamily } from './likely-bearers.ts';
import type { LossEvidence } from './loss.ts';
import { ObservationBuilder, type Observations } from './observation.ts';
import { addObservation, observationColumns, observationSelect } from './observation-query.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { type PidEvent, PidWindows } from './pid-windows.ts';
import type { Lineage } from './process.ts';
import { readActivities } from './read-activities.ts';
import { type Family, matchProcesses, type ProcessQuery, selectFamily } from './select-family.ts';
import { plainGuid } from './start-key.ts';

/** More than what an end may be told late by, and what a program that takes another's place may take. */
const MARGIN = 120n * TICKS_PER_SECOND;
const MOST_GENERATIONS = 64;
const MOST_PIDS = 1_000;
const MOST_EVENTS = 100_000;
const MOST_CHOSEN = 20_000;
const MOST_ROUNDS = 8;

/** What is asked for by name, and what of the host is known already. */
export interface FamilyByPid {
  readonly query: Extract<ProcessQuery, { readonly kind: 'pid' | 'guid' }>;
  readonly figures: HostFigures;
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
  { query, figures, loss, limits }: FamilyByPid,
): Promise<Lineage | undefined> {
  const margin = marginOf(figures);
  const windows = new PidWindows(store, scope, margin, limits);
  const guids = new Set<string>();
  const seeds: Bearer[] = [];
  if (query.kind === 'guid') {
    guids.add(plainGuid(query.guid));
    seeds.push(...(await bearersOfGuid(store, scope, plainGuid(query.guid), limits)));
    if (seeds.length === 0) return undefined;
  } else if (query.at !== undefined) seeds.push({ pid: query.pid, at: query.at });
  const likely = [...seeds];
  for (const seed of seeds) likely.push(...(await likelyFamily(store, scope, seed, limits)));
  await cover(windows, likely);
  if (seeds.length === 0 && query.kind === 'pid') {
    await windows.load([query.pid]);
    windows.addAll(query.pid);
  } else if (!(await addLikelyDescendants(windows, seeds, margin))) return undefined;
  const reader = new ChosenReader(store, scope, windows, limits);
  for (let round = 0; round < MOST_ROUNDS && isSmall(windows); round++) {
    const observations = await reader.read(guids);
    if (observations === undefined) return undefined;
    const lineage = buildLineage(observations, { figures, ...(loss !== undefined && { loss }) });
    const known = guids.size;
    const needed = needs(selectFamily(lineage, matchProcesses(lineage, query)), windows, guids);
    const grown = await cover(windows, needed);
    if (!grown && guids.size === known) return lineage;
  }
  return undefined;
}

function marginOf({ ahead }: HostFigures): Ticks {
  const most = Math.max(0, ...[...ahead.values()].map(Math.abs));
  return MARGIN + BigInt(Math.ceil(most));
}

function isSmall(windows: PidWindows): boolean {
  return windows.pids.size <= MOST_PIDS && windows.size <= MOST_EVENTS;
}

/** Adds what are likely the descendants; false where there are too many. */
async function addLikelyDescendants(
  windows: PidWindows,
  seeds: readonly Bearer[],
  margin: Ticks,
): Promise<boolean> {
  const seen = new Set<string>();
  let generation = seeds;
  for (let count = 0; count < MOST_GENERATIONS && generation.length > 0; count++) {
    const next: Bearer[] = [];
    for (const { pid, at } of generation)
      for (const child of windows.children(pid, at)) {
        const key = `${child.pid} ${child.time}`;
        if (child.pid === undefined || child.time < at - margin || seen.has(key)) continue;
        seen.add(key);
        next.push({ pid: child.pid, at: child.time });
      }
    await windows.load(next.map(({ pid }) => pid));
    if (!isSmall(windows)) return false;
    for (const { pid, at } of next) windows.add(pid, at);
    generation = next;
  }
  return true;
}

/** The process ids and moments that matter for the shown processes, their parents and candidates; adds the GUIDs of the shown. */
function needs({ lineage, shows }: Family, windows: PidWindows, guids: Set<string>): readonly Bearer[] {
  const needed: Bearer[] = [];
  for (let index = 0; index < lineage.size; index++) {
    if (!shows(index)) continue;
    const { pid, guid, start, end } = lineage.outline(index);
    if (guid !== undefined) guids.add(guid);
    const at = start ?? end;
    if (at === undefined) continue;
    if (pid !== undefined) {
      needed.push({ pid, at });
      for (const parentPid of windows.parentPids(pid, at)) needed.push({ pid: parentPid, at });
    }
    const { parent, candidates } = lineage.edge(index);
    const relatives = candidates.map(({ process }) => process);
    for (const relative of parent === undefined ? relatives : [parent, ...relatives]) {
      const other = lineage.outline(relative);
      if (other.pid === undefined) continue;
      needed.push({ pid: other.pid, at }, { pid: other.pid, at: other.start ?? other.end ?? at });
    }
  }
  return needed;
}

/** Adds what is needed; whether anything was not there before. */
async function cover(windows: PidWindows, needed: readonly Bearer[]): Promise<boolean> {
  const known = windows.pids.size;
  await windows.load(needed.map(({ pid }) => pid));
  let grown = windows.pids.size > known;
  for (const { pid, at } of needed) grown = windows.add(pid, at) || grown;
  return grown;
}

/** Reads the observations in the windows, each once however often it is asked. */
class ChosenReader {
  private readonly builder: ObservationBuilder;
  private readonly known = new Set<PidEvent>();
  private readonly ids = new Set<string>();
  private boots = false;
  private readonly store: Store;
  private readonly scope: ObservationScope;
  private readonly windows: PidWindows;
  private readonly limits: QueryLimits;

  constructor(store: Store, scope: ObservationScope, windows: PidWindows, limits: QueryLimits) {
    this.builder = new ObservationBuilder(scope.host.toLowerCase());
    this.store = store;
    this.scope = scope;
    this.windows = windows;
    this.limits = limits;
  }

  /** Undefined where there are too many. The activities are those of the process ids, and of the GUIDs. */
  async read(guids: ReadonlySet<string>): Promise<Observations | undefined> {
    const chosen = this.windows.chosen().filter((event) => !this.known.has(event));
    if (this.known.size + chosen.length > MOST_CHOSEN) return undefined;
    for (const event of chosen) this.known.add(event);
    await this.addEvents(chosen);
    if (!this.boots) await this.add(new Parameters(), sql`_event_class IN ('boot', 'sensor-state')`);
    this.boots = true;
    const among = amongNames({ pids: this.windows.pids, guids });
    for await (const activity of readActivities(this.store, this.scope, this.limits, among))
      if (this.isNew(`activity ${activity.event.id}`)) this.builder.add(activity);
    return this.builder.finish();
  }

  private async addEvents(chosen: readonly PidEvent[]): Promise<void> {
    const times = [...new Set(chosen.map(({ time }) => String(time)))];
    if (times.length === 0) return;
    const parameters = new Parameters();
    const pids = parameters.bind([...this.windows.pids].map(String), 'Array(String)');
    const moments = parameters.bind(times, 'Array(String)');
    await this.add(
      parameters,
      sql`_event_class IN ('process-start', 'process-end')
AND _time IN (SELECT reinterpret(toInt64(arrayJoin(${moments})), 'DateTime64(7, ''UTC'')'))
AND (process_id IN ${pids} OR (_event_class = 'process-start' AND parent_process_id IN ${pids}))`,
    );
  }

  private async add(bound: Parameters, condition: Sql): Promise<void> {
    const statement = sql`${observationSelect} WHERE ${inScope(bound, this.scope)} AND ${condition}`;
    const query = { sql: statement, parameters: bound.values };
    for await (const block of this.store.rows(query, observationColumns, this.limits))
      for (const row of block) if (this.isNew(`${row[0]} ${row[1]}`)) addObservation(this.builder, row);
  }

  private isNew(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    return true;
  }
}
