import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judges } from './judge.ts';
import type { ProxyFacts, ProxyProduct } from './proxy-facts.ts';
import { reasonParts } from './verdict-reason.ts';

const code = (product: ProxyProduct, facts: ProxyFacts) => judges[product](facts).code;

describe('the patterns of each product', () => {
  const cases: readonly (readonly [product: ProxyProduct, facts: ProxyFacts, code: string])[] = [
    ['bluecoat', { tag: 'TCP_DENIED', action: 'DENIED', reason: 'content_filter_denied', status: 403 }, 'P'],
    ['bluecoat', { tag: 'TCP_DENIED', reason: 'virus_detected', serverStatus: 200 }, 'S'],
    ['bluecoat', { tag: 'TCP_ERR_MISS', action: 'DENIED', reason: 'tcp_error', status: 503 }, 'F'],
    ['bluecoat', { tag: 'TCP_DENIED', reason: 'authentication_failed', status: 407 }, 'A'],
    ['bluecoat', { tag: 'TCP_AUTH_MISS', status: 401, serverStatus: 401 }, 'C'],
    ['bluecoat', { tag: 'TCP_TUNNELED', toServer: 900, fromServer: 0 }, 'S'],
    ['bluecoat', { tag: 'TCP_TUNNELED', toClient: 39 }, 'O'],
    ['bluecoat', { tag: 'TCP_NC_MISS_RST', status: 200, serverStatus: 200 }, 'B'],
    ['bluecoat', { tag: 'TCP_HIT', status: 200 }, 'C'],
    ['zscaler-web', { action: 'Blocked', method: 'CONNECT', status: 200, toClient: 65 }, 'P'],
    ['zscaler-web', { action: 'Allowed', method: 'CONNECT', status: 200, toClient: 65 }, 'T'],
    ['zscaler-web', { action: 'Allowed', method: 'CONNECT', status: 200, toClient: 8000 }, 'B'],
    ['zscaler-web', { action: 'Allowed', method: 'GET', protocol: 'HTTP', status: 404, toClient: 900 }, 'C'],
    ['zscaler-web', { action: 'Allowed', method: 'GET', status: 503 }, 'U'],
    ['zscaler-firewall', { action: 'Allow', toServer: 4, fromServer: 9, sessions: 12 }, 'U'],
    ['zscaler-firewall', { action: 'Allow', toServer: 4, fromServer: 9 }, 'B'],
    ['cisco-wsa', { tag: 'TCP_MISS', reason: 'BLOCK_AMW_RESP_11-P-I', status: 200 }, 'S'],
    ['cisco-wsa', { tag: 'TCP_DENIED', reason: 'BLOCK_WEBCAT_12-P', status: 403 }, 'P'],
    ['cisco-wsa', { tag: 'NONE', reason: 'OTHER-NONE', status: 504 }, 'F'],
    ['cisco-wsa', { tag: 'TCP_MISS_SSL', reason: 'DECRYPT_WEBCAT_7', method: 'CONNECT', status: 200 }, 'T'],
    ['w3c-proxy', { action: 'blocked', status: 403 }, 'P'],
    ['w3c-proxy', { action: 'blocked', status: 403, serverStatus: 200 }, 'S'],
    ['w3c-proxy', { status: 407 }, 'A'],
    ['w3c-proxy', { method: 'CONNECT', status: 200 }, 'U'],
    ['w3c-proxy', { method: 'CONNECT', status: 200, serverStatus: 200 }, 'U'],
    ['w3c-proxy', { method: 'CONNECT', status: 504 }, 'F'],
    ['w3c-proxy', { method: 'CONNECT', status: 200, toServer: 600, fromServer: 5500 }, 'B'],
    ['w3c-proxy', { method: 'CONNECT', status: 200, toServer: 0, fromServer: 0 }, 'O'],
    ['w3c-proxy', { method: 'GET', status: 200, toServer: 90, fromServer: 0 }, 'S'],
    ['w3c-proxy', { method: 'GET', status: 200 }, 'C'],
    ['w3c-proxy', { method: 'GET', status: 503, serverStatus: 0 }, 'F'],
    ['w3c-proxy', { method: 'GET', status: 503 }, 'U'],
    ['mcafee-wg', { status: 403, reason: '80', toServer: 509, fromServer: 2_813_889 }, 'S'],
    ['mcafee-wg', { status: 403, reason: '10', toServer: 0, fromServer: 0 }, 'P'],
    ['mcafee-wg', { status: 200, reason: '0', method: 'CONNECT', toServer: 5, fromServer: 6 }, 'B'],
    ['forcepoint', { action: 'blocked', serverStatus: 0, status: 403 }, 'P'],
    ['forcepoint', { action: 'permitted', serverStatus: 200, status: 200, method: 'GET' }, 'C'],
    ['paloalto-traffic', { action: 'allow', subtype: 'start', toServer: 78 }, 'T'],
    ['paloalto-traffic', { action: 'allow', reason: 'aged-out', fromServer: 0, toServer: 78 }, 'T'],
    [
      'paloalto-traffic',
      { action: 'allow', reason: 'tcp-fin', toServer: 900, fromServer: 800, packetsBack: 9 },
      'B',
    ],
    [
      'paloalto-traffic',
      { action: 'allow', reason: 'tcp-rst-from-server', fromServer: 60, packetsBack: 1 },
      'F',
    ],
    ['paloalto-url', { action: 'block-url' }, 'P'],
    ['paloalto-url', { action: 'alert' }, 'T'],
    ['fortinet-traffic', { action: 'ip-conn' }, 'F'],
    ['fortinet-traffic', { action: 'close', toServer: 800, fromServer: 900, packetsBack: 8 }, 'B'],
    ['fortinet-webfilter', { action: 'passthrough' }, 'T'],
    ['zeek-conn', { tag: 'S0', toServer: 0 }, 'T'],
    ['zeek-conn', { tag: 'SF', toServer: 10, fromServer: 20, history: 'ShADadFf' }, 'B'],
    ['zeek-conn', { tag: 'RSTRH', fromServer: 20, history: '^hdr' }, 'U'],
    ['zeek-http', { status: 200, method: 'GET' }, 'C'],
    ['zeek-http', { status: 200, method: 'CONNECT' }, 'T'],
    ['zeek-ssl', { established: false }, 'S'],
    ['zeek-dns', { tag: 'NXDOMAIN' }, 'F'],
    ['nginx', { status: 504, toServer: 90, fromServer: 0 }, 'S'],
    ['nginx', { status: 200, serverStatus: 200, toServer: 90, fromServer: 300 }, 'C'],
    ['nginx', { status: 502, toServer: 0 }, 'F'],
    ['zeek-dns', { tag: 'NOERROR' }, 'N'],
    ['windows-dns', {}, 'N'],
    ['apache', { status: 200, method: 'CONNECT' }, 'U'],
    [
      'apache',
      { status: 200, method: 'CONNECT', fromClient: 1057, fromClientHeaders: 57, toClient: 2076 },
      'B',
    ],
  ];
  test.each(cases)('%s %o: %s', (product, facts, expected) => expect(code(product, facts)).toBe(expected));
});

