import type { Ticks } from '../core/ticks.ts';
import { integer, type Parameters, type Sql, sql } from '../store/sql.ts';
import { share } from './share.ts';
import { parseTimeFormat, type TimeVariable } from './time-format.ts';
import { localTime } from './zoned-time.ts';

const names = { month: '[A-Za-z]{3,9}', weekday: '[A-Za-z]{3,9}', zone: '[A-Za-z][A-Za-z/_+-]*' };

/** What a variable reads; a variable whose value takes no part in the result captures nothing. */
const readers: Record<TimeVariable, string> = {
  year: '(\\d{4})',
  'year-in-century': '(\\d{1,2})',
  century: '\\d{2}',
  'iso-year': '\\d{4}',
  'iso-year-in-century': '\\d{2}',
  quarter: '[1-4]',
  month: '(\\d{1,2})',
  'month-name': `(${names.month})`,
  'month-abbreviated': `(${names.month})`,
  day: '(\\d{1,2})',
  'day-blank': '\\s*(\\d{1,2})',
  'day-of-year': '(\\d{1,3})',
  'weekday-name': names.weekday,
  'weekday-abbreviated': names.weekday,
  'weekday-from-sunday': '[0-6]',
  'weekday-from-monday': '[1-7]',
  'week-from-sunday': '\\d{1,2}',
  'week-from-monday': '\\d{1,2}',
  'week-iso': '\\d{1,2}',
  hour: '(\\d{1,2})',
  'hour-blank': '\\s*(\\d{1,2})',
  'hour-12': '(\\d{1,2})',
  'hour-12-blank': '\\s*(\\d{1,2})',
  'half-of-day': '([AaPp])\\.?[Mm]\\.?',
  'half-of-day-lower': '([AaPp])\\.?[Mm]\\.?',
  minute: '(\\d{1,2})',
  second: '(\\d{1,2})',
  fraction: '(\\d{1,9})',
  epoch: '(-?\\d{1,11}(?:\\.\\d{1,9})?)',
  'zone-name': `(${names.zone}|[+-]\\d{2}:?\\d{2})`,
  'zone-minutes': '(-?\\d{1,4})',
  zone: '([Zz]|[+-]\\d{2}(?::?\\d{2})?)',
  'zone-colon': '([Zz]|[+-]\\d{2}(?::?\\d{2})?)',
  'zone-colon-seconds': '([Zz]|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)',
  'zone-hours': '([Zz]|[+-]\\d{2})',
};

/** Abbreviations of zones that logs are written in, by their offset in minutes (RFC 2822, 4.3, and Europe's). */
const zoneMinutes: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['WET', 0],
  ['WEST', 60],
  ['BST', 60],
  ['CET', 60],
  ['CEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['IST', 330],
  ['JST', 540],
  ['KST', 540],
  ['AEST', 600],
  ['AEDT', 660],
]);

