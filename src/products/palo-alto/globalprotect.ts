import type { Event } from '../../events/event.ts';
import { csvCells } from '../log-line/csv-cells.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put } from '../proxy/network-fields.ts';
import { type VpnAction, vpnFields } from '../vpn/vpn-session.ts';
import { generatedOf, zoneOf } from './pan-time.ts';

const head = /^[^,\n]{0,40},\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[^,\n]{0,40},GLOBALPROTECT,/;
const CELLS_MOST = 80;
/** The time with its zone stands behind these places. */
const HIGH_RESOLUTION = 36;

const actions: Readonly<Record<string, VpnAction>> = {
  'gateway-connected': 'assigned',
  'gateway-tunnel-latency': 'assigned',
  'gateway-hip-report': 'assigned',
  'gateway-logout': 'released',
  'gateway-agent-disconnect': 'released',
};

/** PAN-OS, the GLOBALPROTECT log by syslog (values by place, counted from 1, PAN-OS GlobalProtect log fields). */
export const globalProtect: LineProduct = { name: 'globalprotect', read: readGlobalProtect };

function readGlobalProtect(line: LogLine, context: MappingContext): Event | undefined {
  if (!head.test(line.text.slice(0, 160))) return undefined;
  const cells = csvCells(line.text.slice(0, 1 << 16), CELLS_MOST);
  const at = (place: number): string | undefined => {
    const cell = cells[place - 1];
    return cell === '' || cell === '0.0.0.0' ? undefined : cell;
  };
  const time = generatedOf(at, zoneOf(cells.slice(HIGH_RESOLUTION), at(7)));
  if (time === undefined) return undefined;
  const event = at(9);
  const isDone = at(29) !== 'failure';
  const fields = vpnFields({
    action: isDone ? actions[event ?? ''] : undefined,
    assigned: at(18) ?? at(19),
    client: at(16) ?? at(17),
    user: at(13),
    computer: at(15),
    session: at(20),
    seconds: at(31) === '0' ? undefined : at(31),
    vendorProduct: 'Palo Alto Networks GlobalProtect',
  });
  put(fields, 'signature', event);
  put(fields, 'vendor_action', at(29));
  put(fields, 'log_subtype', at(10));
  put(fields, 'error_code', at(27));
  return lineEvent(
    line,
    {
      product: 'globalprotect',
      sourcetype: 'pan:globalprotect',
      eventClass: 'other',
      time,
      fields,
    },
    context,
  );
}
