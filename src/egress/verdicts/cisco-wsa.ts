import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

const CONNECT_REPLY = 39;

/** Cisco WSA, by result code and ACL decision tag (`BLOCK_WEBCAT_12-Policy-…`). */
export function judgeCiscoWsa(facts: ProxyFacts): Verdict {
  const result = (facts.tag ?? '').toUpperCase();
  const decision = (facts.reason ?? '').toUpperCase();
  const { status = 0, toClient = 0, method = '' } = facts;
  if (/^BLOCK_AMW_RESP/.test(decision) && result.includes('MISS'))
    return verdict('S', 'fetched, and blocked on its way in', { back: 'yes' });
  if (/^(BLOCK|DROP)_/.test(decision)) return verdict('P', `blocked (${decision.split('-')[0]})`);
  if (status === 407 || /^NO_PASSWORD/.test(decision)) return verdict('A', 'the proxy asked for credentials');
  if (result.includes('DENIED')) return verdict('P', `denied (status ${status})`);
  if (result.startsWith('NONE'))
    return status >= 502 && status <= 504
      ? verdict('F', `no answer of a server (status ${status})`)
      : verdict('U', `an error of status ${status}`);
  const connect = method === 'CONNECT' || method === 'TCP_CONNECT';
  if (/^DECRYPT_/.test(decision)) return verdict('T', 'decrypted: the https records inside decide');
  if (/^(PASSTHRU|ALLOW|DEFAULT_CASE|MONITOR)/.test(decision)) {
    if (connect && status === 200)
      return toClient > 4 * CONNECT_REPLY
        ? verdict('B', `${toClient} bytes to the client in a tunnel`, { flags: ['inferred'] })
        : verdict('O', 'a tunnel; nothing beyond the reply came back', { flags: ['inferred'] });
    if (/HIT/.test(result) && !/REFRESH_HIT/.test(result))
      return verdict('C', 'from the cache', { reached: 'no', out: 'no', back: 'no', flags: ['cache'] });
    if (/MISS/.test(result) && status >= 200 && status < 500)
      return verdict('C', `an answer was passed on, status ${status}`);
    if (/REFRESH_HIT/.test(result))
      return verdict('B', 'the server said that the copy holds', { flags: ['cache'] });
  }
  return verdict(
    'U',
    decision === ''
      ? `result code ${result} without a decision tag`
      : `result code ${result} with decision tag ${decision}`,
  );
}
