import { TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import type { Milliseconds } from './join/join-input.ts';

/** Ticks as milliseconds, exact to a microsecond. */
export function millisecondsOf(time: Ticks): Milliseconds {
  const whole = time / TICKS_PER_MILLISECOND;
  return Number(whole) + Number(time - whole * TICKS_PER_MILLISECOND) / Number(TICKS_PER_MILLISECOND);
}

export function ticksOf(milliseconds: Milliseconds): Ticks {
  return BigInt(Math.round(milliseconds * Number(TICKS_PER_MILLISECOND)));
}
