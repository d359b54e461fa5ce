import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

/** The service's own reply to CONNECT. */
const CONNECT_REPLY = 65;
const MUCH = 4 * CONNECT_REPLY;

/** Zscaler's web feed: `action`, `respcode`, `respsize`, `proto`. */
export function judgeZscalerWeb(facts: ProxyFacts): Verdict {
  const { status, toClient = 0, method, protocol = '' } = facts;
  if (/^block/i.test(facts.action ?? ''))
    return verdict('P', facts.reason === undefined ? 'blocked' : `blocked (${facts.reason})`);
  if (status === 407) return verdict('A', 'the service asked for credentials');
  if (!/^allow/i.test(facts.action ?? '')) return verdict('U', 'action would tell');
  if (method === 'CONNECT' || /^(ssl|tunnel)/i.test(protocol)) {
    if (toClient >= MUCH)
      return verdict('B', `${toClient} bytes to the client in a tunnel`, { flags: ['inferred'] });
    return verdict('T', "the reply is the service's own; the records inside the tunnel decide");
  }
  if (status !== undefined && status >= 200 && status < 500)
    return verdict('C', `an answer was passed on, status ${status}`);
  return verdict(
    'U',
    status === undefined
      ? 'what answered may be the service or the server: the status is missing'
      : `status ${status} may be the service's own or the server's`,
  );
}

/** Zscaler's firewall feed. A record of several sessions tells nothing of one. */
export function judgeZscalerFirewall(facts: ProxyFacts): Verdict {
  const { sessions = 1, toServer = 0, fromServer = 0 } = facts;
  if (/^(drop|block|reset)/i.test(facts.action ?? ''))
    return toServer + fromServer > 0
      ? verdict('P', `the action was ${facts.action}; ${toServer + fromServer} bytes had passed before`, {
          reached: 'unknown',
          out: 'unknown',
          back: 'unknown',
        })
      : verdict('P', `the action was ${facts.action}`);
  if (sessions > 1) return verdict('U', `one record of ${sessions} sessions`);
  if (!/^allow/i.test(facts.action ?? '')) return verdict('U', 'action would tell');
  if (toServer > 0 && fromServer > 0) return verdict('B', `${toServer} bytes out, ${fromServer} back`);
  if (toServer > 0) return verdict('S', `${toServer} bytes out, none back`, { reached: 'unknown' });
  if (fromServer > 0) return verdict('U', 'bytes back only', { back: 'yes', flags: ['in-only'] });
  return verdict('T', 'allowed; no bytes');
}
