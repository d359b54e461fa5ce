import { TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import { integer, joinSql, type Parameters, type Sql, sql } from '../store/sql.ts';
import { share } from './share.ts';
import { parseTimeFormat, type TimeVariable } from './time-format.ts';

/** Variables that the engine's formatDateTime writes, in its own letters (its `%M` and `%i` differ from strftime's). */
const engineLetters: Partial<Record<TimeVariable, string>> = {
  year: '%Y',
  'year-in-century': '%y',
  century: '%C',
  'iso-year': '%G',
  'iso-year-in-century': '%g',
  quarter: '%Q',
  month: '%m',
  'month-name': '%M',
  'month-abbreviated': '%b',
  day: '%d',
  'day-of-year': '%j',
  'weekday-name': '%W',
  'weekday-abbreviated': '%a',
  'weekday-from-sunday': '%w',
  'weekday-from-monday': '%u',
  'week-iso': '%V',
  hour: '%H',
  'hour-12': '%I',
  'half-of-day': '%p',
  minute: '%i',
  second: '%S',
  zone: '%z',
};

/**
 * strftime in SQL. `time` is Nullable(DateTime64(7,'UTC')); the text is of the zone's clock. `now` says in which year to ask
 * what the zone's abbreviations are.
 */
export function formatTimeSql(
  time: Sql,
  format: string,
  timezone: string,
  now: Ticks,
  parameters: Parameters,
): Sql {
  const zone = parameters.bind(timezone, 'String');
  return share(sql`toTimeZone(${time}, ${zone})`, (local) => {
    const parts: Sql[] = [];
    let pending = '';
    const flush = () => {
      if (pending !== '')
        parts.push(sql`formatDateTime(${local}, ${parameters.bind(pending, 'String')}, ${zone})`);
      pending = '';
    };
    for (const piece of parseTimeFormat(format)) {
      const letters = piece.kind === 'text' ? piece.text.replaceAll('%', '%%') : engineLetters[piece.name];
      if (letters !== undefined) pending += letters;
      else if (piece.kind === 'variable') {
        flush();
        parts.push(composedVariable(piece.name, piece.digits, local, timezone, now, parameters));
      }
    }
    flush();
    const [only] = parts;
    if (parts.length === 1 && only) return only;
    if (parts.length === 0) return sql`if(isNull(${local}), NULL, '')`;
    return sql`concat(${joinSql(parts, sql`, `)})`;
  });
}

function composedVariable(
  name: TimeVariable,
  digits: number,
  local: Sql,
  timezone: string,
  now: Ticks,
  parameters: Parameters,
): Sql {
  const offset = sql`timeZoneOffset(${local})`;
  const sign = sql`if(${offset} < 0, '-', '+')`;
  const part = (value: Sql) => sql`leftPad(toString(${value}), 2, '0')`;
  const hours = part(sql`intDiv(abs(${offset}), 3600)`);
  const minutes = part(sql`intDiv(abs(${offset}) % 3600, 60)`);
  switch (name) {
    case 'day-blank':
      return sql`leftPad(toString(toDayOfMonth(${local})), 2, ' ')`;
    case 'hour-blank':
      return sql`leftPad(toString(toHour(${local})), 2, ' ')`;
    case 'hour-12-blank':
      return sql`leftPad(toString((toHour(${local}) + 11) % 12 + 1), 2, ' ')`;
    case 'half-of-day-lower':
      return sql`if(toHour(${local}) < 12, 'am', 'pm')`;
    case 'week-from-sunday':
      return part(sql`toWeek(${local}, 0)`);
    case 'week-from-monday':
      return part(sql`toWeek(${local}, 5)`);
    case 'fraction':
      // The engine writes 2023-08-16 04:54:30.1234567; the store has no finer unit than the seventh digit.
      return sql`substring(concat(toString(${local}), '00'), 21, ${integer(digits)})`;
    case 'epoch':
      return sql`toString(floor(toDecimal64(${local}, 7)))`;
    case 'zone-minutes':
      return sql`toString(intDiv(${offset}, 60))`;
    case 'zone-colon':
      return sql`concat(${sign}, ${hours}, ':', ${minutes})`;
    case 'zone-colon-seconds':
      return sql`concat(${sign}, ${hours}, ':', ${minutes}, ':', ${part(sql`abs(${offset}) % 60`)})`;
    case 'zone-hours':
      return sql`concat(${sign}, ${hours})`;
    case 'zone-name':
      return zoneName(offset, sql`concat(${sign}, ${hours}, ${minutes})`, timezone, now, parameters);
    default:
      throw new Error(`${name} is written by the engine`);
  }
}

/** The zone's abbreviation by its offset: the two of the present year, else the offset itself. */
function zoneName(offset: Sql, other: Sql, timezone: string, now: Ticks, parameters: Parameters): Sql {
  const branches = zoneAbbreviations(timezone, now).flatMap(([seconds, name]) => [
    sql`${offset} = ${integer(seconds)}`,
    parameters.bind(name, 'String'),
  ]);
  return sql`multiIf(${joinSql([...branches, other], sql`, `)})`;
}

/** Languages that have names for their own zones; what none has is written as an offset. */
const locales = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'ja-JP'];

/** The zone's offsets (seconds east) with their abbreviations, in winter and summer of the year of `now`. */
export function zoneAbbreviations(timezone: string, now: Ticks): readonly (readonly [number, string])[] {
  const year = new Date(Number(now / TICKS_PER_MILLISECOND)).getUTCFullYear();
  const found = new Map<number, string>();
  for (const month of [0, 6]) {
    const date = new Date(Date.UTC(year, month, 1));
    const name = (locale: string, style: 'short' | 'longOffset') =>
      new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: style })
        .formatToParts(date)
        .find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] =
      /([+-])(\d\d):(\d\d)/.exec(name('en-US', 'longOffset')) ?? [];
    const seconds = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
    const abbreviation = locales
      .map((locale) => name(locale, 'short'))
      .find((short) => /^[A-Z]{2,5}$/.test(short));
    if (abbreviation !== undefined && !found.has(seconds)) found.set(seconds, abbreviation);
  }
  return [...found];
}
