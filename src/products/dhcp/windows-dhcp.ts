import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';
import { type Fields, newFields } from '../fields.ts';
import { csvCells } from '../log-line/csv-cells.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { put, putDestination } from '../proxy/network-fields.ts';
import { type DhcpAction, hardwareAddress, putDhcpAction } from './dhcp-action.ts';

/** The event ids that the log's own header explains, and what they say of a lease. */
const actions: ReadonlyMap<string, DhcpAction> = new Map<string, DhcpAction>([
  ['10', 'leased'],
  ['11', 'renewed'],
  ['12', 'released'],
  ['13', 'in-use'],
  ['15', 'denied'],
  ['16', 'deleted'],
  ['17', 'expired'],
  ['18', 'expired'],
  ['20', 'leased'],
  ['21', 'leased'],
]);

/** The log of IPv6 tells what clients asked for: who renews an address has it. Its ids are not documented, so the word counts. */
const actionsOfIpv6: ReadonlyMap<string, DhcpAction> = new Map<string, DhcpAction>([
  ['request', 'asked'],
  ['confirm', 'renewed'],
  ['renew', 'renewed'],
  ['rebind', 'renewed'],
  ['decline', 'in-use'],
  ['release', 'released'],
]);

const head = /^(\d{1,5}),(\d\d)\/(\d\d)\/(\d\d),(\d\d:\d\d:\d\d),/;

/** The audit log of Windows' DHCP server, `DhcpSrvLog-Mon.log`: who had which address from when on. Times are local. */
export const windowsDhcp: LineProduct = { name: 'windows-dhcp', read: readDhcp };

function readDhcp(line: LogLine, context: MappingContext): Event | undefined {
  const found = head.exec(line.text.slice(0, 40));
  if (!found) return undefined;
  const [, id = '', month, day, year, clock] = found;
  const time: Ticks | undefined = parseIsoTicks(`20${year}-${month}-${day}T${clock}`);
  if (time === undefined) return undefined;
  const cells = csvCells(line.text, 40);
  if (cells.length < 7) return undefined;
  const fields = dhcpFields(String(Number(id)).padStart(2, '0'), cells);
  return lineEvent(
    line,
    {
      product: 'windows-dhcp',
      sourcetype: 'DhcpSrvLog',
      eventClass: 'other',
      time: { time, source: 'Date Time (local, zone unknown)' },
      fields,
    },
    context,
  );
}

/** The log of IPv6, `DhcpV6SrvLog`, has ids of five digits, and behind the name: error code, length and bytes of the DUID, user. */
function dhcpFields(id: string, cells: readonly string[]): Fields {
  const fields = newFields();
  const isIpv6 = id.length === 5;
  fields.signature_id = id;
  put(fields, 'signature', cells[3]);
  putDestination(fields, cells[4]);
  const name = cells[5]?.toLowerCase().replace(/\.$/, '');
  put(fields, 'dest_host', name);
  if (isIpv6) {
    put(fields, 'error_code', cells[6] === '0' ? undefined : cells[6]);
    put(fields, 'dhcp_duid', cells[8]?.toLowerCase());
    put(fields, 'user', cells[9]);
  } else {
    put(fields, 'dest_mac', hardwareAddress(cells[6] ?? ''));
    put(fields, 'user', cells[7]);
    put(fields, 'transaction_id', cells[8]);
  }
  putDhcpAction(fields, isIpv6 ? actionsOfIpv6.get(wordOf(cells[3])) : actions.get(id));
  fields.vendor_product = 'Microsoft DHCP Server';
  return fields;
}

/** `DHCPV6 Renew` is `renew`. */
function wordOf(description = ''): string {
  return description
    .toLowerCase()
    .replace(/^dhcpv6 */, '')
    .trim();
}
