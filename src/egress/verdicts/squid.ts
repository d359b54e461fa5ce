import type { ProxyFacts } from '../proxy-facts.ts';
import { type Verdict, type VerdictFlag, verdict } from '../verdict.ts';
import { isTlsPort } from './tls-port.ts';

/** `HTTP/1.1 200 Connection established` and its blank line. */
const CONNECT_REPLY = 39;

interface Tag {
  /** Without transport, `CF`, and what stands behind: `MISS`, `TUNNEL`, `REFRESH_UNMODIFIED` …. */
  readonly name: string;
  readonly transport: string;
  readonly aborted: boolean;
  /** It rode on the fetch of another client. */
  readonly shared: boolean;
}

/** `TCP_CF_MISS_ABORTED` in its parts: suffixes are taken from the right. */
function tagOf(text: string): Tag {
  const [transport = '', ...rest] = text
    .toUpperCase()
    .replace(/^TAG_NONE$|^NONE$/, 'NONE_NONE')
    .split('_');
  let aborted = false;
  while (['IGNORED', 'TIMEDOUT', 'ABORTED'].includes(rest.at(-1) ?? '')) {
    if (rest.pop() !== 'IGNORED') aborted = true;
  }
  const shared = rest[0] === 'CF';
  if (shared) rest.shift();
  return { name: rest.join('_'), transport, aborted, shared };
}

const directHierarchies = new Set(['HIER_DIRECT', 'DIRECT', 'ORIGINAL_DST', 'PINNED', 'CLOSEST_DIRECT']);

/** Squid, native and extended formats; the patterns were measured on Squid 5.7 (Squid's `%Ss`, `%Sh`, `%err_code`). */
export function judgeSquid(facts: ProxyFacts): Verdict {
  const tag = tagOf(facts.tag ?? '');
  const hierarchy = (facts.hierarchy ?? '').toUpperCase().replace(/^TIMEOUT_/, '');
  const noServer = hierarchy === '' || hierarchy === 'HIER_NONE' || hierarchy === 'NONE' || hierarchy === '-';
  const peer = !noServer && !directHierarchies.has(hierarchy.replace(/^HIER_ORIGINAL/, 'ORIGINAL'));
  const flags: readonly VerdictFlag[] = peer ? ['peer'] : [];
  const status = facts.status ?? 0;
  if (tag.transport === 'UDP' || tag.transport === 'ICP')
    return verdict('U', 'a neighbour cache asked, no client');
  if (tag.name === 'DENIED_REPLY')
    return verdict('S', 'the answer came and was blocked on its way in', { back: 'yes', flags });
  if (tag.name === 'DENIED')
    return status === 407
      ? verdict('A', 'the proxy asked for credentials')
      : verdict('P', `the proxy denied it (status ${status})`);
  if (tag.name === 'REDIRECT') return verdict('P', 'the proxy sent the client elsewhere');
  if (tag.name === 'TUNNEL') return judgeTunnel(facts, status, flags);
  if (tag.name === 'REFRESH_FAIL_OLD' || tag.name === 'REFRESH_FAIL_ERR' || tag.name === 'REFRESH_FAIL')
    return verdict('F', 'the copy could not be renewed; the server failed', {
      reached: 'unknown',
      out: 'unknown',
      back: 'unknown',
      flags,
    });
  if (tag.name === 'REFRESH_UNMODIFIED')
    return verdict('B', 'the server said that the copy still holds; the body came from the cache', {
      flags: [...flags, 'cache'],
    });
  if (tag.name.endsWith('HIT') && tag.name !== 'NONE')
    return verdict('C', 'from the cache: this request did not go to the destination', {
      reached: 'no',
      out: 'no',
      back: 'no',
      flags: ['cache'],
    });
  if (tag.name === 'NONE' || tag.name === '') return judgeNone(facts, tag, status, noServer, flags);
  return noServer ? judgeUnserved(facts, tag, status) : judgeServed(facts, tag, status, flags);
}

/** `NONE_NONE`: Squid itself answered, or nobody did. */
function judgeNone(
  facts: ProxyFacts,
  tag: Tag,
  status: number,
  noServer: boolean,
  flags: readonly VerdictFlag[],
): Verdict {
  if (status === 403) return verdict('P', 'the proxy itself answered 403');
  if (status === 407) return verdict('A', 'the proxy asked for credentials');
  if (status >= 500)
    return verdict('F', noServer ? 'no server was used' : 'no connection to the server was made', { flags });
  if (isFailedConnect(facts.reason)) return verdict('F', `the server could not be reached (${facts.reason})`);
  if (facts.method === 'CONNECT' && status === 200 && !tag.aborted)
    return verdict(
      'T',
      "the 200 is the proxy's own (it looks into TLS); the next records of the client port decide",
    );
  if (facts.method === 'CONNECT') return verdict('T', 'the client sent nothing behind its CONNECT');
  return verdict('T', 'reached the proxy, which has no usable request', {
    reached: 'no',
    out: 'no',
    back: 'no',
  });
}

/** A request without a server. */
function judgeUnserved(facts: ProxyFacts, { aborted }: Tag, status: number): Verdict {
  if (status === 407) return verdict('A', 'the proxy asked for credentials');
  if (status === 403) return verdict('P', 'the proxy itself answered 403');
  if (status >= 500) return verdict('F', 'no server was used: no name, no route');
  if (aborted || status === 0) return verdict('T', 'the client left before a server was used');
  return verdict(
    'U',
    facts.reason === undefined ? 'err_code would tell who answered' : `no server, ${facts.reason}`,
  );
}

