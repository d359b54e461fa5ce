import type { Ticks } from '../../core/ticks.ts';
import type { LowerContext } from '../command.ts';
import type { Option } from '../option.ts';
import { parseModifierSteps, resolveTimeModifier } from '../time-modifier.ts';

/** `asof=-30m`, `asof=2024-05-14T10:30:00Z`: a moment as a search's time range has it. */
export function momentOption(summary: string): Option<string | undefined> {
  return {
    syntax: '<time>',
    summary,
    fallback: undefined,
    expected: 'a time such as -30m, 2024-05-14T10:30:00Z or epoch seconds',
    read: ({ value }) => (value !== '' && isMoment(value) ? value : undefined),
  };
}

function isMoment(text: string): boolean {
  return parseModifierSteps(text) !== undefined || resolveTimeModifier(text, 0n, 'UTC') !== undefined;
}

/** The moment that a text, which `momentOption` has read, means in a search. */
export function readMoment(text: string | undefined, { now, timezone }: LowerContext): Ticks | undefined {
  return text === undefined ? undefined : resolveTimeModifier(text, now, timezone);
}
