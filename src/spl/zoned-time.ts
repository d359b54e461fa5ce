import { TICKS_PER_MILLISECOND, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { zoneFormat } from '../core/zone-format.ts';

/** A moment on the clock and calendar of a zone; `ticks` are those since the last whole second. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ticks: bigint;
}

/** The clock of the zone (an IANA name; throws RangeError for another) at a moment from the year 1 on. */
export function localTime(moment: Ticks, timezone: string): LocalTime {
  const fraction = ((moment % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND;
  const milliseconds = Number((moment - fraction) / TICKS_PER_MILLISECOND);
  const parts = new Map(
    zoneFormat(timezone)
      .formatToParts(milliseconds)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
    ticks: fraction,
  };
}

function asUtc(local: LocalTime): bigint {
  const date = new Date(0);
  date.setUTCFullYear(local.year, local.month - 1, local.day);
  date.setUTCHours(local.hour, local.minute, local.second);
  return BigInt(date.getTime()) * TICKS_PER_MILLISECOND + local.ticks;
}

/**
 * The moment at which the zone's clock shows a time; parts out of range carry over (day 0 is the last of the month before).
 * A time that the clock skips counts back from after the change, one that it shows twice is the first.
 */
export function momentOf(local: LocalTime, timezone: string): Ticks {
  const wanted = asUtc(local);
  const offsetAt = (moment: Ticks) => asUtc(localTime(moment, timezone)) - moment;
  const day = 86_400n * TICKS_PER_SECOND;
  const before = wanted - offsetAt(wanted - day);
  if (before + offsetAt(before) === wanted) return before;
  return wanted - offsetAt(wanted + day);
}
