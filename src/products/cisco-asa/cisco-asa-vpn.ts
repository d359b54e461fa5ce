import type { Event } from '../../events/event.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import { envelopeTime } from '../log-line/syslog-time.ts';
import type { MappingContext } from '../product.ts';
import { put } from '../proxy/network-fields.ts';
import { type VpnSession, vpnFields } from '../vpn/vpn-session.ts';

const head = /%(?:ASA|FTD)-\d-(722051|113019): /;

const assigned =
  /^Group <([^>]{0,128})> User <([^>]{0,256})> IP <([^>]{2,45})> IPv4 Address <([\d.]{7,15})> IPv6 address <([^>]{0,45})> assigned to session/i;
const ended =
  /^Group = ([^,]{0,128}), Username = ([^,]{0,256}), IP = ([^,]{2,45}), Session disconnected\. Session Type: ([^,]{0,64}), Duration: (?:(\d{1,5})d )?(\d{1,5})h:(\d\d)m:(\d\d)s/;
/**
 * AnyConnect sessions in the syslog of Cisco's ASA and FTD (Cisco ASA Series Syslog Messages). 722051 tells which address a user was
 * assigned; 113019, at the end, tells the user and the address outside only.
 */
export const ciscoAsaVpn: LineProduct = { name: 'cisco-asa-vpn', read: readAsa };

function readAsa(line: LogLine, context: MappingContext): Event | undefined {
  // The syslog header may have taken the tag with it, or left it behind a colon.
  const raw = line.record.raw.slice(0, 2_048);
  const found = head.exec(raw);
  const id = found?.[1];
  if (found === null || id === undefined) return undefined;
  const message = raw.slice(found.index + found[0].length);
  const session = id === '722051' ? assignedOf(message) : endedOf(message);
  if (session === undefined) return undefined;
  const { group, ...said } = session;
  const fields = vpnFields({ ...said, vendorProduct: 'Cisco ASA' });
  fields.signature_id = id;
  put(fields, 'user_group', group);
  return lineEvent(
    line,
    {
      product: 'cisco-asa-vpn',
      sourcetype: 'cisco:asa',
      eventClass: 'other',
      time: envelopeTime(line, context),
      fields,
    },
    context,
  );
}

type Said = Omit<VpnSession, 'vendorProduct'> & { readonly group: string | undefined };

function assignedOf(message: string): Said | undefined {
  const found = assigned.exec(message);
  if (found === null) return undefined;
  const [, group, user, client, address, other] = found;
  return { action: 'assigned', group, user, client, assigned: address === '0.0.0.0' ? other : address };
}

function endedOf(message: string): Said | undefined {
  const found = ended.exec(message);
  if (found === null) return undefined;
  const [, group, user, client, , days = '0', hours = '0', minutes = '0', seconds = '0'] = found;
  const lasted = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return { action: 'released', group, user, client, seconds: String(lasted) };
}
