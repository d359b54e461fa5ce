import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';

const passed = { reached: 'unknown', out: 'unknown', back: 'unknown' } as const;

/** PAN-OS TRAFFIC: action, end reason, bytes of whole packets, packets. */
export function judgePaloAltoTraffic(facts: ProxyFacts): Verdict {
  const { toServer = 0, fromServer = 0, packetsBack, app = '', transport = 'tcp' } = facts;
  const subtype = (facts.subtype ?? '').toLowerCase();
  const end = (facts.reason ?? '').toLowerCase();
  const action = (facts.action ?? '').toLowerCase();
  if (/^(deny|drop|reset)/.test(action) || subtype === 'drop' || subtype === 'deny')
    return toServer + fromServer > 0
      ? verdict(
          'P',
          `the action was ${action || subtype}; ${toServer + fromServer} bytes of packets had passed before`,
          passed,
        )
      : verdict('P', `the action was ${action || subtype}`);
  if ((facts.sessions ?? 1) > 1) return verdict('U', `one record of ${facts.sessions} sessions`);
  if (end === 'threat' || end === 'policy-deny')
    return verdict('P', `cut off (${end}); ${toServer} bytes had gone out, ${fromServer} come back`, passed);
  if (subtype === 'start') return verdict('T', 'the beginning of a session; the record of its end decides');
  if (action !== 'allow') return verdict('U', 'action would tell');
  if (fromServer === 0)
    return transport === 'udp' && toServer > 0
      ? verdict('S', `${toServer} bytes of packets out, none back`, { reached: 'unknown' })
      : verdict('T', end === '' ? 'allowed, no packet came back' : `allowed, no packet came back (${end})`);
  if (end === 'tcp-rst-from-server' && (packetsBack ?? 1) <= 1) return verdict('F', 'the server refused');
  if (app === 'incomplete') return verdict('O', 'the handshake only', { out: 'no' });
  if (packetsBack !== undefined && packetsBack <= 2)
    return verdict('O', `${packetsBack} packets back: no more than a handshake`, { flags: ['inferred'] });
  if (packetsBack === undefined && app === 'insufficient-data')
    return verdict('U', 'the number of packets would tell');
  return verdict('B', `${toServer} bytes of packets out, ${fromServer} back`);
}

/** PAN-OS THREAT of subtype url: what was asked for, without bytes. */
export function judgePaloAltoUrl({ action = '' }: ProxyFacts): Verdict {
  if (/^(block|deny|drop|reset)/i.test(action)) return verdict('P', `the action was ${action}`);
  return verdict('T', action === '' ? 'asked for' : `asked for (${action})`);
}

/** FortiOS traffic, by action and counters. */
export function judgeFortinetTraffic(facts: ProxyFacts): Verdict {
  const { toServer = 0, fromServer = 0, packetsBack } = facts;
  const action = (facts.action ?? '').toLowerCase();
  if (action === 'deny' || /block/i.test(facts.reason ?? ''))
    return fromServer > 0
      ? verdict('P', `the action was ${action}; bytes had passed before`, passed)
      : verdict('P', `the action was ${action}`);
  if (action === 'start') return verdict('T', 'the beginning of a session');
  if (action === 'ip-conn' || action === 'dns') return verdict('F', `the connection failed (${action})`);
  if (action === 'server-rst' && (packetsBack ?? 2) <= 1) return verdict('F', 'the server refused');
  if (fromServer === 0)
    return action === 'timeout' || toServer === 0
      ? verdict('T', `the action was ${action}: nothing came back`)
      : verdict('S', `${toServer} bytes of packets out, none back`, { reached: 'unknown' });
  if (packetsBack !== undefined && packetsBack <= 2)
    return verdict('O', `${packetsBack} packets back: no more than a handshake`, { flags: ['inferred'] });
  if (/^(close|accept|client-rst|server-rst|timeout)$/.test(action))
    return verdict('B', `${toServer} bytes of packets out, ${fromServer} back`);
  return verdict('U', action === '' ? 'no action' : `the action was ${action}`);
}

export function judgeFortinetWebfilter({ action = '', fromServer = 0 }: ProxyFacts): Verdict {
  if (/^block/i.test(action))
    return fromServer > 0
      ? verdict('P', `the action was ${action}; bytes had passed before`, passed)
      : verdict('P', `the action was ${action}`);
  return verdict('T', 'the request was allowed');
}
