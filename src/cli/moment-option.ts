import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { resolveTimeModifier } from '../spl/time-modifier.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';

/** The clock by which a command reads and writes times. */
export interface CommandClock {
  readonly now: Ticks;
  /** IANA name. */
  readonly timezone: string;
}

/** A zone that an option names; another text ends the command as wrong usage. */
export function checkTimezone(timezone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw new CommandFailure(
      `keizu: --timezone: no zone is called ${terminalText(timezone)}.\n  Give an IANA name, such as Asia/Tokyo or UTC.`,
      exitStatus.wrongUsage,
    );
  }
  return timezone;
}

/** The moment that an option gives; a text that is no time ends the command as wrong usage. */
export function readMomentOption(name: string, text: string, { now, timezone }: CommandClock): Ticks {
  const ticks = resolveTimeModifier(text, now, timezone);
  if (ticks !== undefined) return ticks;
  throw new CommandFailure(
    `keizu: --${name}: ${terminalText(text)} is no time.\n  Give -24h, -7d@d, now, 2023-08-16T04:54:30Z, or epoch seconds.`,
    exitStatus.wrongUsage,
  );
}
