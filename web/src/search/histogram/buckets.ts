import type { Histogram } from '../../../../src/server/contracts/search.ts';
import { readMoment } from '../../text/time.ts';

/** A histogram with its times as milliseconds since 1970. */
export interface Buckets {
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly width: number;
  readonly counts: readonly number[];
  readonly most: number;
  readonly total: number;
}

export function readBuckets(histogram: Histogram): Buckets | undefined {
  const from = readMoment(histogram.from);
  const to = readMoment(histogram.to);
  if (from === undefined || to === undefined || to <= from || histogram.counts.length === 0) return undefined;
  let most = 0;
  let total = 0;
  for (const count of histogram.counts) {
    most = Math.max(most, count);
    total += count;
  }
  return {
    from,
    to,
    width: histogram.bucketSeconds * 1000,
    counts: histogram.counts,
    most,
    total,
  };
}

/** Buckets from one to another, both included. */
export interface Brush {
  readonly first: number;
  readonly last: number;
}

export function brushOf(one: number, other: number, buckets: Buckets): Brush {
  const within = (at: number): number => Math.max(0, Math.min(buckets.counts.length - 1, at));
  return { first: within(Math.min(one, other)), last: within(Math.max(one, other)) };
}

export function brushTimes(brush: Brush, buckets: Buckets): { readonly from: number; readonly to: number } {
  return {
    from: Math.max(buckets.from, buckets.from + brush.first * buckets.width),
    to: Math.min(buckets.to, buckets.from + (brush.last + 1) * buckets.width),
  };
}

export function brushCount(brush: Brush, buckets: Buckets): number {
  return buckets.counts.slice(brush.first, brush.last + 1).reduce((sum, count) => sum + count, 0);
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 91, 182, 365].map((count) => count * day),
];

/** The step between the marks of a time axis that has room for `most` of them. */
export function axisStep(length: number, most: number): number {
  return steps.find((step) => length / step <= most) ?? Math.ceil(length / most / (365 * day)) * 365 * day;
}

/** Moments of the marks of a time axis: whole steps of the zone's clock. `offset` is minutes east of Greenwich. */
export function axisMarks(from: number, to: number, most: number, offset: number): readonly number[] {
  const step = axisStep(to - from, most);
  const shift = offset * minute;
  const marks: number[] = [];
  for (let mark = Math.ceil((from + shift) / step) * step - shift; mark <= to; mark += step) marks.push(mark);
  return marks;
}
