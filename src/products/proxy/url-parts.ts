/** What a request's target says. Texts are as logged, but the host, which is in lower case and without brackets. */
export interface UrlParts {
  readonly scheme: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly path: string | undefined;
  readonly query: string | undefined;
}

const defaultPorts: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ftp: '21',
  ws: '80',
  wss: '443',
};

const absolute = /^([a-z][a-z0-9+.-]{0,31}):\/\/([^/?#]*)/i;

/**
 * Takes a request's target apart: an absolute URL, or `host:port` as CONNECT has it. The text is an attacker's, so it is
 * cut and not interpreted. Undefined where it is neither (`error:invalid-request`).
 */
export function urlParts(url: string): UrlParts | undefined {
  const found = absolute.exec(url);
  if (!found) return authorityOnly(url);
  const [prefix, scheme = '', authority = ''] = found;
  const lower = scheme.toLowerCase();
  const { host, port } = hostAndPort(authority.slice(authority.lastIndexOf('@') + 1));
  const rest = url.slice(prefix.length);
  const question = rest.indexOf('?');
  const path = question < 0 ? rest : rest.slice(0, question);
  return {
    scheme: lower,
    host,
    port: port ?? defaultPorts[lower],
    path: path === '' ? undefined : path,
    query: question < 0 || question === rest.length - 1 ? undefined : rest.slice(question + 1),
  };
}

function authorityOnly(text: string): UrlParts | undefined {
  if (text.length > 300) return undefined;
  const found = /^(\[[0-9a-f:.%]+\]|[^\s:/?#@[\]]+):(\d{1,5})$/i.exec(text);
  if (!found) return undefined;
  const { host, port } = hostAndPort(text);
  return { scheme: undefined, host, port, path: undefined, query: undefined };
}

/** Host and port of `host`, `host:port`, `[v6]:port`. */
export function hostAndPort(text: string): {
  readonly host: string | undefined;
  readonly port: string | undefined;
} {
  const end = text.startsWith('[') ? text.indexOf(']') + 1 : text.indexOf(':');
  const colon = end > 0 && text[end] === ':' ? end : -1;
  const name = colon < 0 ? text : text.slice(0, colon);
  const digits = colon < 0 ? '' : text.slice(colon + 1);
  const host = name
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  return {
    host: host === '' ? undefined : host,
    port: /^\d{1,5}$/.test(digits) ? String(Number(digits)) : undefined,
  };
}
