/** How regularly something comes back. Times are milliseconds; the formulas are those that beacon detectors use. */
export interface Repetition {
  readonly count: number;
  /** Of the intervals between starts, those of nothing left out. */
  readonly median: number;
  /** Standard deviation of the intervals by their mean: 0 is a clock, 1 is chance. */
  readonly variation: number;
  /** Median of the intervals' distance from their median (MADM). */
  readonly deviation: number;
  /** Bowley skew of the intervals, -1 to 1; 0 where quartiles tell nothing. */
  readonly skew: number;
  readonly span: number;
  /** Bytes back: median, and median distance from it. Undefined where none were counted. */
  readonly bytes: { readonly median: number; readonly deviation: number } | undefined;
}

/** Undefined for fewer than three intervals, of which nothing can be said. */
export function repetitionOf(
  starts: readonly number[],
  bytes: readonly (number | undefined)[],
): Repetition | undefined {
  const sorted = [...starts].sort((one, other) => one - other);
  const intervals: number[] = [];
  for (let at = 1; at < sorted.length; at++) {
    const interval = (sorted[at] as number) - (sorted[at - 1] as number);
    if (interval > 0) intervals.push(interval);
  }
  if (intervals.length < 3) return undefined;
  const ordered = [...intervals].sort((one, other) => one - other);
  const mean = intervals.reduce((sum, each) => sum + each, 0) / intervals.length;
  const variance = intervals.reduce((sum, each) => sum + (each - mean) ** 2, 0) / intervals.length;
  const median = quantile(ordered, 0.5);
  const low = quantile(ordered, 0.25);
  const high = quantile(ordered, 0.75);
  const width = high - low;
  const counted = bytes.filter((each) => each !== undefined);
  return {
    count: sorted.length,
    median,
    variation: Math.sqrt(variance) / mean,
    deviation: deviationOf(intervals, median),
    skew: width < 10 || median === low || median === high ? 0 : (high + low - 2 * median) / width,
    span: (sorted.at(-1) as number) - (sorted[0] as number),
    bytes: counted.length === 0 ? undefined : bytesOf(counted),
  };
}

function bytesOf(counted: readonly number[]): { readonly median: number; readonly deviation: number } {
  const median = quantile(
    [...counted].sort((one, other) => one - other),
    0.5,
  );
  return { median, deviation: deviationOf(counted, median) };
}

function deviationOf(values: readonly number[], median: number): number {
  return quantile(
    values.map((each) => Math.abs(each - median)).sort((one, other) => one - other),
    0.5,
  );
}

/** Of values in order, between the two that are nearest. */
function quantile(ordered: readonly number[], share: number): number {
  const place = (ordered.length - 1) * share;
  const below = ordered[Math.floor(place)] ?? 0;
  const above = ordered[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
