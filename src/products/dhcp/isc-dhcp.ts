import type { Event } from '../../events/event.ts';
import { newFields } from '../fields.ts';
import { lineEvent } from '../log-line/line-event.ts';
import type { LineProduct, LogLine } from '../log-line/log-line.ts';
import { envelopeTime } from '../log-line/syslog-time.ts';
import type { MappingContext } from '../product.ts';
import { put, putDestination } from '../proxy/network-fields.ts';
import { type DhcpAction, hardwareAddress, putDhcpAction } from './dhcp-action.ts';

const isc =
  /^(DHCPACK|DHCPREQUEST|DHCPRELEASE|DHCPEXPIRE|DHCPOFFER|DHCPNAK|DHCPDECLINE) (?:on|for|of) ([0-9a-f.:]{2,45})(?: \([0-9a-f.:]{2,45}\))?(?: (?:to|from) ([0-9a-f:]{17}))?(?: \(([^()\s]{1,255})\))?/;
const dnsmasq =
  /^(?:\d{1,12} )?(DHCP[A-Z]{3,8})\(([^()\s]{1,64})\) ([0-9a-f.:]{2,45}) ([0-9a-f:]{17})(?: (\S{1,255}))?/;

const actions: Readonly<Record<string, DhcpAction>> = {
  DHCPACK: 'leased',
  DHCPREQUEST: 'asked',
  DHCPRELEASE: 'released',
  DHCPEXPIRE: 'expired',
  DHCPNAK: 'denied',
  DHCPDECLINE: 'in-use',
};

/** ISC's dhcpd and dnsmasq, by syslog. An acknowledgement is a new lease or a renewed one. Names are the clients' claims. */
export const iscDhcp: LineProduct = { name: 'dhcp', read: readDhcp };

function readDhcp(line: LogLine, context: MappingContext): Event | undefined {
  const { text, syslog } = line;
  if (syslog === undefined || !/^(?:\d{1,12} )?DHCP[A-Z]/.test(text.slice(0, 20))) return undefined;
  const head = text.slice(0, 600);
  const found = isc.exec(head);
  const other = found ? null : dnsmasq.exec(head);
  const message = found?.[1] ?? other?.[1];
  if (message === undefined) return undefined;
  const fields = newFields();
  fields.signature = message;
  putDestination(fields, found?.[2] ?? other?.[3]);
  put(fields, 'dest_mac', hardwareAddress(found?.[3] ?? other?.[4] ?? ''));
  put(fields, 'dest_host', (found?.[4] ?? other?.[5])?.toLowerCase());
  putDhcpAction(fields, actions[message]);
  fields.vendor_product = found ? 'ISC DHCP' : 'dnsmasq';
  const time = envelopeTime(line, context);
  return lineEvent(
    line,
    {
      product: 'dhcp',
      sourcetype: 'isc:dhcp',
      eventClass: 'other',
      time,
      fields,
    },
    context,
  );
}
