import { formatTicks, type Ticks, ticksOfMilliseconds } from '../../core/ticks.ts';

/** Ticks as they cross to the page: ISO 8601 with seven digits. */
export function momentText(ticks: Ticks | null): string | null {
  return ticks === null ? null : formatTicks(ticks);
}

/** Milliseconds since 1970 as they cross to the page. */
export function millisecondsText(milliseconds: number): string {
  return formatTicks(ticksOfMilliseconds(milliseconds));
}
