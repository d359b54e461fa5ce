import { parseIsoTicks, TICKS_PER_MILLISECOND, type Ticks } from '../../core/ticks.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { addNote, type Fields, newFields } from '../fields.ts';
import { clfTicks, epochTicks, putEnd } from '../proxy/access-time.ts';
import { plainAddress } from '../proxy/network-address.ts';
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
import type { SquidMember } from './logformat-codes.ts';
import type { SquidEntry } from './logformat-match.ts';
import { actionOf, bareTag, isPeer } from './squid-tag.ts';

const addressAndPort = /^(.{1,255}):(\d{1,5})$/;

/** Members that are kept as they stand. */
const plainFields: Partial<Readonly<Record<SquidMember, string>>> = {
  clientMac: 'src_mac',
  proxyAddress: 'proxy_ip',
  outgoingAddress: 'src_translated_ip',
  method: 'http_method',
  contentType: 'http_content_type',
  hierarchy: 'hierarchy',
  tag: 'vendor_action',
  errorCode: 'error_code',
  errorDetail: 'error_detail',
  bumpMode: 'ssl_bump_mode',
  serverName: 'ssl_server_name',
  certificateSubject: 'ssl_subject',
  transaction: 'transaction_id',
  connection: 'connection_id',
  userAgent: 'http_user_agent',
  referrer: 'http_referrer',
  requestHeaders: 'request_headers',
  responseHeaders: 'response_headers',
};

const countFields: Partial<Readonly<Record<SquidMember, string>>> = {
  bytesOut: 'bytes_out',
  bytesIn: 'bytes_in',
  requestHeaderBytes: 'request_header_bytes',
  responseHeaderBytes: 'response_header_bytes',
  serverBodyBytes: 'server_body_bytes',
  requestAttempts: 'request_attempts',
  duration: 'duration',
  dnsTime: 'dns_time',
  peerResponseTime: 'response_time',
  peerTime: 'server_time',
  serverStatus: 'server_status',
};

/** The normalised fields of a line. */
export function squidFields(entry: SquidEntry): Fields {
  const fields = newFields();
  const said = (member: SquidMember) => entry.values.get(member);
  for (const [member, text] of entry.values) {
    const plain = plainFields[member];
    if (plain !== undefined) put(fields, plain, text);
    const count = countFields[member];
    if (count !== undefined) putCount(fields, count, text);
  }
  putClient(fields, said);
  putPort(fields, 'proxy_port', said('proxyPort'));
  putPort(fields, 'src_translated_port', said('outgoingPort'));
  putUser(fields, said('user') ?? said('login') ?? said('ident') ?? said('externalUser'));
  putTarget(fields, said);
  putNextHop(fields, said);
  putAnswer(fields, said);
  putTotal(fields);
  fields.bytes ??= said('bytes') ?? [];
  if (fields.bytes.length === 0) delete fields.bytes;
  for (const [code, text] of entry.others) fields[`squid_${code.replace(/[^A-Za-z0-9]+/g, '_')}`] = text;
  if (entry.doubtful.length > 0)
    addNote(fields, `what divides ${entry.doubtful.join(' and ')} stands within them: they are left out`);
  fields.vendor_product = 'Squid';
  return fields;
}

/** `%>a`; or `%>a:%>p`, which many write in its place: ports of clients have five digits, so IPv6 stays readable. */
function putClient(fields: Fields, said: Said): void {
  const client = said('client') ?? '';
  const port = said('clientPort');
  const joined =
    port === undefined && plainAddress(client) === undefined ? addressAndPort.exec(client) : null;
  if (joined) putSource(fields, joined[1], joined[2]);
  else putSource(fields, client, port);
}

type Said = (member: SquidMember) => string | undefined;

function putTarget(fields: Fields, said: Said): void {
  // `%>ru` has the query that `%ru` was cut at.
  putUrl(fields, said('fullUrl') ?? said('url'));
  if (fields.url !== undefined) return;
  putDestination(fields, said('domain'), said('port'));
  put(fields, 'uri_path', said('path'));
}

function putNextHop(fields: Fields, said: Said): void {
  const next = said('nextHop');
  if (next === undefined) return;
  fields.next_hop = next;
  putPort(fields, 'next_hop_port', said('nextHopPort'));
  if (isPeer(said('hierarchy') ?? '')) fields.next_hop_is_peer = 'true';
  else putDestinationAddress(fields, next);
}

function putAnswer(fields: Fields, said: Said): void {
  putCount(fields, 'status', said('status'));
  const tag = said('tag');
  if (tag === undefined) return;
  const status = typeof fields.status === 'string' ? Number(fields.status) : undefined;
  const action = actionOf(tag, status, said('hierarchy'));
  if (action !== undefined) fields.action = action;
  if (bareTag(tag).endsWith('_HIT')) fields.cached = 'true';
}

/**
 * When the request began: the moment of logging, which is the end, less the time that it took. The end is kept in `end_time`.
 * Undefined: the line has no time that can be read.
 */
export function squidTime(entry: SquidEntry, fields: Fields): ChosenTime | undefined {
  const end = endOf(entry);
  const start = startSaid(entry);
  const elapsed = entry.values.get('duration');
  const took =
    elapsed !== undefined && /^\d{1,12}$/.test(elapsed) ? BigInt(elapsed) * TICKS_PER_MILLISECOND : undefined;
  const finish = end?.time ?? (start !== undefined && took !== undefined ? start + took : undefined);
  if (finish !== undefined) putEnd(fields, finish);
  if (start !== undefined) return { time: start, source: 'start (tS)' };
  if (end === undefined) return undefined;
  if (took === undefined) return { time: end.time, source: `end (${end.source})` };
  return { time: end.time - took, source: `start (${end.source} - tr)` };
}

function startSaid({ values }: SquidEntry): Ticks | undefined {
  const start = values.get('start');
  return start === undefined ? undefined : epochTicks(start);
}

function endOf({ values }: SquidEntry): ChosenTime | undefined {
  const seconds = values.get('endSeconds');
  if (seconds !== undefined) {
    const milliseconds = values.get('endMilliseconds');
    const time = epochTicks(
      milliseconds === undefined ? seconds : `${seconds}.${milliseconds.padStart(3, '0')}`,
    );
    if (time !== undefined) return { time, source: milliseconds === undefined ? 'ts, whole seconds' : 'ts' };
  }
  const local = values.get('endLocal');
  const localTime = local === undefined ? undefined : clfTicks(local);
  if (localTime !== undefined) return { time: localTime, source: 'tl, whole seconds' };
  const written = local === undefined ? undefined : parseIsoTicks(local);
  if (written !== undefined) {
    const hasZone = /[+-]\d{4}$/.test(local ?? '');
    return { time: written, source: hasZone ? 'tl, whole seconds' : 'tl, whole seconds, zone unknown' };
  }
  const gmt = values.get('endGmt');
  const gmtTime =
    gmt === undefined ? undefined : (clfTicks(gmt) ?? clfTicks(`${gmt} +0000`) ?? parseIsoTicks(gmt));
  return gmtTime === undefined ? undefined : { time: gmtTime, source: 'tg, whole seconds' };
}
