import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { integer, joinSql, type Parameters, type Sql, sql } from '../../store/sql.ts';
import { bindTime } from '../../store/time-sql.ts';
import type { BinSpan, TimeUnit } from '../plan.ts';
import { ticksOf } from './typed-column.ts';

export type TimeSpan = Extract<BinSpan, { readonly kind: 'time' }>;

/** How times are cut into bins: a span, in a zone, from a moment on where `aligntime` gives one. */
export interface TimeBins {
  readonly span: TimeSpan;
  readonly timezone: string;
  readonly align: Ticks | undefined;
}

/** Ticks of the units that always have the same length. */
const fixedUnits: Partial<Record<TimeUnit, bigint>> = {
  microsecond: 10n,
  millisecond: 10_000n,
  centisecond: 100_000n,
  decisecond: 1_000_000n,
  second: TICKS_PER_SECOND,
  minute: 60n * TICKS_PER_SECOND,
  hour: 3_600n * TICKS_PER_SECOND,
};

const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;

/** Usual length of the calendar's units, for counting bins. */
const calendarUnits: Partial<Record<TimeUnit, bigint>> = {
  day: TICKS_PER_DAY,
  week: 7n * TICKS_PER_DAY,
  month: 30n * TICKS_PER_DAY,
  quarter: 91n * TICKS_PER_DAY,
  year: 365n * TICKS_PER_DAY,
};

const monthsOf: Partial<Record<TimeUnit, number>> = { month: 1, quarter: 3, year: 12 };

/** Length of a span, of a usual one where the calendar's vary. */
export function spanTicks({ count, unit }: TimeSpan): Ticks {
  return BigInt(count) * (fixedUnits[unit] ?? calendarUnits[unit] ?? 0n);
}

/** Spans that bins get where none is asked for, from short to long (documentation of timechart, `bins`). */
const niceSpans: readonly TimeSpan[] = [
  [1, 'second'],
  [5, 'second'],
  [10, 'second'],
  [30, 'second'],
  [1, 'minute'],
  [5, 'minute'],
  [10, 'minute'],
  [30, 'minute'],
  [1, 'hour'],
  [1, 'day'],
  [1, 'month'],
  [1, 'year'],
].map(([count, unit]) => ({ kind: 'time', count, unit }) as TimeSpan);

/** The shortest nice span that cuts the range into at most `bins`, and is no shorter than `least`. */
export function niceSpan(range: Ticks, bins: number, least: TimeSpan | undefined): TimeSpan {
  const floor = least ? spanTicks(least) : 0n;
  const fits = (span: TimeSpan) => spanTicks(span) * BigInt(bins) >= range && spanTicks(span) >= floor;
  const found = niceSpans.find(fits);
  return (
    found ?? {
      kind: 'time',
      count: Number(range / (calendarUnits.year ?? 1n) / BigInt(bins)) + 1,
      unit: 'year',
    }
  );
}

/**
 * The start of the bin of a moment (DateTime64(7), nullable or not). A snap such as `@d+3h` moves all bins by its offset.
 */
export function floorTime(time: Sql, bins: TimeBins, parameters: Parameters): Sql {
  const offset = snapOffset(bins.span);
  if (offset === 0n) return floorUnmoved(time, bins, parameters);
  const shift = integer(Number(offset));
  const moved = sql`reinterpret(${ticksOf(time)} - ${shift}, 'DateTime64(7, ''UTC'')')`;
  const start = ticksOf(floorUnmoved(moved, bins, parameters));
  return sql`reinterpret(${start} + ${shift}, 'DateTime64(7, ''UTC'')')`;
}

const snapPattern = /^(w[0-7]?|[a-z]+)([+-]\d+[smhd])?$/;
const snapUnits: Readonly<Record<string, TimeUnit>> = { s: 'second', m: 'minute', h: 'hour' };

/** Units of snaps from short to long, with how many of the unit before each has, where that is fixed. */
const snapRanks: readonly { readonly letters: string; readonly unit: TimeUnit; readonly holds?: number }[] = [
  { letters: 's', unit: 'second' },
  { letters: 'm', unit: 'minute', holds: 60 },
  { letters: 'h', unit: 'hour', holds: 60 },
  { letters: 'd', unit: 'day', holds: 24 },
  { letters: 'mon', unit: 'month' },
  { letters: 'q', unit: 'quarter' },
  { letters: 'y', unit: 'year' },
];

/**
 * Whether bins begin where a span's snap says: a unit at whose starts they begin anyway, or a weekday for weeks, each with
 * an offset or without.
 */
export function isKnownSnap({ snap, unit, count }: TimeSpan): boolean {
  if (snap === undefined) return true;
  const [, base = ''] = snapPattern.exec(snap) ?? [];
  if (unit === 'week') return /^w[0-7]?$/.test(base);
  const asked = snapRanks.findIndex(({ letters }) => letters === base);
  const own = snapRanks.findIndex((each) => each.unit === unit);
  if (asked < 0) return false;
  if (asked <= own || count === 1) return true;
  return asked === own + 1 && (snapRanks[asked]?.holds ?? 1) % count === 0;
}

