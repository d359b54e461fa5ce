import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { isPlausible } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';
import type { MappingContext } from '../product.ts';

/** Fields that hold the time of an event, the best first. */
const timeFields = [
  '_time',
  'timestamp',
  'eventTime',
  'event_time',
  '@timestamp',
  'time',
  'Timestamp',
  'TimeGenerated',
  'EventTime',
  'datetime',
  'date',
  'ts',
  'unixTime',
  'CreationTime',
] as const;

const EPOCH = /^-?\d{9,19}(?:\.\d{1,9})?$/;

/**
 * Reads a moment: ISO 8601, or a count since 1970 in seconds (with a fraction), milliseconds, microseconds or nanoseconds,
 * told apart by their size.
 */
export function readMoment(text: string): Ticks | undefined {
  if (EPOCH.test(text)) return readEpoch(text);
  const iso = parseIsoTicks(text);
  return iso !== undefined && isPlausible(iso) ? iso : undefined;
}

function readEpoch(text: string): Ticks | undefined {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const digits = whole.replace('-', '').length;
  const count = BigInt(whole);
  const fraction = point < 0 ? '' : text.slice(point + 1);
  let ticks: Ticks;
  if (digits <= 11) {
    const part = BigInt(fraction.slice(0, 7).padEnd(7, '0'));
    ticks = count * 10_000_000n + (whole.startsWith('-') ? -part : part);
  } else if (digits <= 14) ticks = count * 10_000n + BigInt(fraction.slice(0, 4).padEnd(4, '0'));
  else if (digits <= 17) ticks = count * 10n;
  else ticks = count / 100n;
  return isPlausible(ticks) ? ticks : undefined;
}

/** The time that a generic event's fields or the export around it have; undefined where none can be read. */
export function timeOfFields(fields: Fields, exported: string | undefined): ChosenTime | undefined {
  for (const name of timeFields) {
    const value = fields[name] ?? fields[`extracted_${name}`];
    const time = typeof value === 'string' ? readMoment(value) : undefined;
    if (time !== undefined) return { time, source: name };
  }
  const time = exported === undefined ? undefined : readMoment(exported);
  return time === undefined ? undefined : { time, source: '_time of the export' };
}

const leadingIso =
  /^\[?"?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,12})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)/;
const leadingEpoch = /^(\d{10}(?:\.\d{1,9})?)\s/;
const leadingSyslog =
  /^(?:<\d{1,3}>)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2})(?: (\d{4}))? (\d\d:\d\d:\d\d)[\s:]/;
const rfc5424 = /^<\d{1,3}>1 (\d{4}-\d\d-\d\dT\S{1,40}) /;
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const DAY: Ticks = 864_000_000_000n;

/**
 * The time at the start of a line of text: ISO 8601, RFC 5424's, a Unix second (Squid), or a syslog date, which has neither
 * year nor zone: it is taken as the latest such date that is not more than a day after the arrival.
 */
export function timeOfLine(line: string, context: MappingContext): ChosenTime | undefined {
  const head = line.slice(0, 100);
  const iso = leadingIso.exec(head)?.[1] ?? rfc5424.exec(head)?.[1];
  const moment = iso ?? leadingEpoch.exec(head)?.[1];
  const time = moment === undefined ? undefined : readMoment(moment);
  if (time !== undefined) return { time, source: 'start of the line' };
  const syslog = leadingSyslog.exec(head);
  if (!syslog) return undefined;
  const [, name = '', day = '', written, clock = ''] = syslog;
  const month = String(months.indexOf(name) / 3 + 1).padStart(2, '0');
  if (written !== undefined) {
    const dated = parseIsoTicks(`${written}-${month}-${day.padStart(2, '0')}T${clock}Z`);
    return dated === undefined ? undefined : { time: dated, source: 'start of the line (zone unknown)' };
  }
  const thisYear = new Date(Number(context.arrival / 10_000n)).getUTCFullYear();
  for (const year of [thisYear + 1, thisYear, thisYear - 1, thisYear - 2, thisYear - 3, thisYear - 4]) {
    const dated = parseIsoTicks(`${year}-${month}-${day.padStart(2, '0')}T${clock}Z`);
    if (dated !== undefined && dated <= context.arrival + DAY)
      return { time: dated, source: 'start of the line (no year, zone unknown)' };
  }
  return undefined;
}
