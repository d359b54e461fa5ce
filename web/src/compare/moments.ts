import type { Difference } from '../../../src/server/contracts/compare.ts';
import { clockOf, dateClockOf, dateOf, readMoment } from '../text/time.ts';

/** The later moment of a difference: the one that was asked for, else the last arrival. Milliseconds since 1970. */
export function nowOf(difference: Difference): number {
  return readMoment(difference.to) ?? readMoment(difference.arrivals.to) ?? 0;
}

/** A moment on the clock, with its date where that is not the one of `beside`. */
export function momentText(moment: number, beside: number, zone: string): string {
  return dateOf(moment, zone) === dateOf(beside, zone) ? clockOf(moment, zone) : dateClockOf(moment, zone);
}
