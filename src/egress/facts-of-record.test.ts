import { describe, expect, test } from 'vitest';
import { type FactField, factsOfRecord } from './facts-of-record.ts';
import { judges } from './judge.ts';
import type { ProxyProduct } from './proxy-facts.ts';

type Fields = Partial<Record<FactField, string>>;

function codeOf(product: ProxyProduct, fields: Fields): string {
  const text = (name: FactField) => fields[name];
  const count = (name: FactField) => (/^\d+$/.test(fields[name] ?? '') ? Number(fields[name]) : undefined);
  return judges[product](factsOfRecord(product, { text, count })).code;
}

describe('a verdict from the fields of a record', () => {
  const cases: readonly (readonly [ProxyProduct, Fields, string])[] = [
    ['squid', { vendor_action: 'TCP_TUNNEL', hierarchy: 'HIER_DIRECT', status: '200', bytes_in: '39' }, 'O'],
    [
      'bluecoat',
      {
        vendor_action: 'TCP_DENIED',
        filter_result: 'DENIED',
        error_code: 'content_filter_denied',
        status: '403',
      },
      'P',
    ],
    ['bluecoat', { vendor_action: 'TCP_TUNNELED', server_bytes_out: '700', server_bytes_in: '0' }, 'S'],
    [
      'zscaler-web',
      { vendor_action: 'Blocked', action: 'blocked', status: '200', http_method: 'CONNECT' },
      'P',
    ],
    [
      'zscaler-firewall',
      { vendor_action: 'Allow', bytes_out: '9', bytes_in: '9', aggregated_count: 'unknown' },
      'U',
    ],
    ['paloalto-traffic', { vendor_action: 'allow', log_subtype: 'start', bytes_out: '78' }, 'T'],
    [
      'paloalto-traffic',
      {
        vendor_action: 'allow',
        log_subtype: 'end',
        error_code: 'tcp-fin',
        bytes_out: '900',
        bytes_in: '800',
        packets_in: '7',
      },
      'B',
    ],
    ['forcepoint', { vendor_action: 'blocked', server_status: '0', status: '403' }, 'P'],
    [
      'mcafee-wg',
      { status: '403', error_code: '80', server_bytes_out: '509', server_bytes_in: '2813889' },
      'S',
    ],
    [
      'zeek-conn',
      { vendor_action: 'SF', bytes_out: '5', bytes_in: '0', tcp_flag: 'ShADFf', transport: 'tcp' },
      'S',
    ],
    ['zeek-ssl', { vendor_action: 'established' }, 'B'],
    ['zeek-dns', { reply_code: 'NXDOMAIN' }, 'F'],
    ['access-log', { http_method: 'CONNECT', status: '200' }, 'U'],
  ];
  test.each(cases)('%s %o: %s', (product, fields, code) => expect(codeOf(product, fields)).toBe(code));
});
