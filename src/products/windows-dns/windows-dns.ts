import { parseIsoTicks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { type Fields, newFields } from '../fields.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put, putDestination, putSource } from '../proxy/network-fields.ts';

const packet =
  /^(\d{1,4}[./-]?\d{1,2}[./-]?\d{1,4}) (\d{1,2}:\d\d:\d\d)(?: (AM|PM))? [0-9A-F]{3,5} PACKET {1,4}[0-9A-F]{8,16} (UDP|TCP) (Rcv|Snd) ([0-9A-Fa-f.:%]{2,60}) +([0-9a-f]{4}) (R| ) ([A-Z?]) \[([0-9a-f]{4}) [A-Z ]{1,10} ([A-Z]{2,12})\] (\S{1,10}) +(\S{1,2000})$/i;

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
    clock = '',
    half,
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
  const time = timeOf(date, clock, half?.toUpperCase());
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

/** The region's date: with the year first, with points (day first), with AM or PM (month first), or by what is above 12. */
function timeOf(date: string, clock: string, half: string | undefined): ChosenTime | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(date);
  const [one = '', two = '', three = ''] = compact ? compact.slice(1) : date.split(/[./-]/);
  const isYearFirst = one.length === 4;
  const isDayFirst = !isYearFirst && (date.includes('.') || Number(one) > 12);
  const [year, month, day] = isYearFirst
    ? [one, two, three]
    : isDayFirst
      ? [three, two, one]
      : [three, one, two];
  const [hourText = '', minute, second] = clock.split(':');
  const hour = half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half === 'PM' ? 12 : 0);
  const pad = (text: string | number) => String(text).padStart(2, '0');
  const full = year.length === 2 ? `20${year}` : year;
  const time = parseIsoTicks(`${full}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${second}`);
  if (time === undefined) return undefined;
  const isClear = isYearFirst || isDayFirst || half !== undefined || Number(two) > 12;
  return {
    time,
    source: isClear
      ? 'date (local, zone unknown)'
      : 'date (local, zone unknown; month or day first is a guess)',
  };
}
