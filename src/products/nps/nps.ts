import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import { csvCells } from '../log-line/csv-cells.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put } from '../proxy/network-fields.ts';
import { type VpnAction, vpnFields } from '../vpn/vpn-session.ts';

/** The attributes that are read, by their names in the DTS form; RADIUS' own are those of RFC 2865 and 2866. */
type Attribute =
  | 'User-Name'
  | 'Fully-Qualifed-User-Name'
  | 'Calling-Station-Id'
  | 'Framed-IP-Address'
  | 'NAS-Identifier'
  | 'Packet-Type'
  | 'Acct-Status-Type'
  | 'Acct-Session-Id'
  | 'Acct-Session-Time'
  | 'Tunnel-Client-Endpt'
  | 'Reason-Code';

interface Said {
  readonly attributes: ReadonlyMap<string, string>;
  readonly date: string | undefined;
  readonly server: string | undefined;
}

/**
 * The accounting log of Microsoft's RADIUS server (NPS, IAS), in its three forms: DTS (an XML element a line), IAS (a head, then pairs
 * of attribute and value) and the database form (values by place). Times are local.
 */
export const nps: LineProduct = { name: 'nps', read: readNps };

function readNps(line: LogLine, context: MappingContext): Event | undefined {
  const { text } = line;
  const said = dtsOf(text) ?? databaseOf(text) ?? iasOf(text);
  const time = said && timeOf(said.date);
  if (said === undefined || time === undefined) return undefined;
  const at = (name: Attribute) => said.attributes.get(name);
  const calling = at('Tunnel-Client-Endpt') ?? at('Calling-Station-Id');
  const fields = vpnFields({
    action: actionOf(at('Packet-Type'), at('Acct-Status-Type')),
    assigned: at('Framed-IP-Address'),
    client:
      calling !== undefined && /^[\d.]{7,15}$|^(?=.*:.*:)[\da-f:]{3,39}$/i.test(calling)
        ? calling
        : undefined,
    user: at('User-Name') ?? at('Fully-Qualifed-User-Name'),
    session: at('Acct-Session-Id'),
    seconds: at('Acct-Session-Time'),
    vendorProduct: 'Microsoft NPS',
  });
  put(fields, 'calling_station', calling);
  put(fields, 'signature_id', at('Packet-Type'));
  put(fields, 'signature', packetTypes[at('Packet-Type') ?? '']);
  put(fields, 'error_code', at('Reason-Code'));
  return lineEvent(
    line,
    {
      product: 'nps',
      sourcetype: 'ias',
      eventClass: 'other',
      time: { time, source: 'Timestamp (local, zone unknown)' },
      host: said.server,
      fields,
    },
    context,
  );
}

const packetTypes: Readonly<Record<string, string>> = {
  '1': 'Access-Request',
  '2': 'Access-Accept',
  '3': 'Access-Reject',
  '4': 'Accounting-Request',
  '5': 'Accounting-Response',
  '11': 'Access-Challenge',
};

/** Accounting: 1 start, 2 stop, 3 interim (RFC 2866). An acceptance may name the address, and the session may not come about. */
function actionOf(packet: string | undefined, status: string | undefined): VpnAction | undefined {
  if (packet !== '4') return undefined;
  if (status === '1' || status === '3') return 'assigned';
  return status === '2' ? 'released' : undefined;
}

const element = /<([A-Za-z][\w-]{0,63}) data_type="\d{1,2}">([^<]{0,4096})<\/\1>/g;

function dtsOf(text: string): Said | undefined {
  if (!text.startsWith('<Event><Timestamp data_type=')) return undefined;
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.slice(0, 1 << 16).matchAll(element))
    if (attributes.size < 200 && !attributes.has(name)) attributes.set(name, unescaped(value));
  return { attributes, date: attributes.get('Timestamp'), server: attributes.get('Computer-Name') };
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}

/** Attributes by their places in the database form, from 0. */
const places: Readonly<Record<number, Attribute>> = {
  4: 'Packet-Type',
  5: 'User-Name',
  6: 'Fully-Qualifed-User-Name',
  8: 'Calling-Station-Id',
  10: 'Framed-IP-Address',
  11: 'NAS-Identifier',
  25: 'Reason-Code',
  31: 'Acct-Status-Type',
  35: 'Acct-Session-Id',
  37: 'Acct-Session-Time',
};
const databaseHead = /^"[^"\n]{1,64}","(?:IAS|RAS)",(\d\d\/\d\d\/\d{4}),(\d\d:\d\d:\d\d),\d{1,3},/;

function databaseOf(text: string): Said | undefined {
  const found = databaseHead.exec(text.slice(0, 160));
  if (found === null) return undefined;
  const cells = csvCells(text.slice(0, 1 << 16), 80);
  const attributes = new Map<string, string>();
  for (const [place, name] of Object.entries(places)) {
    const cell = cells[Number(place)];
    if (cell !== undefined && cell !== '') attributes.set(name, cell);
  }
  return { attributes, date: `${found[1]} ${found[2]}`, server: cells[0] };
}

/** Attributes by their numbers in the IAS form: RADIUS' own, and from 4096 on those of the server. */
const numbers: Readonly<Record<string, Attribute>> = {
  '8': 'Framed-IP-Address',
  '31': 'Calling-Station-Id',
  '32': 'NAS-Identifier',
  '40': 'Acct-Status-Type',
  '44': 'Acct-Session-Id',
  '46': 'Acct-Session-Time',
  '66': 'Tunnel-Client-Endpt',
  '4130': 'Fully-Qualifed-User-Name',
  '4136': 'Packet-Type',
  '4142': 'Reason-Code',
};
const iasHead =
  /^"?([\da-f.:]{2,45})"?,("?)([^,\n]{0,256})\2,(\d\d\/\d\d\/\d{4}),(\d\d:\d\d:\d\d),(?:IAS|RAS),([^,\n]{1,64}),/i;
/** NAS address, user, date, time, service and computer come first. */
const IAS_HEAD = 6;

function iasOf(text: string): Said | undefined {
  const found = iasHead.exec(text.slice(0, 512));
  if (found === null) return undefined;
  const cells = csvCells(text.slice(0, 1 << 16), 400);
  const attributes = new Map<string, string>();
  if (found[3] !== undefined && found[3] !== '') attributes.set('User-Name', found[3]);
  for (let at = IAS_HEAD; at + 1 < cells.length; at += 2) {
    const name = numbers[cells[at] ?? ''];
    if (name !== undefined && !attributes.has(name)) attributes.set(name, cells[at + 1] ?? '');
  }
  return { attributes, date: `${found[4]} ${found[5]}`, server: found[6] };
}

/** `MM/DD/YYYY hh:mm:ss`, with a fraction in the DTS form. */
function timeOf(text: string | undefined): Ticks | undefined {
  const found = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,7})?)$/.exec(text ?? '');
  return found === null ? undefined : parseIsoTicks(`${found[3]}-${found[1]}-${found[2]}T${found[4]}`);
}
