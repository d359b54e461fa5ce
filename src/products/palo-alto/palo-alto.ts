import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { type Fields, newFields } from '../fields.ts';
import { csvCells } from '../log-line/csv-cells.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { putEnd } from '../proxy/access-time.ts';
import {
  put,
  putCount,
  putDestination,
  putPort,
  putSource,
  putTotal,
  putUser,
} from '../proxy/network-fields.ts';
import { hostAndPort } from '../proxy/url-parts.ts';
import { type At, generatedOf, ticksOf, type Zone, zoned, zoneOf } from './pan-time.ts';

const head = /^[^,\n]{0,40},\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[^,\n]{0,40},(TRAFFIC|THREAT),/;
const CELLS_MOST = 300;
/** The time with its zone stands behind these places. */
const HIGH_RESOLUTION = 60;

/**
 * PAN-OS, the TRAFFIC and THREAT logs by syslog (values by place, counted from 1, PAN-OS log field reference). Times are the
 * device's, without a zone; the high-resolution time, where it is sent, tells the zone.
 */
export const paloAlto: LineProduct = { name: 'palo-alto', read: readPaloAlto };

function readPaloAlto(line: LogLine, context: MappingContext): Event | undefined {
  const found = head.exec(line.text.slice(0, 160));
  if (!found) return undefined;
  const cells = csvCells(line.text.slice(0, 1 << 18), CELLS_MOST);
  const at: At = (place) => (cells[place - 1] === '' ? undefined : cells[place - 1]);
  const offset = zoneOf(cells.slice(HIGH_RESOLUTION), at(7));
  const isTraffic = found[1] === 'TRAFFIC';
  const fields = newFields();
  addCommon(fields, at);
  if (isTraffic) addTraffic(fields, at);
  else addThreat(fields, at);
  const time = (isTraffic ? startOf(fields, at, offset) : undefined) ?? generatedOf(at, offset);
  if (time === undefined) return undefined;
  const isUrl = !isTraffic && at(5) === 'url';
  return lineEvent(
    line,
    {
      product: isTraffic ? 'paloalto-traffic' : isUrl ? 'paloalto-url' : 'paloalto-threat',
      sourcetype: isTraffic ? 'pan:traffic' : 'pan:threat',
      eventClass: isTraffic ? 'network' : isUrl ? 'web' : 'other',
      time,
      host: at(isTraffic ? 53 : 60),
      fields,
    },
    context,
  );
}

function addCommon(fields: Fields, at: At): void {
  putSource(fields, at(8), at(25));
  putDestination(fields, at(9), at(26));
  put(fields, 'src_translated_ip', translated(at(10)));
  put(fields, 'dest_translated_ip', translated(at(11)));
  putPort(fields, 'src_translated_port', at(27));
  putPort(fields, 'dest_translated_port', at(28));
  put(fields, 'rule', at(12));
  putUser(fields, at(13));
  put(fields, 'app', at(15));
  put(fields, 'connection_id', at(23));
  // Several sessions in one record.
  if (Number(at(24)) > 1) putCount(fields, 'aggregated_count', at(24));
  put(fields, 'transport', at(30)?.toLowerCase());
  const action = at(31);
  put(fields, 'vendor_action', action);
  put(fields, 'log_subtype', at(5));
  if (action !== undefined) {
    if (/^(?:allow|alert|continue|override)/.test(action)) fields.action = 'allowed';
    else if (/^(?:deny|drop|reset|block)/.test(action)) fields.action = 'blocked';
  }
  fields.vendor_product = 'Palo Alto Networks Firewall';
}

/** Undefined where nothing was translated. */
function translated(address: string | undefined): string | undefined {
  return address === '0.0.0.0' || address === '::' ? undefined : address;
}

/** Counters are whole packets, client to server and back. */
function addTraffic(fields: Fields, at: At): void {
  putCount(fields, 'bytes_out', at(33));
  putCount(fields, 'bytes_in', at(34));
  putTotal(fields);
  putCount(fields, 'packets_out', at(45));
  putCount(fields, 'packets_in', at(46));
  putCount(fields, 'duration', at(37));
  put(fields, 'category', at(38));
  put(fields, 'error_code', at(47));
}

function addThreat(fields: Fields, at: At): void {
  put(fields, 'category', at(34));
  put(fields, 'threat', at(33));
  put(fields, 'direction', at(36));
  const target = at(32);
  if (at(5) !== 'url' || target === undefined) {
    put(fields, 'file_name', target);
    return;
  }
  fields.url = target;
  const slash = target.search(/[/?]/);
  const { host } = hostAndPort(slash < 0 ? target : target.slice(0, slash));
  if (host !== undefined) {
    fields.url_domain = host;
    fields.dest_host = host;
    fields.dest = host;
  }
  put(fields, 'http_user_agent', at(47));
  put(fields, 'http_referrer', at(50));
  put(fields, 'http_method', at(64)?.toUpperCase());
}

function startOf(fields: Fields, at: At, offset: Zone): ChosenTime | undefined {
  const start = ticksOf(at(36));
  if (start === undefined) return undefined;
  const elapsed = at(37);
  if (at(5) !== 'start' && elapsed !== undefined && /^\d{1,9}$/.test(elapsed))
    putEnd(fields, start - (offset ?? 0n) + BigInt(elapsed) * TICKS_PER_SECOND);
  return zoned(start, 'start time', offset);
}