const words = fc.constantFrom(
  ...[
    '',
    'TCP_MISS',
    'TCP_TUNNEL',
    'TCP_DENIED',
    'NONE_NONE',
    'TCP_HIT',
    'SF',
    'S0',
    'OTH',
    'x',
    'TCP_MISS_ABORTED',
  ],
  ...['TCP_TUNNELED', 'NXDOMAIN'],
);
const bytes = fc.option(fc.constantFrom(0, 1, 39, 65, 900, 20_000), { nil: undefined });
const anyFacts: fc.Arbitrary<ProxyFacts> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'CONNECT', undefined),
  destinationPort: fc.constantFrom(80, 443, undefined),
  status: fc.constantFrom(0, 101, 200, 304, 403, 407, 413, 500, 503, undefined),
  serverStatus: fc.constantFrom(0, 200, 503, undefined),
  tag: words,
  hierarchy: fc.constantFrom('HIER_NONE', 'HIER_DIRECT', 'FIRSTUP_PARENT', undefined),
  action: fc.constantFrom('Allowed', 'Blocked', 'allow', 'deny', 'permitted', 'close', undefined),
  reason: fc.constantFrom(
    'ERR_CONNECT_FAIL',
    'ERR_READ_TIMEOUT',
    'DEFAULT_CASE',
    '10',
    '0',
    'tcp-fin',
    undefined,
  ),
  fromClient: bytes,
  fromClientHeaders: bytes,
  toClient: bytes,
  toClientHeaders: bytes,
  toServer: bytes,
  fromServer: bytes,
  packetsBack: fc.constantFrom(0, 1, 9, undefined),
  history: fc.constantFrom('ShADadFf', '^hd', 'S', undefined),
  established: fc.constantFrom(true, false, undefined),
});

test('whatever a record says, a verdict and its bits agree', () => {
  const products = Object.keys(judges) as readonly ProxyProduct[];
  fc.assert(
    fc.property(fc.constantFrom(...products), anyFacts, (product, facts) => {
      const given = judges[product](facts);
      const cached = given.flags.includes('cache');
      if (given.code === 'C' || given.code === 'B') {
        if (!cached) expect([given.out, given.back]).toEqual(['yes', 'yes']);
      } else if (given.code === 'S') expect(given.out).toBe('yes');
      else if (given.code === 'O') expect([given.back, given.out !== 'yes']).toEqual(['no', true]);
      else if (['N', 'T', 'P', 'A'].includes(given.code))
        expect([given.out, given.back]).not.toContain('yes');
      if (given.code !== 'C' && given.code !== 'B') expect(given.complete).not.toBe('yes');
      const { pattern, parts } = reasonParts(given.reason);
      expect(parts.reduce((text, part) => text.replace('%s', () => part), pattern)).toBe(given.reason);
    }),
    { numRuns: 2_000 },
  );
});
