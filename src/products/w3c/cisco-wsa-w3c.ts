import { addDecision } from '../cisco-wsa/wsa-decision.ts';
import { put, putCount } from '../proxy/network-fields.ts';
import { addW3cProxyFields } from '../proxy/w3c-names.ts';
import type { W3cWriter } from './w3c-writer.ts';

/** AsyncOS' access log in the W3C's form; its names for what Squid's head has begin with `x-`. */
export const ciscoWsaW3c: W3cWriter = {
  product: 'cisco-wsa',
  sourcetype: 'cisco:wsa:w3c',
  vendorProduct: 'Cisco Web Security Appliance',
  eventClass: 'web',
  wrote: (software, has) => /AsyncOS/i.test(software) || has('x-resultcode-httpstatus', 'x-acltag'),
  add(fields, cell) {
    addW3cProxyFields(fields, cell);
    const [result = '', code] = (cell('x-resultcode-httpstatus') ?? '').split('/');
    const status = code ?? cell('sc-http-status', 'sc-status');
    putCount(fields, 'status', status);
    putCount(fields, 'duration', cell('x-elapsed-time'));
    const [hierarchy, ...server] = (cell('x-hierarchy-origin', 's-hierarchy') ?? '').split('/');
    const [, decision, rule] = /^([^-]+)(?:-(.*))?$/.exec(cell('x-acltag') ?? '') ?? [];
    addDecision(fields, { result, status, decision, rule, hierarchy, server: server.join('/') });
    put(
      fields,
      'category',
      cell('x-webcat-code-full', 'x-webcat-code-abbr') ??
        /^<"?([^",]+)/.exec(cell('x-result-code') ?? '')?.[1],
    );
  },
};
