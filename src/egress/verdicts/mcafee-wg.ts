import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

/**
 * McAfee / Skyhigh Web Gateway: the block id (`reason`; 0 none) and the four byte counts of the key=value form. The access log
 * has only what went to the client.
 */
export function judgeMcafeeWg(facts: ProxyFacts): Verdict {
  const { status = 0, toServer, fromServer, toClient, method } = facts;
  const blocked = facts.reason !== undefined && facts.reason !== '0';
  const counted = toServer !== undefined && fromServer !== undefined;
  if (status === 407) return verdict('A', 'the proxy asked for credentials');
  if (blocked) {
    if (counted && toServer > 0)
      return verdict('S', `blocked (${facts.reason}) when ${fromServer} bytes had come from the server`, {
        back: fromServer > 0 ? 'yes' : 'no',
      });
    return counted
      ? verdict('P', `blocked (${facts.reason})`)
      : verdict('P', `blocked (${facts.reason})`, { reached: 'unknown', out: 'unknown', back: 'unknown' });
  }
  if (counted) {
    const bytes = `${toServer} bytes to the server, ${fromServer} back` as const;
    if (toServer > 0 && fromServer > 0) return verdict(method === 'CONNECT' ? 'B' : 'C', bytes);
    if (toServer > 0) return verdict('S', bytes);
    if (fromServer > 0) return verdict('U', bytes, { back: 'yes', flags: ['in-only'] });
    return status >= 502 ? verdict('F', `no server (status ${status})`) : verdict('T', bytes);
  }
  if (method === 'CONNECT' && status === 200)
    return verdict('U', 'the bytes between proxy and server would tell');
  if (status >= 500)
    return toClient === 0
      ? verdict('F', `no answer of a server (status ${status})`)
      : verdict('U', `${status} may be the proxy's or the server's`);
  if (status >= 200)
    return verdict('C', `an answer was passed on, status ${status}`, { flags: ['inferred'] });
  return verdict('T', 'no answer');
}
