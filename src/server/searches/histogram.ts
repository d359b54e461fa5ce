import { formatTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { scopeOf } from '../../spl/run.ts';
import type { Store } from '../../store/store.ts';
import type { Histogram } from '../contracts/search.ts';
import { countEvents } from './count-events.ts';
import type { SearchJob } from './search-job.ts';
import type { JobLimits } from './search-limits.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const widths = [
  ...[1, 2, 5, 10, 15, 30].flatMap((count) => [count, count * MINUTE]),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 91, 365].map((count) => count * DAY),
].toSorted((one, other) => one - other);

const mostBuckets = 150;

const nothing: Histogram = { from: null, to: null, bucketSeconds: 1, counts: [] };

/** Counts the events that the first stage of a search finds, over the range of the search or, where it is open, of the events. */
export async function searchHistogram(store: Store, job: SearchJob, limits: JobLimits): Promise<Histogram> {
  const { planned, seconds } = job.request;
  const { source } = planned.plan;
  if (source.kind !== 'events') return nothing;
  const scope = await scopeOf(planned.plan, store);
  if (scope === null || scope.first === null || scope.last === null) return nothing;
  const first = source.earliest ?? scope.first;
  const end = source.latest ?? scope.last + 1n;
  const width = bucketWidth(first, end);
  const range = { first, end };
  const bounds = { seconds, memoryBytes: limits.memoryBytes, signal: job.freed };
  const { from, width: ticks, counts } = await countEvents(store, source, planned, width, range, bounds);
  return {
    from: formatTicks(from),
    to: formatTicks(from + ticks * BigInt(counts.length)),
    bucketSeconds: width,
    counts: [...counts],
  };
}

/** The least of the usual widths, in seconds, that gives not too many buckets. */
function bucketWidth(from: Ticks, to: Ticks): number {
  const span = Number(to - from) / Number(TICKS_PER_SECOND);
  const width = widths.find((each) => span / each <= mostBuckets);
  return width ?? Math.ceil(span / mostBuckets / DAY) * DAY;
}
