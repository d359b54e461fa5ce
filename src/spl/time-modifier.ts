import type { Ticks } from '../core/ticks.ts';

/** Resolves a time modifier (`-24h@h`, `@w1`, `now`, epoch seconds, `10/15/2019:20:00:00`, ISO 8601); undefined for anything else. */
export function resolveTimeModifier(_text: string, _now: Ticks, _timezone: string): Ticks | undefined {
  throw new Error('not written yet');
}
