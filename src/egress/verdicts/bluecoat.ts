import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';
import { isTlsPort } from './tls-port.ts';

const failures = /^(tcp_error|dns_|ssl_|gateway_error|server_)/;
const policies = /^(policy_|content_filter_|user_defined|authorization_failed|virus_detected|icap_)/;
/** A reply to CONNECT is far below this; what is beyond it came from the destination. */
const TUNNEL_REPLY = 512;

/** ProxySG, by `s-action`, `sc-filter-result`, `x-exception-id` and, where logged, the bytes of the server's side. */
export function judgeBluecoat(facts: ProxyFacts): Verdict {
  const action = (facts.tag ?? '').toUpperCase();
  const exception = (facts.reason ?? '').toLowerCase();
  const filter = (facts.action ?? '').toUpperCase();
  const { status, serverStatus = 0 } = facts;
  if (status === 407 || exception.startsWith('authentication_') || action.includes('AUTH_REDIRECT'))
    return verdict('A', 'the proxy asked for credentials');
  const errorAction = action.includes('DENIED') || action.includes('ERR_MISS') || filter === 'DENIED';
  if (failures.test(exception)) return verdict('F', `the server failed (${exception}), no policy`);
  if (action.includes('DENIED') || action.includes('POLICY_REDIRECT') || policies.test(exception))
    return serverStatus > 0
      ? verdict('S', `the server answered ${serverStatus}, and the answer was blocked`, { back: 'yes' })
      : verdict('P', `denied by policy (${exception === '' ? action : exception})`);
  if (action.includes('TUNNEL')) return judgeTunnel(facts);
  if (errorAction)
    return verdict('U', `an error or a policy: x-exception-id would tell (${action || filter})`);
  if (status === 0 && (action === '' || action === '-')) return verdict('T', 'no answer and no action');
  if (/HIT(_RST)?$/.test(action) && !action.includes('AUTH_HIT'))
    return verdict('C', 'from the cache', { reached: 'no', out: 'no', back: 'no', flags: ['cache'] });
  if (/MISS|CLIENT_REFRESH|AUTH_HIT|ACCELERATED/.test(action)) {
    if (
      serverStatus > 0 ||
      (facts.serverStatus === undefined && status !== undefined && status < 500 && status > 0)
    )
      return action.endsWith('_RST')
        ? verdict('B', 'the client left during the answer', { complete: 'no' })
        : verdict('C', `an answer was passed on, status ${serverStatus || status}`);
    if (status === 503 || status === 504) return verdict('F', `no server answered (status ${status})`);
  }
  return verdict('U', `${action === '' ? 'no s-action' : action}: rs-status would tell`);
}

function judgeTunnel({ toServer, fromServer, toClient, destinationPort }: ProxyFacts): Verdict {
  if (toServer !== undefined && fromServer !== undefined) {
    const counted = `${toServer} bytes to the server, ${fromServer} back` as const;
    if (toServer > 0) return verdict(fromServer > 0 ? 'B' : 'S', counted);
    if (fromServer > 0) return verdict('U', counted, { reached: 'yes', back: 'yes', flags: ['in-only'] });
    return verdict('O', counted, { out: 'no' });
  }
  if ((toClient ?? 0) > TUNNEL_REPLY)
    return isTlsPort(destinationPort)
      ? verdict('B', `${toClient} bytes to the client, more than the reply to CONNECT`, {
          flags: ['inferred'],
        })
      : verdict('U', 'bytes came back; rs-bytes and sr-bytes would tell what went out', {
          reached: 'yes',
          back: 'yes',
          flags: ['in-only'],
        });
  return verdict('O', 'a tunnel; nothing beyond the reply to CONNECT came back', { flags: ['inferred'] });
}
