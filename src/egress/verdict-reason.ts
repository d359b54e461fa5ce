import type { Filled } from '../core/phrase.ts';

/**
 * Everything that a verdict can rest on, as parts of English sentences; `%s` stands for what the record has there. The page has
 * each in its own language, so that a new one does not compile before it is worded there.
 */
export const verdictReasonPatterns = [
  // an answer
  'an answer was passed on, status %s',
  'an answer was seen, status %s',
  'the server answered %s',
  'the next hop answered %s',
  'the server answered %s, and the answer was blocked',
  'the answer came and was blocked on its way in',
  'fetched, and blocked on its way in',
  'blocked (%s) when %s bytes had come from the server',
  'the client left during the answer',
  'the connection was upgraded (WebSocket)',
  'TLS was established',
  'TLS failed',
  'TLS failed (%s)',
  'the parent proxy or the destination answered %s',
  'a proxy answered %s',
  // a cache
  'from the cache',
  'from the cache: this request did not go to the destination',
  'from the fetch of another client',
  'the server said that the copy holds',
  'the server said that the copy still holds; the body came from the cache',
  'the copy could not be renewed; the server failed',
  // counted bytes
  '%s bytes to the server, %s back',
  '%s bytes to the server, none back',
  '%s bytes out',
  '%s bytes out, %s back',
  '%s bytes out, about %s back',
  '%s bytes out, none back',
  '%s: %s bytes out, %s back',
  '%s: %s bytes out, %s back: one side was seen',
  '%s: %s bytes out, %s back: the directions are guessed',
  '%s bytes of packets out, %s back',
  '%s bytes of packets out, none back',
  '%s packets back: no more than a handshake',
  'the handshake only',
  'bytes back only',
  // tunnels
  '%s bytes went into the tunnel, %s came back',
  '%s bytes went into the tunnel, %s came back: the server spoke first',
  '%s bytes went into the tunnel, none came back',
  '%s bytes to the client in a tunnel',
  '%s bytes to the client, more than the reply to CONNECT',
  'about %s bytes came back on a port of TLS, where the client speaks first',
  'about %s bytes came back; what went out (%>st, %>sh) was not counted',
  'a tunnel was opened and nothing came back; what went out was not counted',
  'a tunnel; nothing beyond the reply came back',
  'a tunnel; nothing beyond the reply to CONNECT came back',
  'a tunnel without bytes',
  'a tunnel of status %s',
  // a request without an answer
  'the request was written, no answer came (%s)',
  'the request was written, the client left before an answer',
  'a request was seen, no answer',
  'a ClientHello was seen, no ServerHello',
  // no server
  'the server could not be reached (%s)',
  'the server failed (%s), no policy',
  'the server refused',
  'the connection failed (%s)',
  'the name was not resolved (%s)',
  'no connection was made (status %s)',
  'no connection to the server was made',
  'no answer of a server (status %s)',
  'no server answered (status %s)',
  'no server (status %s)',
  'no server was used',
  'no server was used: no name, no route',
  'nothing went to a server (status %s)',
  // refused
  'the proxy asked for credentials',
  'the parent proxy asked for credentials',
  'the service asked for credentials',
  'the proxy denied it (status %s)',
  'the proxy itself answered 403',
  'the proxy sent the client elsewhere',
  'the proxy answered %s',
  'the parent proxy answered %s',
  'denied (status %s)',
  'denied by policy (%s)',
  'blocked',
  'blocked (%s)',
  'cut off (%s); %s bytes had gone out, %s come back',
  'the action was %s',
  'the action was %s; bytes had passed before',
  'the action was %s; %s bytes had passed before',
  'the action was %s; %s bytes of packets had passed before',
  'the action was %s: nothing came back',
  // tried
  'decrypted: the https records inside decide',
  'asked for',
  'asked for (%s)',
  'allowed; no bytes',
  'allowed, no packet came back',
  'allowed, no packet came back (%s)',
  'no answer',
  'no answer and no action',
  '%s: no answer to the handshake was seen',
  'reached the proxy, which has no usable request',
  'the beginning of a session',
  'the beginning of a session; the record of its end decides',
  'the client left before a server was used',
  'the client left before an answer',
  'the client sent nothing behind its CONNECT',
  'the name was looked up',
  'the request was allowed',
  "the 200 is the proxy's own (it looks into TLS); the next records of the client port decide",
  'the 200 is of a proxy; the tunnel behind it decides',
  "the reply is the service's own; the records inside the tunnel decide",
  // unknown
  "%s may be the proxy's or the server's",
  "%s may be the proxy's or the server's: $upstream_status would tell",
  "%s may be the proxy's or the server's: the status from the server (%<Hs) or %err_code would tell",
  "status %s may be the service's own or the server's",
  'what answered may be the service or the server: the status is missing',
  '%s with %s',
  '%s without a reason',
  '%s: rs-status would tell',
  'no s-action: rs-status would tell',
  'result code %s with decision tag %s',
  'result code %s without a decision tag',
  'a neighbour cache asked, no client',
  'action would tell',
  'an error of status %s',
  'an error or a policy: x-exception-id would tell (%s)',
  'bytes came back; rs-bytes and sr-bytes would tell what went out',
  'err_code would tell who answered',
  'no action',
  'no server, %s',
  'older versions write %s for good tunnels, too: bytes of both sides would tell',
  'one record of %s sessions',
  'status %s is no end of an answer',
  'the bytes between proxy and server would tell',
  'the number of packets would tell',
  'the size (%<st) would tell',
  'the status from the server would tell',
  '$upstream_bytes_sent would tell',
  '$upstream_status would tell',
  '%I and %O, less the CONNECT itself, would tell',
] as const;

export type VerdictReasonPattern = (typeof verdictReasonPatterns)[number];

export type VerdictReason = Filled<VerdictReasonPattern>;

/** A reason taken apart: what was put in stands at the places of `%s`, in their order. */
export interface ReasonParts {
  readonly pattern: VerdictReasonPattern;
  readonly parts: readonly string[];
}

/** With what stands fast most first: `%s bytes out, none back` is tried before `%s bytes out, %s back`. */
const forms = verdictReasonPatterns
  .toSorted((one, other) => fixed(other) - fixed(one))
  .map((pattern) => {
    const escaped = pattern.split('%s').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { pattern, form: new RegExp(`^${escaped.join('(.*)')}$`, 's') };
  });

function fixed(pattern: string): number {
  return pattern.replaceAll('%s', '').length;
}

/** The pattern of a reason and what was put into it. */
export function reasonParts(reason: VerdictReason): ReasonParts {
  for (const { pattern, form } of forms) {
    const found = form.exec(reason);
    if (found) return { pattern, parts: found.slice(1) };
  }
  throw new Error(`no pattern for the reason ${JSON.stringify(reason)}`);
}