function snapOffset({ snap }: TimeSpan): Ticks {
  const [, sign, digits, letter = ''] = /([+-])(\d+)([smhd])$/.exec(snap ?? '') ?? [];
  if (digits === undefined) return 0n;
  const unit = snapUnits[letter];
  const length = BigInt(digits) * ((unit && fixedUnits[unit]) ?? TICKS_PER_DAY);
  return sign === '-' ? -length : length;
}

function floorUnmoved(time: Sql, bins: TimeBins, parameters: Parameters): Sql {
  const { span, timezone, align } = bins;
  const fixed = fixedUnits[span.unit];
  const days = span.unit === 'day' || span.unit === 'week';
  if (align !== undefined && (fixed !== undefined || days))
    return floorTicks(time, spanTicks(span), sql`${parameters.bind(align, 'Int64')}`);
  const zone = parameters.bind(timezone, 'String');
  if (fixed !== undefined) {
    const length = fixed * BigInt(span.count);
    if (timezone === 'UTC' || fixed < (fixedUnits.minute ?? 0n)) return floorTicks(time, length, sql`0`);
    const shift = sql`negate(timeZoneOffset(toTimeZone(${time}, ${zone})) * ${integer(Number(TICKS_PER_SECOND))})`;
    return floorTicks(time, length, shift);
  }
  // Without changes of the clocks days are as long as each other; weeks begin on the weekday asked for.
  if (timezone === 'UTC' && days)
    return floorTicks(
      time,
      spanTicks(span),
      integer(Number((span.unit === 'week' ? BigInt(weekStart(span)) : 0n) * TICKS_PER_DAY)),
    );
  const day = sql`toDate32(toTimeZone(${time}, ${zone}))`;
  return sql`CAST(toDateTime64(${floorDate(day, span)}, 7, ${zone}), 'Nullable(DateTime64(7, ''UTC''))')`;
}

function floorTicks(time: Sql, length: bigint, origin: Sql): Sql {
  const ticks = ticksOf(time);
  const size = integer(Number(length));
  return sql`reinterpret(${ticks} - positiveModulo(${ticks} - ${origin}, ${size}), 'DateTime64(7, ''UTC'')')`;
}

/** A day since 1970 on which weeks begin. They begin on Sunday, as `@w` does; the first Sunday of 1970 is day 3. */
function weekStart({ snap }: TimeSpan): number {
  return 3 + (Number(/^w([0-7])/.exec(snap ?? '')?.[1] ?? 0) % 7);
}

function floorDate(day: Sql, span: TimeSpan): Sql {
  const { unit, count } = span;
  const months = monthsOf[unit];
  if (months !== undefined) {
    const number = sql`(toYear(${day}) * 12 + toMonth(${day}) - 1)`;
    const first = sql`(${number} - ${number} % ${integer(months * count)})`;
    return sql`makeDate32(intDiv(${first}, 12), ${first} % 12 + 1, 1)`;
  }
  const number = sql`toInt32(${day})`;
  if (unit === 'day') return sql`toDate32(${number} - positiveModulo(${number}, ${integer(count)}))`;
  return sql`toDate32(${number} - positiveModulo(${number} - ${integer(weekStart(span))}, ${integer(7 * count)}))`;
}

/**
 * The starts of all bins from the one of `first` up to `last` (not included), in order, where all bins are as long as each
 * other; undefined where the calendar or the clocks decide.
 */
export function evenBins(
  first: Ticks,
  last: Ticks,
  { span, timezone, align }: TimeBins,
): Ticks[] | undefined {
  const days = span.unit === 'day' || span.unit === 'week';
  if (fixedUnits[span.unit] === undefined && !days) return undefined;
  if (
    align === undefined &&
    timezone !== 'UTC' &&
    (fixedUnits[span.unit] ?? TICKS_PER_DAY) > TICKS_PER_SECOND
  )
    return undefined;
  const length = spanTicks(span);
  const origin =
    (align ?? 0n) +
    snapOffset(span) +
    (align !== undefined ? 0n : span.unit === 'week' ? BigInt(weekStart(span)) * TICKS_PER_DAY : 0n);
  const past = (first - origin) % length;
  const starts: Ticks[] = [];
  for (let at = first - (past < 0n ? past + length : past); at < last; at += length) starts.push(at);
  return starts;
}

/** A SELECT of the starts of all bins from the one of `first` up to `last` (not included), in order. */
export function allBins(first: Ticks, last: Ticks, bins: TimeBins, parameters: Parameters): Sql {
  const length = spanTicks(bins.span);
  // Half a span at a time, so that no bin is missed that a change of the clocks has shortened.
  const stride = fixedUnits[bins.span.unit] === undefined ? TICKS_PER_DAY / 2n : (length + 1n) / 2n;
  const count = Number((last - first) / stride) + 2;
  const moment = sql`reinterpret(${parameters.bind(first, 'Int64')} + toInt64(number) * ${integer(Number(stride))}, 'DateTime64(7, ''UTC'')')`;
  const start = floorTime(moment, bins, parameters);
  return joinSql(
    [
      sql`SELECT DISTINCT ${start} AS bin FROM numbers(${integer(count)})`,
      sql`WHERE ${moment} < ${bindTime(parameters, last)} OR number = 0 ORDER BY bin`,
    ],
    sql` `,
  );
}