/** The format as one RE2 pattern, and which variable each of its groups reads. */
function formatPattern(format: string): {
  readonly pattern: string;
  readonly groups: readonly TimeVariable[];
} {
  const groups: TimeVariable[] = [];
  let pattern = '^\\s*';
  for (const piece of parseTimeFormat(format)) {
    if (piece.kind === 'variable') {
      const reader = readers[piece.name];
      pattern += reader;
      if (/\((?!\?)/.test(reader)) groups.push(piece.name);
    } else {
      // A blank in the format stands for any blanks, or none, as in strptime(3).
      pattern += piece.text
        .split(/\s+/)
        .map((text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'))
        .join('\\s*');
    }
  }
  return { pattern, groups };
}

/**
 * strptime in SQL: Nullable(String) to Nullable(DateTime64(7,'UTC')). Null where the text does not fit or names no moment;
 * text behind what the format reads is left. Without a zone in the format the time is of `timezone`; a date that is not
 * in the format is the one of `now`.
 */
export function parseTimeSql(
  text: Sql,
  format: string,
  timezone: string,
  now: Ticks,
  parameters: Parameters,
): Sql {
  const { pattern, groups } = formatPattern(format);
  const none = sql`CAST(NULL, 'Nullable(DateTime64(7, ''UTC''))')`;
  if (groups.length === 0) return none;
  const found = sql`extractGroups(ifNull(${text}, ''), ${parameters.bind(pattern, 'String')})`;
  return share(found, (values) => {
    const group = (wanted: TimeVariable) => {
      const at = groups.lastIndexOf(wanted);
      return at < 0 ? undefined : sql`${values}[${integer(at + 1)}]`;
    };
    const epoch = group('epoch');
    const moment = epoch
      ? epochMoment(epoch, group('fraction'))
      : assembled(group, timezone, now, parameters, none);
    return sql`if(empty(${values}), ${none}, ${moment})`;
  });
}

/** Epoch seconds with their fraction, which may be a variable of its own behind them. */
function epochMoment(seconds: Sql, fraction: Sql | undefined): Sql {
  const text = fraction ? sql`concat(${seconds}, '.', ${fraction})` : seconds;
  return sql`CAST(toDecimal64OrNull(${text}, 7), 'Nullable(DateTime64(7, ''UTC''))')`;
}

const dateVariables: readonly TimeVariable[] = [
  'year',
  'year-in-century',
  'month',
  'month-name',
  'month-abbreviated',
  'day',
  'day-blank',
  'day-of-year',
];

type Group = (wanted: TimeVariable) => Sql | undefined;

function whole(text: Sql | undefined): Sql | undefined {
  return text && sql`toInt32OrZero(${text})`;
}

function assembled(group: Group, timezone: string, now: Ticks, parameters: Parameters, none: Sql): Sql {
  const today = localTime(now, timezone);
  const isTimeOnly = !dateVariables.some(group);
  const short = whole(group('year-in-century'));
  const year =
    whole(group('year')) ?? (short && sql`(${short} + if(${short} < 69, 2000, 1900))`) ?? integer(today.year);
  const monthName = group('month-name') ?? group('month-abbreviated');
  const month =
    whole(group('month')) ?? (monthName && monthOfName(monthName)) ?? integer(isTimeOnly ? today.month : 1);
  const day = whole(group('day') ?? group('day-blank')) ?? integer(isTimeOnly ? today.day : 1);
  const hour = hourOf(group);
  const minute = whole(group('minute')) ?? sql`0`;
  const second = whole(group('second')) ?? sql`0`;
  const offset = offsetOf(group, parameters);
  const zone = parameters.bind(offset ? 'UTC' : timezone, 'String');
  const dayOfYear = whole(group('day-of-year'));
  const start = sql`makeDateTime64(${year}, ${month}, ${day}, ${hour}, ${minute}, least(${second}, 59), 0, 7, ${zone})`;
  const date = dayOfYear ? sql`addDays(${start}, ${dayOfYear} - 1)` : start;
  const ticks = fractionTicks(group('fraction'));
  const shift = offset
    ? sql`addSeconds(${date}, (${second} > 59) - ${offset})`
    : sql`addSeconds(${date}, (${second} > 59))`;
  const moment = sql`toTimeZone(addNanoseconds(toDateTime64(${shift}, 7, ${zone}), ${ticks}), 'UTC')`;
  const valid = sql`${month} BETWEEN 1 AND 12 AND ${day} >= 1 AND ${day} <= toDayOfMonth(toLastDayOfMonth(makeDate32(${year}, ${month}, 1))) AND ${hour} BETWEEN 0 AND 23 AND ${minute} <= 59 AND ${second} <= 60 AND ${year} BETWEEN 1900 AND 2299`;
  const known = offset ? sql` AND isNotNull(${offset})` : sql``;
  return sql`if(${valid}${known}, CAST(${moment}, 'Nullable(DateTime64(7, ''UTC''))'), ${none})`;
}

function monthOfName(name: Sql): Sql {
  return sql`indexOf(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], lower(substring(${name}, 1, 3)))`;
}

function hourOf(group: Group): Sql {
  const day = whole(group('hour') ?? group('hour-blank'));
  if (day) return day;
  const half = whole(group('hour-12') ?? group('hour-12-blank'));
  if (!half) return sql`0`;
  const letter = group('half-of-day') ?? group('half-of-day-lower');
  if (!letter) return half;
  return sql`if(${half} BETWEEN 1 AND 12, ${half} % 12 + if(lower(${letter}) = 'p', 12, 0), 99)`;
}

/** Digits of a fraction as nanoseconds: `5` is half a second. */
function fractionTicks(digits: Sql | undefined): Sql {
  return digits ? sql`toInt64OrZero(rightPad(${digits}, 9, '0'))` : sql`0`;
}

/** Seconds east of UTC, null for a name that is not known; undefined where the format has no zone. */
function offsetOf(group: Group, parameters: Parameters): Sql | undefined {
  const numeric = group('zone') ?? group('zone-colon') ?? group('zone-colon-seconds') ?? group('zone-hours');
  if (numeric) return numericOffset(numeric);
  const minutes = whole(group('zone-minutes'));
  if (minutes) return sql`${minutes} * 60`;
  const name = group('zone-name');
  if (!name) return undefined;
  const known = parameters.bind([...zoneMinutes.keys()], 'Array(String)');
  const seconds = parameters.bind(
    [...zoneMinutes.values()].map((at) => String(at * 60)),
    'Array(String)',
  );
  const named = sql`toInt32OrNull(${seconds}[indexOf(${known}, upper(${name}))])`;
  return sql`if(match(${name}, '^[+-]'), ${numericOffset(name)}, ${named})`;
}

function numericOffset(text: Sql): Sql {
  const digits = sql`replaceAll(${text}, ':', '')`;
  const seconds = sql`(toInt32OrZero(substring(${digits}, 2, 2)) * 3600 + toInt32OrZero(substring(${digits}, 4, 2)) * 60)`;
  return sql`if(startsWith(${digits}, '-'), -${seconds}, ${seconds})`;
}
