import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

/** nginx as a forward proxy: `$upstream_status`, `$upstream_bytes_sent`, `$upstream_bytes_received`. */
export function judgeNginx(facts: ProxyFacts): Verdict {
  const { toServer, fromServer, serverStatus, status = 0, completed } = facts;
  if (toServer !== undefined && toServer > 0) {
    if (fromServer === 0) return verdict('S', `${toServer} bytes to the server, none back`);
    if (serverStatus !== undefined && serverStatus > 0)
      return completed === false
        ? verdict('B', 'the client left during the answer', { complete: 'no' })
        : verdict('C', `the server answered ${serverStatus}`);
  }
  if (toServer === 0) return verdict('F', `nothing went to a server (status ${status})`);
  if (status === 403)
    return verdict('U', "403 may be the proxy's or the server's: $upstream_status would tell");
  if (status === 502 || status === 504) return verdict('U', '$upstream_bytes_sent would tell');
  return verdict('U', '$upstream_status would tell');
}

/** The request of a CONNECT and Apache's reply to it, at least. */
const REPLY = 76;

/** Apache with mod_proxy: it has no counters of the server's side; `%I` and `%O` hold the tunnel. */
export function judgeApache(facts: ProxyFacts): Verdict {
  const { status = 0, method, fromClient, toClient, fromClientHeaders } = facts;
  if (status === 407) return verdict('A', 'the proxy asked for credentials');
  if (method === 'CONNECT' && status === 200) {
    if (fromClient === undefined || toClient === undefined || fromClientHeaders === undefined)
      return verdict('U', '%I and %O, less the CONNECT itself, would tell', { reached: 'yes' });
    const out = Math.max(0, fromClient - fromClientHeaders);
    const back = Math.max(0, toClient - REPLY);
    const counted = `${out} bytes out, about ${back} back` as const;
    if (out > 0) return verdict(back > 0 ? 'B' : 'S', counted);
    return back > 0
      ? verdict('U', counted, { reached: 'yes', back: 'yes', flags: ['in-only'] })
      : verdict('O', counted);
  }
  if (status === 403) return verdict('U', "403 may be the proxy's or the server's");
  if (status >= 500) return verdict('U', `${status} may be the proxy's or the server's`);
  if (status >= 200)
    return verdict('C', `an answer was passed on, status ${status}`, { flags: ['inferred'] });
  return verdict('T', 'no answer');
}

/** A log in the common form, of Apache or nginx: what it has of the server's side tells how it is to be read. */
export function judgeAccessLog(facts: ProxyFacts): Verdict {
  return facts.toServer !== undefined || facts.serverStatus !== undefined
    ? judgeNginx(facts)
    : judgeApache(facts);
}