/** A request for which Squid went to a server or a parent. */
function judgeServed(facts: ProxyFacts, tag: Tag, status: number, flags: readonly VerdictFlag[]): Verdict {
  const { serverStatus } = facts;
  if (status === 0) {
    if (facts.requestWritten === true)
      return verdict('S', 'the request was written, the client left before an answer', {
        back: 'unknown',
        flags,
      });
    return verdict('T', 'the client left before an answer', { flags });
  }
  if (tag.shared)
    return verdict('C', 'from the fetch of another client', {
      out: 'no',
      complete: tag.aborted ? 'no' : 'unknown',
      flags: [...flags, 'cache'],
    });
  if (serverStatus !== undefined && serverStatus > 0)
    return tag.aborted
      ? verdict('B', 'the client left during the answer', { complete: 'no', flags })
      : verdict('C', `the next hop answered ${serverStatus}`, { flags });
  if (status >= 500) return judgeServerError(facts, flags);
  if (tag.aborted) return verdict('B', 'the client left during the answer', { complete: 'no', flags });
  if (flags.includes('peer') && (status === 403 || status === 407))
    return verdict('B', `the parent proxy or the destination answered ${status}`, { flags });
  if (status < 200) return verdict('U', `status ${status} is no end of an answer`, { flags });
  return verdict('C', `an answer was passed on, status ${status}`, { flags });
}

/** An error that Squid or the server may have written. */
function judgeServerError(
  { reason, serverStatus, status = 0 }: ProxyFacts,
  flags: readonly VerdictFlag[],
): Verdict {
  const error = (reason ?? '').toUpperCase();
  if (isFailedConnect(reason)) return verdict('F', `the server could not be reached (${reason})`, { flags });
  if (/ZERO_SIZE_OBJECT|READ_ERROR|READ_TIMEOUT/.test(error))
    return verdict('S', `the request was written, no answer came (${reason})`, { flags });
  return verdict(
    'U',
    serverStatus === undefined
      ? `${status} may be the proxy's or the server's: the status from the server (%<Hs) or %err_code would tell`
      : reason === undefined
        ? `${status} without a reason`
        : `${status} with ${reason}`,
    { flags },
  );
}

function isFailedConnect(reason: string | undefined): boolean {
  return /CONNECT_FAIL|DNS_FAIL|CANNOT_FORWARD/.test((reason ?? '').toUpperCase());
}

/** A `CONNECT` or an upgrade. A 200 proves a connection to the next hop, and no content. */
function judgeTunnel(facts: ProxyFacts, status: number, flags: readonly VerdictFlag[]): Verdict {
  if (status === 101) return verdict('B', 'the connection was upgraded (WebSocket)', { flags });
  const peer = flags.includes('peer');
  const unknownBits = peer ? ({ out: 'unknown', back: 'unknown' } as const) : {};
  if (status === 407)
    return verdict('A', 'the parent proxy asked for credentials', { flags, ...unknownBits });
  if (status === 403 || (status >= 400 && status < 500))
    return verdict('P', `the ${peer ? 'parent ' : ''}proxy answered ${status}`, { flags, ...unknownBits });
  const { toClient, toClientHeaders, fromClient, fromClientHeaders } = facts;
  const size = toClient ?? 0;
  if (status >= 500)
    return size > CONNECT_REPLY
      ? verdict('U', `older versions write ${status} for good tunnels, too: bytes of both sides would tell`, {
          flags,
        })
      : verdict('F', `no connection was made (status ${status})`, { flags, ...unknownBits });
  if (status !== 200) return verdict('U', `a tunnel of status ${status}`, { flags });
  const out = difference(fromClient, fromClientHeaders);
  const back = difference(toClient, toClientHeaders);
  if (out !== undefined && back !== undefined) return judgeCounted(out, back, flags);
  if (toClient === undefined) return verdict('U', 'the size (%<st) would tell', { reached: 'yes', flags });
  if (size === 0 || size === CONNECT_REPLY)
    return out !== undefined && out > 0
      ? verdict('S', `${out} bytes went into the tunnel, none came back`, { flags })
      : verdict('O', 'a tunnel was opened and nothing came back; what went out was not counted', { flags });
  // Sizes below the reply to CONNECT are of tunnels without one, into which the proxy had looked.
  const came = size > CONNECT_REPLY ? size - CONNECT_REPLY : size;
  if (out !== undefined && out > 0)
    return verdict('B', `${out} bytes went into the tunnel, ${came} came back`, { flags });
  if (size > CONNECT_REPLY && isTlsPort(facts.destinationPort))
    return verdict('B', `about ${came} bytes came back on a port of TLS, where the client speaks first`, {
      flags: [...flags, 'inferred'],
    });
  return verdict('U', `about ${came} bytes came back; what went out (%>st, %>sh) was not counted`, {
    reached: 'yes',
    back: 'yes',
    flags: [...flags, 'in-only'],
  });
}

/** A tunnel of which both sides were counted. */
function judgeCounted(out: number, back: number, flags: readonly VerdictFlag[]): Verdict {
  const counted = `${out} bytes went into the tunnel, ${back} came back` as const;
  if (out > 0) return verdict(back > 0 ? 'B' : 'S', counted, { flags });
  if (back > 0)
    return verdict('U', `${counted}: the server spoke first`, {
      reached: 'yes',
      out: 'no',
      back: 'yes',
      flags: [...flags, 'in-only'],
    });
  return verdict('O', counted, { out: 'no', flags });
}

function difference(whole: number | undefined, headers: number | undefined): number | undefined {
  return whole === undefined || headers === undefined ? undefined : Math.max(0, whole - headers);
}
