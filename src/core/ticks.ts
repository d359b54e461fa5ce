/**
 * A moment as 100-nanosecond ticks since 1970-01-01T00:00:00Z. Windows counts the same ticks from 1601 (FILETIME), so no
 * digit of an event's time is lost. One tick is the unit of the store's `DateTime64(7)`.
 */
export type Ticks = bigint;

export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_MILLISECOND = 10_000n;

/** Ticks between 1601-01-01 and 1970-01-01. */
export const FILETIME_EPOCH = 116_444_736_000_000_000n;

/** FILETIME (ticks since 1601) to ticks. */
export function ticksOfFiletime(filetime: bigint): Ticks {
  return filetime - FILETIME_EPOCH;
}

/** Milliseconds since 1970 (as `Date.now()` gives) to ticks. */
export function ticksOfMilliseconds(milliseconds: number): Ticks {
  return BigInt(Math.trunc(milliseconds)) * TICKS_PER_MILLISECOND;
}

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads an ISO 8601 date and time (`T` or blank between, up to 12 digits of fraction; what is finer than a tick is cut).
 * A text without a zone is read as UTC. Gives undefined for anything else, also for a date that does not exist.
 */
export function parseIsoTicks(text: string): Ticks | undefined {
  const plain = parsePlainTicks(text);
  if (plain !== undefined) return plain;
  const found = isoPattern.exec(text.trim());
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = found;
  const milliseconds = Date.UTC(
    +(year as string),
    +(month as string) - 1,
    +(day as string),
    +(hour as string),
    +(minute as string),
    +second,
  );
  if (Number.isNaN(milliseconds)) return undefined;
  const date = new Date(milliseconds);
  if (date.getUTCDate() !== +(day as string) || date.getUTCMonth() !== +(month as string) - 1)
    return undefined;
  if (+(hour as string) > 23 || +(minute as string) > 59 || +second > 60) return undefined;
  const ticks = ticksOfMilliseconds(milliseconds) + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  if (/^(Z|UTC)$/i.test(zone)) return ticks;
  const sign = zone.startsWith('-') ? 1n : -1n;
  const digits = zone.slice(1).replace(':', '');
  const offsetMinutes = BigInt(digits.slice(0, 2)) * 60n + BigInt(digits.slice(2, 4));
  return ticks + sign * offsetMinutes * 60n * TICKS_PER_SECOND;
}

/**
 * The form that all but few texts have, `2023-08-16 04:54:30.1234567` with `T` or blank, 0 to 7 digits of fraction and `Z` or
 * no zone, read without a regex. Undefined for any other form, which the caller then reads.
 */
function parsePlainTicks(text: string): Ticks | undefined {
  let end = text.length;
  if (end > 19 && text.charCodeAt(end - 1) === 90) end--;
  if (end < 19 || end > 27 || end === 20) return undefined;
  const between = text.charCodeAt(10);
  if (between !== 84 && between !== 32) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  if (end > 19 && text.charCodeAt(19) !== 46) return undefined;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 7);
  const day = digitsAt(text, 8, 10);
  const hour = digitsAt(text, 11, 13);
  const minute = digitsAt(text, 14, 16);
  const second = digitsAt(text, 17, 19);
  let fraction = end > 20 ? digitsAt(text, 20, end) : 0;
  // Years before 100 and leap seconds are left to the slow way.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59))
    return undefined;
  if (day > 28 && day > daysInMonth(year, month)) return undefined;
  if (!(fraction >= 0)) return undefined;
  for (let digits = end > 20 ? end - 20 : 7; digits < 7; digits++) fraction *= 10;
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return BigInt(seconds) * TICKS_PER_SECOND + BigInt(fraction);
}

/** The number that the digits from `start` to before `end` make; NaN where one is no digit. */
function digitsAt(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Writes ticks as `2023-08-16T04:54:30.1234567Z`; `digits` (0 to 7) of fraction are kept, the rest is cut. */
export function formatTicks(ticks: Ticks, digits = 7): string {
  let seconds = ticks / TICKS_PER_SECOND;
  let fraction = ticks % TICKS_PER_SECOND;
  if (fraction < 0n) {
    fraction += TICKS_PER_SECOND;
    seconds -= 1n;
  }
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const tail = digits > 0 ? `.${fraction.toString().padStart(7, '0').slice(0, digits)}` : '';
  return `${whole}${tail}Z`;
}
