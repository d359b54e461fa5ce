import type { Event } from '../../events/event.ts';
import { freeName } from '../fields.ts';
import { blankPairs } from '../log-line/key-values.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put } from '../proxy/network-fields.ts';
import { type VpnAction, vpnFields } from '../vpn/vpn-session.ts';
import { fortinetHead, fortinetTime } from './fortinet.ts';

/** `tunnel-stats` comes every ten minutes while the tunnel is up (FortiOS log reference, 39947 to 39949, 37138). */
const actions: Readonly<Record<string, VpnAction>> = {
  'tunnel-up': 'assigned',
  'tunnel-stats': 'assigned',
  'tunnel-down': 'released',
};

/** FortiOS' log of its VPN (type event, subtype vpn): which user had which address in the tunnel. */
export const fortinetVpn: LineProduct = { name: 'fortinet-vpn', read: readFortinetVpn };

function readFortinetVpn(line: LogLine, context: MappingContext): Event | undefined {
  if (!fortinetHead.test(line.text.slice(0, 60))) return undefined;
  const { values } = blankPairs(line.text);
  const said = (name: string): string | undefined => {
    const value = values.get(name);
    return value === '' || value === 'N/A' || value === '(null)' ? undefined : value;
  };
  if (said('type') !== 'event' || said('subtype') !== 'vpn') return undefined;
  const fields = vpnFields({
    action: actions[said('action') ?? ''],
    assigned: said('tunnelip') ?? said('assignip'),
    client: said('remip'),
    user: said('xauthuser') ?? said('user'),
    session: said('tunnelid'),
    seconds: said('duration'),
    vendorProduct: 'Fortinet FortiGate',
  });
  put(fields, 'vendor_action', said('action'));
  put(fields, 'signature', said('logdesc'));
  for (const [name, value] of values)
    if (value !== '' && value !== 'N/A') fields[freeName(`fortinet_${name}`)] = value;
  const time = fortinetTime(said);
  if (time === undefined) return undefined;
  return lineEvent(
    line,
    {
      product: 'fortinet-vpn',
      sourcetype: 'fortigate_event',
      eventClass: 'other',
      time,
      host: said('devname'),
      fields,
    },
    context,
  );
}
