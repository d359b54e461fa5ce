import type { Ticks } from '../core/ticks.ts';

/** The time that was chosen for an event, and the clock that it came from. */
export interface ChosenTime {
  readonly time: Ticks;
  readonly source: string;
}

/** 1980 and 2200: a moment outside is a clock that was never set, or no time at all. */
const EARLIEST: Ticks = 3_155_328_000_000_000n;
const LATEST: Ticks = 72_582_048_000_000_000n;

/** Whether a computer's clock may have said so. */
export function isPlausible(time: Ticks): boolean {
  return time > EARLIEST && time < LATEST;
}
