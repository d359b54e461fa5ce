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
