import { plainHost, readTarget } from './request-target.ts';

/** A destination that a text names. */
export interface NamedTarget {
  readonly name: string;
  readonly url: string | undefined;
}

const MOST_TEXT = 262_144;
const MOST_TARGETS = 200;

const webAddress = /\b(?:https?|wss?|ftp):\/\/[^\s"'<>|`)\]}]{1,2048}/gi;
const bareName =
  /(?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{1,62}(?![\w.-])/gi;
const bareAddress = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** PowerShell's encoded commands: base64 of UTF-16. */
const encoded = /\s[-/\u2013\u2014]e[a-z]{0,14}\s+['"]?([A-Za-z0-9+/]{16,65536}={0,2})/gi;

/**
 * Destinations that a command line or a script names: web addresses, names and addresses that stand alone (what looks like a name may be
 * a file: who asks compares with what was connected to), also within PowerShell's encoded commands. Bounded.
 */
export function namedTargets(text: string): readonly NamedTarget[] {
  const cut = text.slice(0, MOST_TEXT);
  const found = new Map<string, NamedTarget>();
  collect(cut, found);
  for (const [, code] of cut.matchAll(encoded)) {
    const decoded = Buffer.from(code ?? '', 'base64').toString('utf16le');
    collect(decoded, found);
  }
  return [...found.values()];
}

function collect(text: string, found: Map<string, NamedTarget>): void {
  const add = (name: string, url: string | undefined): void => {
    const key = `${name}\n${url ?? ''}`;
    if (found.size < MOST_TARGETS && !found.has(key)) found.set(key, { name, url });
  };
  for (const [url] of text.matchAll(webAddress)) {
    const target = readTarget(url, 'GET');
    if (target !== undefined) add(target.host, url);
  }
  for (const [name] of text.matchAll(bareName)) add(plainHost(name), undefined);
  for (const [address] of text.matchAll(bareAddress)) add(address, undefined);
}
