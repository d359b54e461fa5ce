import type { Diagnostic } from '../../core/diagnostic.ts';
import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { lossReader } from '../../coverage/host-loss.ts';
import { connectionReader } from '../../egress/connection-reader.ts';
import type { EventsSource, Plan, Step } from '../../spl/plan.ts';
import type { PlannedSearch } from '../../spl/run.ts';
import { runPlan } from '../../spl/run-plan.ts';
import {
  type Cell,
  type Column,
  type QueryLimits,
  type ScopeSummary,
  type Store,
  StoreError,
} from '../../store/store.ts';
import { countEvents, type EventCounts } from './count-events.ts';

/** A part of a result: its rows follow those of the parts before. Parts may have different columns. */
export interface ResultPart {
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>;
}

export interface PartsOptions {
  readonly store: Store;
  /** `seconds` is for the whole search. */
  readonly limits: QueryLimits;
  readonly report: (diagnostic: Diagnostic) => void;
  /** How many events of the scope the parts given so far, this one not included, went over; and this one goes over. */
  readonly onPart: (before: number, here: number) => void;
}

/** Steps that look at one row at a time and keep the order of rows. */
const rowByRow: ReadonlySet<Step['kind']> = new Set([
  'search',
  'filter',
  'extend',
  'extract',
  'substitute',
  'match',
  'project',
  'rename',
  'convert',
  'expand',
]);

/** Scopes of fewer events are read at once. */
const worthParts = 20_000;

/** Events of the first part: it is there at once. */
const firstEvents = 1_500;

/** A part grows so much over the one before at most. */
const growth = 4;

/** Cells that a part may have, about: they are held in the engine, which sorts them. */
const cellsOfPart = 2_000_000;

/**
 * Rows of which it is known that there are not more are read whole, which costs far less than field by field; for many fields
 * it is worth to have parts of no more events than that, with room for what arrives meanwhile.
 */
const fewRows = 10_000;
const fewEvents = 9_000;
const manyColumns = 48;

/** Buckets in which events are counted to cut their time into parts. */
const buckets = 5_000;

/**
 * Runs a planned search. Rows that are events one by one come in parts, the newest time first: so the first are there soon,
 * and no part is larger than memory.
 */
export async function* resultParts(
  planned: PlannedSearch,
  scope: ScopeSummary | null,
  options: PartsOptions,
): AsyncGenerator<ResultPart> {
  const { plan } = planned;
  const { source } = plan;
  const bounds = source.kind === 'events' && isRowByRow(plan) ? boundsOf(source, scope) : undefined;
  if (source.kind !== 'events' || scope === null || bounds === undefined) {
    options.onPart(0, scope?.events ?? 0);
    yield await part(plan, planned, options);
    return;
  }
  const counts = await countEvents(
    options.store,
    { ...source, test: undefined },
    planned,
    bucketSeconds(bounds),
    bounds,
    options.limits,
  );
  yield* slices(planned, source, counts, bounds, options);
}

async function* slices(
  planned: PlannedSearch,
  source: EventsSource,
  { from, width, counts }: EventCounts,
  { first, end }: Bounds,
  options: PartsOptions,
): AsyncGenerator<ResultPart> {
  const deadline = deadlineOf(options.limits);
  let wanted = firstEvents;
  let before = 0;
  let latest = end;
  for (let bucket = counts.length; bucket > 0; ) {
    let events = 0;
    do events += counts[--bucket] ?? 0;
    while (bucket > 0 && events + (counts[bucket - 1] ?? 0) <= wanted);
    const begin = from + width * BigInt(bucket);
    // The bounds of the search stay as they are: what came meanwhile before the first event is in the last part.
    const earliest = bucket === 0 ? source.earliest : begin < first ? first : begin;
    const isNewest = latest === end;
    const range = { earliest, latest: isNewest ? source.latest : latest };
    latest = begin;
    if (events === 0 && bucket > 0 && !isNewest) continue;
    options.onPart(before, events);
    const plan: Plan = { source: { ...source, ...range }, steps: planned.plan.steps };
    const bounded: Plan = events <= fewEvents ? { ...plan, steps: [...plan.steps, fewRowsStep] } : plan;
    const made = await part(bounded, planned, { ...options, limits: remaining(options.limits, deadline) });
    let rows = 0;
    yield { columns: made.columns, rows: counted(made.rows, (more) => (rows += more)) };
    if (bounded !== plan && rows >= fewRows) {
      // So many came meanwhile that some were cut off: those that were not given yet.
      const whole = await part(plan, planned, { ...options, limits: remaining(options.limits, deadline) });
      yield { columns: whole.columns, rows: behind(whole.rows, rows) };
    }
    before += events;
    wanted = nextSize(Math.max(events, 1), rows, made.columns.length);
  }
}

/** How many events the next part goes over, after one of so many events that gave so many rows. */
function nextSize(events: number, rows: number, columns: number): number {
  const fitting = (cellsOfPart / Math.max(columns, 1)) * (events / Math.max(rows, 1));
  const most = columns > manyColumns ? Math.min(fitting, fewEvents) : fitting;
  return Math.max(1_000, Math.min(events * growth, most));
}

async function part(plan: Plan, { environment }: PlannedSearch, options: PartsOptions): Promise<ResultPart> {
  const { store, limits, report } = options;
  const statistics = { rows: 0, queries: 0 };
  return runPlan(plan, {
    store,
    environment,
    limits,
    report,
    lossOf: lossReader(store),
    connectionReader: connectionReader(store),
    statistics,
  });
}

function isRowByRow({ steps }: Plan): boolean {
  return steps.every(
    (step) =>
      rowByRow.has(step.kind) &&
      !(step.kind === 'extend' && step.assignments.some(({ parts }) => parts !== undefined)),
  );
}

interface Bounds {
  readonly first: Ticks;
  readonly end: Ticks;
}

function boundsOf({ earliest, latest }: EventsSource, scope: ScopeSummary | null): Bounds | undefined {
  if (scope === null || scope.first === null || scope.last === null || scope.events < worthParts)
    return undefined;
  const first = earliest !== null && earliest > scope.first ? earliest : scope.first;
  const end = latest !== null && latest <= scope.last ? latest : scope.last + 1n;
  return { first, end };
}

function bucketSeconds({ first, end }: Bounds): number {
  return Math.max(1, Math.ceil(Number((end - first) / TICKS_PER_SECOND) / buckets));
}

function deadlineOf({ seconds }: QueryLimits): number | undefined {
  return seconds === undefined ? undefined : Date.now() + seconds * 1000;
}

function remaining(limits: QueryLimits, deadline: number | undefined): QueryLimits {
  if (deadline === undefined) return limits;
  if (Date.now() >= deadline) throw new StoreError('query-timeout', 'the search took longer than it may');
  return { ...limits, seconds: Math.max(1, Math.ceil((deadline - Date.now()) / 1000)) };
}

const fewRowsStep: Step = { kind: 'head', count: fewRows, span: { start: 0, end: 0 } };

/** The rows behind the first `skipped`. */
async function* behind(
  blocks: ResultPart['rows'],
  skipped: number,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let left = skipped;
  for await (const block of blocks) {
    if (left < block.length) yield block.slice(left);
    left = Math.max(0, left - block.length);
  }
}

async function* counted<Rows extends { readonly length: number }>(
  blocks: AsyncIterable<Rows>,
  onRows: (count: number) => void,
): AsyncGenerator<Rows> {
  for await (const block of blocks) {
    onRows(block.length);
    yield block;
  }
}
