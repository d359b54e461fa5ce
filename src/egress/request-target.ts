import { shortAddress } from './ip-address.ts';

/** Where a request goes. `host` is in lower case, without the brackets of an IPv6 address and without a closing dot. */
export interface RequestTarget {
  readonly host: string;
  readonly port: number | undefined;
}

const portOfScheme: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  ftp: 21,
};

const authority =
  /^(?:[^@/?#\s]{1,512}@)?(?:\[([0-9a-f:.%]{2,64})\]|([^:/?#\s[\]@]{1,255}))(?::(\d{1,5}))?$/i;

/**
 * The host and port of what a request asks for: `http://host:port/path`, or `host:port` as a CONNECT has it. Undefined where
 * it names none (`/path`, `error:…`).
 */
export function readTarget(url: string, method?: string): RequestTarget | undefined {
  const scheme = /^([a-z][a-z0-9+.-]{0,15}):\/\//i.exec(url);
  if (scheme === null) {
    if (method !== undefined && method !== 'CONNECT' && method !== '-') return undefined;
    if (url.startsWith('error:')) return undefined;
    return ofAuthority(url.replace(/\/$/, ''), undefined);
  }
  const rest = url.slice(scheme[0].length);
  const end = rest.search(/[/?#]/);
  return ofAuthority(end < 0 ? rest : rest.slice(0, end), portOfScheme[(scheme[1] ?? '').toLowerCase()]);
}

function ofAuthority(text: string, usual: number | undefined): RequestTarget | undefined {
  const found = authority.exec(text);
  const host = found?.[1] ?? found?.[2];
  if (found === null || host === undefined) return undefined;
  const port = found[3] === undefined ? usual : Number(found[3]);
  if (port !== undefined && port > 65_535) return undefined;
  return { host: plainHost(host), port };
}

/** A name or an address in the form in which two are compared. */
export function plainHost(host: string): string {
  const lower = host.toLowerCase();
  const name = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  return name.includes(':') ? (shortAddress(name) ?? name) : name;
}
