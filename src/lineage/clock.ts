import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Observations } from './observation.ts';

const SECOND = Number(TICKS_PER_SECOND);

/**
 * Times as numbers that can be computed with: ticks since the first observation, exact over 28 years, less what the clock of
 * a sensor is ahead of the clock of the others.
 */
export class RelativeTimes {
  readonly base: Ticks;
  /** By observation. */
  readonly at: Float64Array;
  readonly until: Float64Array;
  private readonly baseSecond: number;
  private readonly baseRest: number;

  constructor({ length, time, until, product }: Observations, ahead: ReadonlyMap<number, number>) {
    let base = time[0] ?? 0n;
    for (let at = 0; at < length; at++) if ((time[at] as bigint) < base) base = time[at] as bigint;
    this.base = base;
    this.baseSecond = Number(base / TICKS_PER_SECOND);
    this.baseRest = Number(base % TICKS_PER_SECOND);
    this.at = new Float64Array(length);
    this.until = new Float64Array(length);
    for (let at = 0; at < length; at++) {
      const each = time[at] as bigint;
      const correction = ahead.size === 0 ? 0 : (ahead.get(product[at] as number) ?? 0);
      this.at[at] = Number(each - base) - correction;
      const last = until[at] as bigint;
      this.until[at] = last === each ? (this.at[at] as number) : Number(last - base) - correction;
    }
  }

  /** A second since 1970 on the clock of the reference. */
  ofSecond(second: number): number {
    return (second - this.baseSecond) * SECOND - this.baseRest;
  }

  /** The place of the first of some observations, in order of time, that is at a moment or after it. */
  firstFrom(observations: readonly number[], moment: number): number {
    let low = 0;
    let high = observations.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at[observations[middle] as number] as number) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
