import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { type LocalTime, localTime, momentOf } from './zoned-time.ts';

export type ModifierUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** One step of a relative time: `-24h` or `@d`. Weeks snap to `weekday` (0 is Sunday). */
export type ModifierStep =
  | { readonly kind: 'offset'; readonly count: number; readonly unit: ModifierUnit }
  | { readonly kind: 'snap'; readonly unit: ModifierUnit; readonly weekday: number };

const unitNames: readonly (readonly [ModifierUnit, readonly string[]])[] = [
  ['second', ['s', 'sec', 'secs', 'second', 'seconds']],
  ['minute', ['m', 'min', 'mins', 'minute', 'minutes']],
  ['hour', ['h', 'hr', 'hrs', 'hour', 'hours']],
  ['day', ['d', 'day', 'days']],
  ['week', ['w', 'week', 'weeks']],
  ['month', ['mon', 'month', 'months']],
  ['quarter', ['q', 'qtr', 'qtrs', 'quarter', 'quarters']],
  ['year', ['y', 'yr', 'yrs', 'year', 'years']],
];

const units: ReadonlyMap<string, ModifierUnit> = new Map(
  unitNames.flatMap(([unit, names]) => names.map((name) => [name, unit] as const)),
);

/** Reads `-1d@d+3h` as steps, applied left to right; undefined for anything else. The empty text and `now` have no step. */
export function parseModifierSteps(text: string): readonly ModifierStep[] | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '' || trimmed === 'now' || trimmed === 'now()') return [];
  const steps: ModifierStep[] = [];
  const pattern = /(?:([+-])(\d{0,9})([a-z]+)|@(?:w([0-7])|([a-z]+)))/y;
  const start = trimmed.startsWith('now') ? 3 : 0;
  pattern.lastIndex = start;
  while (pattern.lastIndex < trimmed.length) {
    const found = pattern.exec(trimmed);
    if (!found) return undefined;
    const [, sign, digits, offsetName, weekday, snapName] = found;
    const unit = weekday === undefined ? units.get(offsetName ?? snapName ?? '') : 'week';
    if (!unit) return undefined;
    if (sign === undefined) steps.push({ kind: 'snap', unit, weekday: Number(weekday ?? 0) % 7 });
    else {
      const count = digits === '' || digits === undefined ? 1 : Number(digits);
      steps.push({ kind: 'offset', count: sign === '-' ? -count : count, unit });
    }
  }
  return steps;
}

/** Applies the steps on the clock and calendar of the zone. */
export function applyModifierSteps(steps: readonly ModifierStep[], from: Ticks, timezone: string): Ticks {
  return steps.reduce(
    (moment, step) =>
      step.kind === 'offset'
        ? offset(moment, step.count, step.unit, timezone)
        : snap(moment, step.unit, step.weekday, timezone),
    from,
  );
}

/** Months are cut to their last day: a month before March 31 is the last of February. */
function addMonths(local: LocalTime, months: number): LocalTime {
  const index = local.year * 12 + (local.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { ...local, year, month, day: Math.min(local.day, lastDay) };
}

function offset(moment: Ticks, count: number, unit: ModifierUnit, timezone: string): Ticks {
  const later = (seconds: bigint) => moment + BigInt(count) * seconds * TICKS_PER_SECOND;
  const onCalendar = (change: (local: LocalTime) => LocalTime) =>
    momentOf(change(localTime(moment, timezone)), timezone);
  const days = (number: number) => onCalendar((local) => ({ ...local, day: local.day + number }));
  const months = (number: number) => onCalendar((local) => addMonths(local, number));
  const by: Record<ModifierUnit, () => Ticks> = {
    second: () => later(1n),
    minute: () => later(60n),
    hour: () => later(3600n),
    day: () => days(count),
    week: () => days(count * 7),
    month: () => months(count),
    quarter: () => months(count * 3),
    year: () => months(count * 12),
  };
  return by[unit]();
}

function snap(moment: Ticks, unit: ModifierUnit, weekday: number, timezone: string): Ticks {
  const local = localTime(moment, timezone);
  const back = (seconds: number) => moment - BigInt(seconds) * TICKS_PER_SECOND - local.ticks;
  const midnight = { ...local, hour: 0, minute: 0, second: 0, ticks: 0n };
  const today = new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay();
  const at = (change: Partial<LocalTime>) => momentOf({ ...midnight, ...change }, timezone);
  const to: Record<ModifierUnit, () => Ticks> = {
    second: () => back(0),
    minute: () => back(local.second),
    hour: () => back(local.minute * 60 + local.second),
    day: () => at({}),
    week: () => at({ day: local.day - ((today - weekday + 7) % 7) }),
    month: () => at({ day: 1 }),
    quarter: () => at({ month: local.month - ((local.month - 1) % 3), day: 1 }),
    year: () => at({ month: 1, day: 1 }),
  };
  return to[unit]();
}

/**
 * Resolves a time modifier: relative (`-24h@h`, `@w1`, `-1mon@mon+3d`), `now`, epoch seconds with or without a fraction,
 * `10/15/2019:20:00:00` and ISO 8601, both in the zone unless they name one. Undefined for anything else.
 */
export function resolveTimeModifier(text: string, now: Ticks, timezone: string): Ticks | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const epoch = /^(-?)(\d{1,12})(?:\.(\d{1,12}))?$/.exec(trimmed);
  if (epoch) {
    const [, sign, whole = '0', fraction = ''] = epoch;
    const ticks = BigInt(whole) * TICKS_PER_SECOND + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
    return sign === '-' ? -ticks : ticks;
  }
  const absolute = resolveAbsolute(trimmed, timezone);
  if (absolute !== undefined) return absolute;
  const steps = parseModifierSteps(trimmed);
  if (!steps) return undefined;
  try {
    return applyModifierSteps(steps, now, timezone);
  } catch (error) {
    // Beyond the calendar that dates can count.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function resolveAbsolute(text: string, timezone: string): Ticks | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?::(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?)?$/.exec(
    text,
  );
  if (american) {
    const [, month, day, year, hour = '0', minute = '0', second = '0', fraction = ''] = american;
    return atLocal([year, month, day, hour, minute, second], fraction, timezone);
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?$/i.exec(text);
  if (!iso) return parseIsoTicks(text);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = iso;
  return atLocal([year, month, day, hour, minute, second], fraction, timezone);
}

function atLocal(
  parts: readonly (string | undefined)[],
  fraction: string,
  timezone: string,
): Ticks | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const ticks = BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  return momentOf({ year, month, day, hour, minute, second, ticks }, timezone);
}
