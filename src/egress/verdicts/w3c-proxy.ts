import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

/**
 * A proxy of no known make that logs in the W3C's format: what `rs-status`, `sr-bytes` and `rs-bytes` say, where it has them, and
 * what it says that it decided.
 */
export function judgeW3cProxy(facts: ProxyFacts): Verdict {
  const { status = 0, serverStatus, toServer, fromServer, method } = facts;
  if (status === 407) return verdict('A', 'the proxy asked for credentials');
  if (facts.action === 'blocked')
    return serverStatus !== undefined && serverStatus > 0
      ? verdict('S', `the server answered ${serverStatus}, and the answer was blocked`, { back: 'yes' })
      : verdict('P', 'blocked', { reached: 'unknown', out: 'unknown', back: 'unknown' });
  const isTunnel = method === 'CONNECT';
  if (toServer !== undefined && fromServer !== undefined) {
    const counted = `${toServer} bytes to the server, ${fromServer} back` as const;
    if (toServer > 0 && fromServer > 0) return verdict(isTunnel ? 'B' : 'C', counted);
    if (toServer > 0) return verdict('S', counted);
    if (fromServer > 0) return verdict('U', counted, { reached: 'yes', back: 'yes', flags: ['in-only'] });
    if (isTunnel && status === 200) return verdict('O', counted, { out: 'no' });
  }
  if (facts.action === 'failure') return verdict('F', `no server answered (status ${status})`);
  if (!isTunnel && serverStatus !== undefined && serverStatus > 0)
    return verdict('C', `the server answered ${serverStatus}`);
  // Nobody but the proxy answers a CONNECT.
  if (isTunnel && status >= 502 && status <= 504)
    return verdict('F', `no server answered (status ${status})`);
  if (isTunnel) return verdict('U', 'the bytes between proxy and server would tell');
  if (serverStatus === 0 && status >= 500) return verdict('F', `no server answered (status ${status})`);
  if (status === 403 || status >= 500) return verdict('U', `${status} may be the proxy's or the server's`);
  if (status >= 200 && serverStatus === undefined)
    return verdict('C', `an answer was passed on, status ${status}`, { flags: ['inferred'] });
  return verdict('U', 'the status from the server would tell');
}
