import type { Ticks } from '../core/ticks.ts';
import type { Observations } from './observation.ts';

/**
 * Times as numbers that can be computed with: ticks since the first observation, exact over 28 years, less what the clock of
 * a sensor is ahead of the clock of the others.
 */
export interface RelativeTimes {
  readonly base: Ticks;
  /** By observation. */
  readonly at: Float64Array;
  readonly until: Float64Array;
}

export function relativeTimes(observations: Observations, ahead: ReadonlyMap<number, number>): RelativeTimes {
  const { length, time, until, product } = observations;
  let base = 0n;
  for (let at = 0; at < length; at++) {
    const each = time[at] as bigint;
    if (at === 0 || each < base) base = each;
  }
  const relative = new Float64Array(length);
  const last = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const each = time[at] as bigint;
    const correction = ahead.size === 0 ? 0 : (ahead.get(product[at] as number) ?? 0);
    relative[at] = Number(each - base) - correction;
    last[at] =
      until[at] === each ? (relative[at] as number) : Number((until[at] as bigint) - base) - correction;
  }
  return { base, at: relative, until: last };
}
