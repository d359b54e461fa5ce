import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

/** Forcepoint Web: `action`, the proxy's status and the server's, bytes of both directions. */
export function judgeForcepoint(facts: ProxyFacts): Verdict {
  const { status = 0, serverStatus, fromClient = 0, toClient = 0, method } = facts;
  if (/^(block|deny|denied)/i.test(facts.action ?? '')) {
    if (serverStatus !== undefined && serverStatus > 0)
      return verdict('S', `the server answered ${serverStatus}, and the answer was blocked`, { back: 'yes' });
    const reason = facts.reason === undefined ? 'blocked' : (`blocked (${facts.reason})` as const);
    // CEF does not have the server's status: what was blocked may be an answer.
    return serverStatus === 0
      ? verdict('P', reason)
      : verdict('P', reason, { reached: 'unknown', out: 'unknown', back: 'unknown' });
  }
  if (status === 407) return verdict('A', 'the proxy asked for credentials');
  if (serverStatus === 0 && status >= 500) return verdict('F', `no answer of a server (status ${status})`);
  if (!/^(permit|allow)/i.test(facts.action ?? '')) return verdict('U', 'action would tell');
  if (method === 'CONNECT') {
    if (fromClient > 0 && toClient > 0)
      return verdict('B', `${fromClient} bytes out, ${toClient} back`, { flags: ['inferred'] });
    if (fromClient > 0) return verdict('S', `${fromClient} bytes out`, { flags: ['inferred'] });
    if (toClient > 0) return verdict('U', 'bytes back only', { back: 'yes', flags: ['in-only'] });
    return verdict('O', 'a tunnel without bytes', { flags: ['inferred'] });
  }
  if (serverStatus !== undefined && serverStatus > 0)
    return verdict('C', `the server answered ${serverStatus}`);
  return verdict('U', 'the status from the server would tell');
}
