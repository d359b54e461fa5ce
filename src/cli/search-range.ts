import { terminalText } from '../core/terminal-text.ts';
import { type Ticks, ticksOfMilliseconds } from '../core/ticks.ts';
import { resolveTimeModifier } from '../spl/time-modifier.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';

/** The range, the zone and the moment of a search, as the options of a command say. Bounds are half open; null is open. */
export interface SearchRange {
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  readonly timezone: string;
  readonly now: Ticks;
}

/** Reads the options; a text that is no time or no zone ends the command as wrong usage. */
export function searchRange(options: {
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
}): SearchRange {
  const { timezone } = options;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw new CommandFailure(
      `keizu: --timezone: no zone is called ${terminalText(timezone)}.\n  Give an IANA name, such as Asia/Tokyo or UTC.`,
      exitStatus.wrongUsage,
    );
  }
  const now = ticksOfMilliseconds(Date.now());
  const bound = (name: 'earliest' | 'latest'): Ticks | null => {
    const text = options[name];
    if (text === undefined) return null;
    const ticks = resolveTimeModifier(text, now, timezone);
    if (ticks !== undefined) return ticks;
    throw new CommandFailure(
      `keizu: --${name}: ${terminalText(text)} is no time.\n  Give -24h, -7d@d, now, 2023-08-16T04:54:30Z, or epoch seconds.`,
      exitStatus.wrongUsage,
    );
  };
  return { earliest: bound('earliest'), latest: bound('latest'), timezone, now };
}
