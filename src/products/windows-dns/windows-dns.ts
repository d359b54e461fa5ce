import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { type Fields, newFields } from '../fields.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put, putDestination, putSource } from '../proxy/network-fields.ts';

const packet =
  /^(\d{1,4}[./-]?\d{1,2}[./-]?\d{1,4}) (?:(午前|午後|上午|下午|오전|오후) )?(\d{1,2}:\d\d:\d\d)(?: (AM|PM))? [0-9A-F]{3,5} PACKET {1,4}[0-9A-F]{8,16} (UDP|TCP) (Rcv|Snd) ([0-9A-Fa-f.:%]{2,60}) +([0-9a-f]{4}) (R| ) ([A-Z?]) \[([0-9a-f]{4}) [A-Z ]{1,10} ([A-Z]{2,12})\] (\S{1,10}) +(\S{1,2000})$/i;

/**
 * The debug log of Windows' DNS server. Its date is in the form of the server's region, and local. `src` is who asked: the
 * client, or the server itself where it asks a forwarder. Answers are not logged.
 */
export const windowsDns: LineProduct = { name: 'windows-dns', read: readDns };

function readDns(line: LogLine, context: MappingContext): Event | undefined {
  const first = line.text.charCodeAt(0);
  if (first < 48 || first > 57 || !line.text.includes(' PACKET ')) return undefined;
  const found = packet.exec(line.text.slice(0, 4_096).trimEnd());
  if (!found) return undefined;
  const [
    ,
    date = '',
    halfBefore,
    clock = '',
    halfBehind,
    transport = '',
    way,
    address,
    xid,
    response,
    ,
    ,
    code,
    type,
    name = '',
  ] = found;
  const time = timeOf(date, clock, halfOf(halfBefore ?? halfBehind), context.arrival);
  if (time === undefined) return undefined;
  const fields: Fields = newFields();
  const isAnswer = response === 'R';
  const isOfClient = (way?.toLowerCase() === 'rcv') !== isAnswer;
  if (isOfClient) putSource(fields, address);
  else putDestination(fields, address);
  put(fields, 'query', nameOf(name));
  put(fields, 'record_type', type);
  put(fields, 'message_type', isAnswer ? 'Response' : 'Query');
  if (isAnswer) put(fields, 'reply_code', code);
  put(fields, 'transaction_id', xid);
  put(fields, 'transport', transport.toLowerCase());
  fields.vendor_product = 'Microsoft DNS Server';
  return lineEvent(
    line,
    {
      product: 'windows-dns',
      sourcetype: 'MSAD:NT6:DNS',
      eventClass: 'dns',
      time,
      fields,
    },
    context,
  );
}

/** `(3)www(7)example(3)com(0)` is `www.example.com`. A label may hold anything, so the lengths are not trusted. */
function nameOf(text: string): string {
  return text
    .replace(/^\(\d{1,3}\)|\(\d{1,3}\)$/g, '')
    .replace(/\(\d{1,3}\)/g, '.')
    .toLowerCase();
}

function halfOf(text: string | undefined): 'AM' | 'PM' | undefined {
  if (text === undefined) return undefined;
  return /^(?:AM|午前|上午|오전)$/i.test(text) ? 'AM' : 'PM';
}

type DateOrder = 'year first' | 'month first' | 'day first';

/**
 * The orders that a date may have, the likeliest first. The year is first where it has four digits; strokes with AM or PM are of the
 * regions with the month first, strokes without (of those that have 24 hours) or points of those with the day first. A year of two
 * digits may stand in front as well.
 */
function ordersOf(date: string, one: string, half: string | undefined): readonly DateOrder[] {
  if (one.length === 4) return ['year first'];
  const known: readonly DateOrder[] =
    half !== undefined ? ['month first'] : date.includes('.') ? ['day first'] : ['day first', 'month first'];
  return /^\d\d\D\d\d\D\d\d$/.test(date) ? [...known, 'year first'] : known;
}

/**
 * The moment that a region's date says. Where it may say several: that of the days before the arrival, where one is; else that of the
 * later year (of two digits), else the likeliest; and it says that this is a guess.
 */
function timeOf(
  date: string,
  clock: string,
  half: string | undefined,
  arrival: Ticks,
): ChosenTime | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(date);
  const [one = '', two = '', three = ''] = compact ? compact.slice(1) : date.split(/[./-]/);
  const [hourText = '', minute, second] = clock.split(':');
  const hour = half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half === 'PM' ? 12 : 0);
  const pad = (text: string | number) => String(text).padStart(2, '0');
  const times = ordersOf(date, one, half).flatMap((order) => {
    const [year, month, day] =
      order === 'year first'
        ? [one, two, three]
        : order === 'day first'
          ? [three, two, one]
          : [three, one, two];
    const full = year.length === 2 ? `20${year}` : year;
    return parseIsoTicks(`${full}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${second}`) ?? [];
  });
  const [likeliest] = times;
  if (likeliest === undefined) return undefined;
  if (times.every((time) => time === likeliest))
    return { time: likeliest, source: 'date (local, zone unknown)' };
  const past = times.filter((time) => time <= arrival + DAY);
  const later = past.filter((time) => time > likeliest + 300n * DAY);
  const time = past.find((each) => each > arrival - 2n * DAY) ?? later[0] ?? past[0] ?? likeliest;
  return { time, source: 'date (local, zone unknown; the order of day, month and year is a guess)' };
}

const DAY: Ticks = 86_400n * TICKS_PER_SECOND;
