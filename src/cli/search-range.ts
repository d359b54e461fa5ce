import { type Ticks, ticksOfMilliseconds } from '../core/ticks.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { checkTimezone, readMomentOption } from './moment-option.ts';

/** The range, the zone and the moment of a search, as the options of a command say. Bounds are half open; null is open. */
export interface SearchRange {
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  readonly timezone: string;
  readonly now: Ticks;
}

/** Reads the options; a text that is no time or no zone, and a range that can hold nothing, end the command as wrong usage. */
export function searchRange(options: {
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
}): SearchRange {
  const clock = { timezone: checkTimezone(options.timezone), now: ticksOfMilliseconds(Date.now()) };
  const bound = (name: 'earliest' | 'latest'): Ticks | null => {
    const text = options[name];
    return text === undefined ? null : readMomentOption(name, text, clock);
  };
  const [earliest, latest] = [bound('earliest'), bound('latest')];
  if (earliest !== null && latest !== null && earliest >= latest)
    throw new CommandFailure('keizu: --earliest is not before --latest.', exitStatus.wrongUsage);
  return { earliest, latest, ...clock };
}
