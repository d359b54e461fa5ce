import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { EventsSource, Plan } from '../../spl/plan.ts';
import { type PlannedSearch, planSearch } from '../../spl/run.ts';
import { runPlan } from '../../spl/run-plan.ts';
import type { QueryLimits, Store } from '../../store/store.ts';

/** Events of a source in buckets of so many seconds, by the place of the bucket behind `from`. */
export interface EventCounts {
  readonly from: Ticks;
  /** Ticks of a bucket. */
  readonly width: Ticks;
  readonly counts: readonly number[];
}

/** Counts the events of a source from a moment to another (half open). */
export async function countEvents(
  store: Store,
  source: EventsSource,
  { environment }: PlannedSearch,
  seconds: number,
  { first, end }: { readonly first: Ticks; readonly end: Ticks },
  limits: QueryLimits,
): Promise<EventCounts> {
  const width = BigInt(seconds) * TICKS_PER_SECOND;
  const from = floorTo(first, width);
  const counts = new Array<number>(Number((end - 1n - from) / width) + 1).fill(0);
  const { now, timezone } = environment;
  const text = `index=* | bin _time span=${seconds}s | stats count BY _time`;
  const counting = await planSearch(store, text, { now, timezone });
  const plan: Plan = { source, steps: counting.plan.steps };
  const statistics = { rows: 0, queries: 0 };
  const run = await runPlan(plan, { store, environment, limits, report: () => {}, statistics });
  for await (const rows of run.rows) {
    for (const [time, count] of rows) {
      if (typeof time !== 'bigint') continue;
      const at = Number((time - from) / width);
      if (at >= 0 && at < counts.length) counts[at] = (counts[at] ?? 0) + Number(count);
    }
  }
  return { from, width, counts };
}

function floorTo(ticks: Ticks, width: bigint): Ticks {
  const rest = ticks % width;
  return ticks - (rest < 0n ? rest + width : rest);
}
