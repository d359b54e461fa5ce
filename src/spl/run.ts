import type { Diagnostic } from '../core/diagnostic.ts';
import type { Ticks } from '../core/ticks.ts';
import { ticksOfMilliseconds } from '../core/ticks.ts';
import type { LossReader } from '../lineage/host-lineage.ts';
import { identifier, sql } from '../store/sql.ts';
import type { Column, QueryLimits, ScopeSummary, Store } from '../store/store.ts';
import type { ConnectionReader } from './connection-reader.ts';
import { parseEvaluating } from './evaluate-macros.ts';
import { DEFAULT_LIMITS, type Environment, type SearchLimits } from './generate/compilation.ts';
import { isPattern, matchFieldPattern } from './generate/field-pattern.ts';
import type { Block } from './generate/operator.ts';
import { lowerSearch } from './lower.ts';
import type { MacroTable } from './macros.ts';
import { parseSearch } from './parse.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { SearchError } from './search-error.ts';

export interface SearchOptions {
  /** Time range beside the search, half open; null or absent is open. Bounds in the text override it. */
  readonly earliest?: Ticks | null;
  readonly latest?: Ticks | null;
  /** IANA name, default UTC. */
  readonly timezone?: string;
  /** When the search starts, default the clock. */
  readonly now?: Ticks;
  readonly limits?: Partial<SearchLimits> & Pick<QueryLimits, 'seconds' | 'memoryBytes'>;
  readonly signal?: AbortSignal;
  readonly macros?: MacroTable;
  /** What is known of missing events, for the grades of lineages out of the store. */
  readonly lossOf?: LossReader;
  /** For `egress`: what the records of proxies prove, and whose connections they are. */
  readonly connectionReader?: ConnectionReader;
  /** Whether rows that are raw events have `_id`, the event's identity in the store, in hexadecimal. */
  readonly eventIds?: boolean;
}

/** A search that runs. */
export interface SearchRun {
  readonly columns: readonly Column[];
  /** One pass. Ends with the engine's errors, or a SearchError where the search cannot go on. */
  readonly rows: AsyncIterable<Block>;
  /** Grows until the last row was read. */
  readonly diagnostics: readonly Diagnostic[];
  readonly statistics: SearchStatistics;
  /** What lies in the search's indexes and time range; null where it reads no events. */
  scope(): Promise<ScopeSummary | null>;
  /** Frees what the run holds. Not needed where all rows were read. */
  close(): Promise<void>;
}

/** Grows while the search runs. */
export interface SearchStatistics {
  /** Rows given so far. */
  rows: number;
  /** Queries sent to the store so far. */
  queries: number;
}

/**
 * Runs an SPL search. Rejects with a SearchError, before anything is run, where the search is faulty; the diagnostics of
 * a run are warnings and notes only.
 */
export async function runSearch(store: Store, text: string, options: SearchOptions = {}): Promise<SearchRun> {
  const { limits, signal } = options;
  const planned = await planSearch(store, text, options);
  const { plan, environment } = planned;
  const reported = [...planned.diagnostics];
  const statistics: SearchStatistics = { rows: 0, queries: 0 };
  const run = await runPlan(plan, {
    store,
    environment,
    limits: {
      ...(limits?.seconds !== undefined && { seconds: limits.seconds }),
      ...(limits?.memoryBytes !== undefined && { memoryBytes: limits.memoryBytes }),
      ...(signal && { signal }),
    },
    report: (diagnostic) => reported.push(diagnostic),
    lossOf: options.lossOf,
    connectionReader: options.connectionReader,
    statistics,
  });
  return { ...run, diagnostics: reported, statistics, scope: () => scopeOf(plan, store) };
}

/** A search that is ready to be compiled. */
export interface PlannedSearch {
  readonly plan: Plan;
  readonly environment: Environment;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and lowers a search; throws a SearchError with all faults. */
export async function planSearch(store: Store, text: string, options: SearchOptions): Promise<PlannedSearch> {
  const { timezone = 'UTC', now = ticksOfMilliseconds(Date.now()), macros, limits } = options;
  const { earliest, latest } = options;
  const environment = {
    catalogue: await store.catalogue(),
    now,
    timezone,
    earliest: earliest ?? null,
    latest: latest ?? null,
    limits: { ...DEFAULT_LIMITS, ...limits },
    ...(options.eventIds !== undefined && { eventIds: options.eventIds }),
  };
  const parsed = await parseEvaluating(
    (evaluateMacro) => parseSearch(text, { ...(macros && { macros }), evaluateMacro }),
    store,
    environment,
  );
  if (!parsed.search) throw new SearchError(parsed.diagnostics);
  const lowered = lowerSearch(parsed.search, {
    now,
    timezone,
    ...(earliest !== undefined && { earliest }),
    ...(latest !== undefined && { latest }),
  });
  const diagnostics = [...parsed.diagnostics, ...lowered.diagnostics];
  if (!lowered.plan) throw new SearchError(diagnostics);
  const { source } = lowered.plan;
  const range = source.kind === 'events' ? source : { earliest: null, latest: null };
  return {
    plan: lowered.plan,
    environment: { ...environment, earliest: range.earliest, latest: range.latest },
    diagnostics,
  };
}

/** What lies in a plan's indexes and time range; null where it reads no events. */
export async function scopeOf(plan: Plan, store: Store): Promise<ScopeSummary | null> {
  const { source } = plan;
  if (source.kind !== 'events') return null;
  const indexes = source.indexes.some(isPattern)
    ? (await indexNames(store)).filter((name) =>
        source.indexes.some((pattern) => matchFieldPattern(pattern, name)),
      )
    : source.indexes;
  return store.scope(indexes, source.earliest, source.latest);
}

async function indexNames(store: Store): Promise<string[]> {
  const query = { sql: sql`SELECT DISTINCT ${identifier('index')} FROM events`, parameters: {} };
  const names: string[] = [];
  for await (const block of store.rows(query, [{ name: 'index', type: 'text' }]))
    for (const [name] of block) names.push(String(name));
  return names;
}
