import { usePreferences } from '../frame/preferences.ts';

/** The parts of a moment on a zone's clock, as digits. */
interface ClockParts {
  readonly date: string;
  readonly clock: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function cached(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  let format = formats.get(key);
  if (!format) {
    format = make();
    formats.set(key, format);
  }
  return format;
}

function parts(moment: Date, zone: string): ClockParts {
  const format = cached(
    `parts ${zone}`,
    () =>
      new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      }),
  );
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of format.formatToParts(moment)) found[part.type] = part.value;
  return {
    date: `${(found.year ?? '').padStart(4, '0')}-${found.month}-${found.day}`,
    clock: `${found.hour}:${found.minute}:${found.second}`,
  };
}

export type ClockPrecision = 'minutes' | 'seconds' | 'milliseconds';

/** Milliseconds since 1970 as `10:11:02.604`. */
export function clockOf(moment: number, zone: string, precision: ClockPrecision = 'seconds'): string {
  const { clock } = parts(new Date(moment), zone);
  if (precision === 'minutes') return clock.slice(0, 5);
  if (precision === 'seconds') return clock;
  const fraction = ((Math.floor(moment) % 1000) + 1000) % 1000;
  return `${clock}.${String(fraction).padStart(3, '0')}`;
}

/** Milliseconds since 1970 as `2026-11-18`. */
export function dateOf(moment: number, zone: string): string {
  return parts(new Date(moment), zone).date;
}

const day = 86_400_000;

/** Whether an axis of so many milliseconds may show the same day twice, unless it says the year. */
export function isOfYears(length: number): boolean {
  return length > 300 * day;
}

/** A day on an axis of so many milliseconds: `11-18`, or `2026-11-18` where it is of years. */
export function axisDay(moment: number, zone: string, length: number): string {
  const date = dateOf(moment, zone);
  return isOfYears(length) ? date : date.slice(-5);
}

/** Milliseconds since 1970 as `2026-11-18 10:11:02.604`. */
export function dateClockOf(moment: number, zone: string, precision: ClockPrecision = 'seconds'): string {
  return `${dateOf(moment, zone)} ${clockOf(moment, zone, precision)}`;
}

/** `Wed 18 Nov` or `11月18日 (水)`. */
export function dayOf(moment: number, zone: string, language: string): string {
  if (language === 'ja') {
    const format = cached(
      `day ja ${zone}`,
      () =>
        new Intl.DateTimeFormat('ja', { timeZone: zone, month: 'long', day: 'numeric', weekday: 'short' }),
    );
    return format.format(moment).replace('(', ' (');
  }
  const format = cached(
    `day en ${zone}`,
    () =>
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }),
  );
  return format.format(moment).replace(',', '');
}

/** Minutes east of Greenwich at a moment. */
export function zoneOffset(moment: number, zone: string): number {
  const { date, clock } = parts(new Date(moment), zone);
  return Math.round((Date.parse(`${date}T${clock}Z`) - Math.floor(moment / 1000) * 1000) / 60_000);
}

/** `+09:00`. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}

/** The zone's letters (`JST`) where there are any; a region's own English or Japanese knows more of them than another. */
export function zoneLetters(moment: number, zone: string): string | undefined {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  for (const locale of ['en-US', 'ja', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-CA']) {
    const format = cached(
      `letters ${locale} ${zone}`,
      () => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }),
    );
    const name = format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value;
    if (name !== undefined && /^[A-Z]{2,5}$/.test(name)) return name;
  }
  return undefined;
}

/** `JST +09:00`, `UTC`, `+05:45`. */
export function zoneLabel(moment: number, zone: string): string {
  const letters = zoneLetters(moment, zone);
  if (letters === 'UTC') return letters;
  const offset = offsetText(zoneOffset(moment, zone));
  return letters === undefined ? offset : `${letters} ${offset}`;
}

/** Milliseconds since 1970 of a clock time in a zone; of two (clocks set back) the first, of none (set forward) the one behind. */
export function momentIn(date: string, clock: string, zone: string): number | undefined {
  const wall = Date.parse(`${date}T${clock}Z`);
  if (Number.isNaN(wall)) return undefined;
  const before = wall - zoneOffset(wall - 86_400_000, zone) * 60_000;
  const after = wall - zoneOffset(wall + 86_400_000, zone) * 60_000;
  const fits = [before, after].filter((moment) => moment + zoneOffset(moment, zone) * 60_000 === wall);
  return fits.length > 0 ? Math.min(...fits) : Math.max(before, after);
}

/** Milliseconds since 1970 of a moment as the server writes it. */
export function readMoment(text: string): number;
export function readMoment(text: string | null | undefined): number | undefined;
export function readMoment(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined) return undefined;
  return Date.parse(text.replace(/(\.\d{3})\d+Z$/, '$1Z'));
}

export function useZone(): string {
  return usePreferences().zone;
}
