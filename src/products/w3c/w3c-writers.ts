import { put, putDestination, putSource } from '../proxy/network-fields.ts';
import { proxySgAction } from '../proxy/proxysg-action.ts';
import { addW3cProxyFields } from '../proxy/w3c-names.ts';
import { ciscoWsaW3c } from './cisco-wsa-w3c.ts';

import type { W3cWriter } from './w3c-writer.ts';

const proxySg: W3cWriter = {
  product: 'bluecoat',
  sourcetype: 'bluecoat:proxysg:access:file',
  vendorProduct: 'Symantec ProxySG',
  eventClass: 'web',
  wrote: (software, has) =>
    /SGOS|Blue ?Coat|ProxySG/i.test(software) || has('sc-filter-result', 'x-exception-id', 's-action'),
  add(fields, cell) {
    addW3cProxyFields(fields, cell);
    put(fields, 'action', proxySgAction(cell));
  },
};

/** IIS logs blanks as `+`; its own address is the destination. */
const iis: W3cWriter = {
  product: 'iis',
  sourcetype: 'ms:iis:auto',
  vendorProduct: 'Microsoft IIS',
  eventClass: 'web',
  wrote: (software) => /Internet Information Services/i.test(software),
  add(fields, cell) {
    addW3cProxyFields(fields, cell);
    delete fields.proxy_ip;
    delete fields.proxy_port;
    const host = cell('cs-host') ?? cell('s-ip');
    putDestination(fields, host?.replace(/:\d+$/, ''), cell('s-port'));
    for (const name of ['http_user_agent', 'http_referrer']) {
      const text = fields[name];
      if (typeof text === 'string') fields[name] = text.replaceAll('+', ' ');
    }
  },
};

/** `pfirewall.log`: no bytes of a connection, and local time. */
const windowsFirewall: W3cWriter = {
  product: 'windows-firewall',
  sourcetype: 'windows:firewall',
  vendorProduct: 'Microsoft Windows Firewall',
  eventClass: 'network',
  wrote: (software) => /Microsoft Windows Firewall/i.test(software),
  add(fields, cell) {
    putSource(fields, cell('src-ip'), cell('src-port'));
    putDestination(fields, cell('dst-ip'), cell('dst-port'));
    put(fields, 'transport', cell('protocol')?.toLowerCase());
    put(fields, 'vendor_action', cell('action'));
    const action = cell('action');
    if (action === 'ALLOW' || action === 'DROP') fields.action = action === 'ALLOW' ? 'allowed' : 'blocked';
    const path = cell('path');
    if (path === 'SEND' || path === 'RECEIVE') fields.direction = path === 'SEND' ? 'outbound' : 'inbound';
  },
};

/** ISA Server and TMG have the proxy's decision in `action`, and Windows' errors in `sc-status`. */
const forwardProxy: W3cWriter = {
  product: 'w3c-proxy',
  sourcetype: 'w3c',
  vendorProduct: 'W3C extended log',
  eventClass: 'web',
  wrote: (software, has) =>
    /Threat Management Gateway|Security and Acceleration/i.test(software) ||
    has(
      'r-host',
      'r-ip',
      'r-dns',
      's-operation',
      's-supplier-ip',
      's-supplier-name',
      'rs-status',
      'rs-bytes',
      'sr-bytes',
    ),
  add(fields, cell) {
    addW3cProxyFields(fields, cell);
    const { status } = fields;
    if (typeof status === 'string' && status.length !== 3) {
      delete fields.status;
      if (status !== '0') put(fields, 'error_code', status);
    }
    const said = cell('action') ?? '';
    put(fields, 'vendor_action', said);
    if (fields.status === '407') fields.action = 'challenged';
    else if (/^allow/i.test(said)) fields.action = 'allowed';
    else if (/^den(?:y|ied)|^block/i.test(said)) fields.action = 'blocked';
    else if (/^fail/i.test(said)) fields.action = 'failure';
  },
};

const other: W3cWriter = {
  product: 'w3c',
  sourcetype: 'w3c',
  vendorProduct: 'W3C extended log',
  eventClass: 'web',
  wrote: () => true,
  add: addW3cProxyFields,
};

/** In the order in which they are asked; the last takes what is left. */
export const w3cWriters: readonly W3cWriter[] = [
  iis,
  windowsFirewall,
  ciscoWsaW3c,
  proxySg,
  forwardProxy,
  other,
];
