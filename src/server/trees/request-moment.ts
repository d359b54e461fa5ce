import { type Ticks, ticksOfMilliseconds } from '../../core/ticks.ts';
import { resolveTimeModifier } from '../../spl/time-modifier.ts';
import { clockText } from '../../views/clock-text.ts';
import type { Clock } from '../../views/reason-view.ts';
import { ApiFailure } from '../api-failure.ts';

/** The server's clock. */
export function serverNow(): Ticks {
  return ticksOfMilliseconds(Date.now());
}

/** The moment that a parameter gives, undefined where it is absent; fails with `ApiFailure` where the text is none. */
export function readMoment(name: string, text: string | undefined, timezone: string): Ticks | undefined {
  if (text === undefined) return undefined;
  const moment = resolveTimeModifier(text, serverNow(), timezone);
  if (moment !== undefined) return moment;
  throw new ApiFailure(400, 'bad-moment', `${name}: ${text} is no time.`, {
    values: { name, text },
    hint: 'Give -24h, -7d@d, now, 2023-08-16T04:54:30Z, or epoch seconds.',
  });
}

/** Writes moments in the zone of a request; fails with `ApiFailure` where there is no such zone. */
export function clockOf(timezone: string): Clock {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw new ApiFailure(400, 'bad-timezone', `timezone: no zone is called ${timezone}.`, {
      hint: 'Give an IANA name, such as Asia/Tokyo or UTC.',
    });
  }
  return (moment) => clockText(moment, timezone);
}
