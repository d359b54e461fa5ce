import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, verdict } from '../verdict.ts';
import type { VerdictReason } from '../verdict-reason.ts';

/** Zeek's conn: `conn_state`, `history`, payload bytes. It watches: what it saw, the wire had. */
export function judgeZeekConn(facts: ProxyFacts): Verdict {
  const { toServer = 0, fromServer = 0, history = '', transport = 'tcp' } = facts;
  const state = (facts.tag ?? '').toUpperCase();
  const out = toServer > 0 || history.includes('D');
  const back = fromServer > 0 || history.includes('d');
  const counted = `${state}: ${toServer} bytes out, ${fromServer} back` as const;
  const inOnly = () => verdict('U', `${counted}: one side was seen`, { back: 'yes', flags: ['in-only'] });
  if (history.startsWith('^')) return verdict('U', `${counted}: the directions are guessed`);
  if (transport === 'udp') {
    if (state === 'SF') return verdict('B', counted);
    if (state === 'S0') return verdict('S', counted, { reached: 'unknown' });
    return state === 'SHR' ? inOnly() : byBytes(out, back, counted);
  }
  if (['S0', 'SH', 'RSTOS0'].includes(state))
    return verdict('T', `${state}: no answer to the handshake was seen`);
  if (state === 'REJ') return verdict('F', 'the server refused');
  if (['RSTRH', 'SHR'].includes(state)) return inOnly();
  if (['SF', 'S1', 'S2', 'S3', 'RSTO', 'RSTR'].includes(state)) {
    if (out && back) return verdict('B', counted);
    if (out) return verdict('S', counted);
    if (back) return verdict('U', counted, { reached: 'yes', back: 'yes', flags: ['in-only'] });
    return verdict('O', counted, { out: 'no' });
  }
  return byBytes(out, back, counted);
}

function byBytes(out: boolean, back: boolean, counted: VerdictReason): Verdict {
  if (out && back) return verdict('B', counted);
  return verdict('U', counted, back ? { back: 'yes', flags: ['in-only'] } : {});
}

/** Zeek's http: a status is an answer that was seen. */
export function judgeZeekHttp({ status, method }: ProxyFacts): Verdict {
  if (status === undefined || status === 0) return verdict('S', 'a request was seen, no answer');
  if (method === 'CONNECT')
    return status === 200
      ? verdict('T', 'the 200 is of a proxy; the tunnel behind it decides', { flags: ['peer'] })
      : verdict(status === 407 ? 'A' : status === 403 ? 'P' : 'F', `a proxy answered ${status}`, {
          flags: ['peer'],
        });
  return verdict('C', `an answer was seen, status ${status}`);
}

/** Zeek's ssl. */
export function judgeZeekSsl({ established, version, reason }: ProxyFacts): Verdict {
  if (established === true) return verdict('B', 'TLS was established');
  if (version === undefined) return verdict('S', 'a ClientHello was seen, no ServerHello');
  return verdict('F', reason === undefined ? 'TLS failed' : `TLS failed (${reason})`, {
    reached: 'yes',
    out: 'yes',
    back: 'yes',
  });
}

/** A question for a name, which is no connection yet. Zeek's dns and Windows' DNS server. */
export function judgeDns({ tag = '' }: ProxyFacts): Verdict {
  if (/NXDOMAIN|SERVFAIL|REFUSED/i.test(tag)) return verdict('F', `the name was not resolved (${tag})`);
  return verdict('N', 'the name was looked up');
}
