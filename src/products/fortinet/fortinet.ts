import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { addNote, type Fields, freeName, newFields } from '../fields.ts';
import { readMoment } from '../generic/generic-time.ts';
import { blankPairs } from '../log-line/key-values.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { putEnd } from '../proxy/access-time.ts';
import {
  put,
  putCount,
  putDestination,
  putDestinationAddress,
  putPort,
  putSource,
  putTotal,
  putUrl,
  putUser,
} from '../proxy/network-fields.ts';

/** A line of FortiOS' own form begins so. */
export const fortinetHead = /^date=\d{4}-\d\d-\d\d time=\d\d:\d\d:\d\d /;
const transports: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmp' };

/** FortiOS by syslog: traffic, and the web filter. Long sessions have interim records with running totals (logid …20). */
export const fortinet: LineProduct = { name: 'fortinet', read: readFortinet };

type Said = (name: string) => string | undefined;

function readFortinet(line: LogLine, context: MappingContext): Event | undefined {
  if (!fortinetHead.test(line.text.slice(0, 60))) return undefined;
  const { values, doubtful } = blankPairs(line.text);
  const said: Said = (name) => values.get(name);
  const isTraffic = said('type') === 'traffic';
  if (!isTraffic && !(said('type') === 'utm' && said('subtype') === 'webfilter')) return undefined;
  const fields = newFields();
  for (const [name, value] of values)
    if (value !== '' && value !== 'N/A') fields[freeName(`fortinet_${name}`)] = value;
  addSides(fields, said);
  addOutcome(fields, said);
  if (!isTraffic) addRequest(fields, said);
  fields.vendor_product = 'Fortinet FortiGate';
  if (doubtful.size > 0)
    addNote(fields, `more than one value of ${[...doubtful].slice(0, 9).join(', ')}: left out`);
  const time = timeOf(fields, said, isTraffic);
  if (time === undefined) return undefined;
  return lineEvent(
    line,
    {
      product: isTraffic ? 'fortinet-traffic' : 'fortinet-webfilter',
      sourcetype: isTraffic ? 'fortigate_traffic' : 'fortigate_utm',
      eventClass: isTraffic ? 'network' : 'web',
      time,
      host: said('devname'),
      fields,
    },
    context,
  );
}

function addSides(fields: Fields, said: Said): void {
  putSource(fields, said('srcip'), said('srcport'));
  put(fields, 'src_host', said('srcname')?.toLowerCase());
  put(fields, 'src_mac', said('srcmac')?.toLowerCase());
  putDestination(fields, said('dstip'), said('dstport'));
  putUser(fields, said('user'));
  if (said('transip') !== '0.0.0.0') put(fields, 'src_translated_ip', said('transip'));
  putPort(fields, 'src_translated_port', said('transport'));
  put(fields, 'transport', transports[said('proto') ?? '']);
  put(fields, 'connection_id', said('sessionid'));
}

/** Bytes are the IP level's, `sent` from the source. */
function addOutcome(fields: Fields, said: Said): void {
  putCount(fields, 'bytes_out', said('sentbyte'));
  putCount(fields, 'bytes_in', said('rcvdbyte'));
  putTotal(fields);
  putCount(fields, 'packets_out', said('sentpkt'));
  putCount(fields, 'packets_in', said('rcvdpkt'));
  putCount(fields, 'duration', said('duration'));
  put(fields, 'app', said('service'));
  put(fields, 'rule', said('policyid'));
  put(fields, 'category', said('catdesc'));
  put(fields, 'error_code', said('utmaction'));
  put(fields, 'log_subtype', said('logid')?.endsWith('0000000020') ? 'interim' : said('subtype'));
  const action = said('action');
  put(fields, 'vendor_action', action);
  if (action === 'deny' || action === 'blocked' || /block/i.test(said('utmaction') ?? ''))
    fields.action = 'blocked';
  else if (action === 'ip-conn' || action === 'dns') fields.action = 'failure';
  else if (action !== undefined) fields.action = 'allowed';
}

/** The web filter logs the host and the path apart. */
function addRequest(fields: Fields, said: Said): void {
  const host = said('hostname');
  const path = said('url') ?? '';
  if (host === undefined) return;
  const scheme = /^https/i.test(said('service') ?? '') ? 'https' : 'http';
  const port = fields.dest_port;
  const address = said('dstip');
  putUrl(fields, path.includes('://') ? path : `${scheme}://${host}${path}`);
  if (port !== undefined) fields.dest_port = port;
  putDestinationAddress(fields, address);
}

/** `eventtime` is an epoch (seconds, later nanoseconds); `date` and `time` are local, with the zone in `tz`. */
export function fortinetTime(said: Said): ChosenTime | undefined {
  const zone = /^[+-]\d{4}$/.exec(said('tz') ?? '')?.[0];
  const epoch = readMoment(said('eventtime') ?? '');
  const written = parseIsoTicks(`${said('date')}T${said('time')}${zone ?? 'Z'}`);
  const time: Ticks | undefined = epoch ?? written;
  if (time === undefined) return undefined;
  const source =
    epoch !== undefined
      ? 'eventtime'
      : zone !== undefined
        ? 'date time tz'
        : 'date time (local, zone unknown)';
  return { time, source };
}

/** A session's record is written at its end. */
function timeOf(fields: Fields, said: Said, isTraffic: boolean): ChosenTime | undefined {
  const written = fortinetTime(said);
  if (written === undefined) return undefined;
  const { time, source } = written;
  const seconds = said('duration');
  if (!isTraffic || said('action') === 'start' || seconds === undefined || !/^\d{1,9}$/.test(seconds))
    return written;
  putEnd(fields, time);
  return { time: time - BigInt(seconds) * TICKS_PER_SECOND, source: `start (${source} - duration)` };
}
