const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps that people read without reckoning. */
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * day),
];

export interface AxisTick {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Share of the axis, 0 to 1. */
  readonly at: number;
}

/** The part of time that an axis shows, milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Round moments on the axis, at most `most`. `offset` is the zone's, in milliseconds, so that days begin at midnight. */
export function axisTicks(span: TimeSpan, most: number, offset: number): readonly AxisTick[] {
  const length = span.to - span.from;
  if (!(length > 0) || most < 1) return [];
  const step =
    steps.find((each) => length / each <= most) ?? 365 * day * Math.ceil(length / (365 * day * most));
  const ticks: AxisTick[] = [];
  const first = Math.ceil((span.from + offset) / step) * step - offset;
  for (let time = first; time <= span.to; time += step) ticks.push({ time, at: (time - span.from) / length });
  return ticks;
}

/** The share of the axis at a moment, held within 0 and 1. */
export function shareAt(span: TimeSpan, time: number): number {
  const length = span.to - span.from;
  if (!(length > 0)) return 0;
  return Math.min(1, Math.max(0, (time - span.from) / length));
}
