/** Names and values of a line. A name that came with two values is in doubt, and in `doubtful` alone. */
export interface KeyValues {
  readonly values: ReadonlyMap<string, string>;
  readonly doubtful: ReadonlySet<string>;
}

/** Names of one line; a line has no more of its own. */
const NAMES_MOST = 1_000;
const LONGEST = 1 << 18;

class Collector implements KeyValues {
  readonly values = new Map<string, string>();
  readonly doubtful = new Set<string>();

  /** A value that a client wrote may hold what looks like another name: which of two is the device's cannot be told. */
  add(name: string, value: string): boolean {
    const known = this.values.get(name);
    if (known === undefined && !this.doubtful.has(name)) this.values.set(name, value);
    else if (known !== undefined && known !== value) {
      this.values.delete(name);
      this.doubtful.add(name);
    }
    return this.values.size < NAMES_MOST;
  }
}

const pair = /([A-Za-z][\w.()-]{0,63})=(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|(\S*))/g;

/** `name=value name="a value"`, between blanks. A mark that no blank follows does not close a value. */
export function blankPairs(text: string): KeyValues {
  const found = new Collector();
  for (const [, name = '', quoted, plain = ''] of text.slice(0, LONGEST).matchAll(pair))
    if (!found.add(name, quoted ?? plain)) break;
  return found;
}

/** `name=value`, divided by tabs or, where a copy lost them, by four blanks. */
export function tabPairs(text: string): KeyValues {
  const found = new Collector();
  for (const part of text.slice(0, LONGEST).split(text.includes('\t') ? '\t' : /\s{4}/)) {
    const at = part.indexOf('=');
    if (at <= 0) continue;
    const value = part.slice(at + 1).trim();
    const bare =
      value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
    if (!found.add(part.slice(0, at).trim(), bare)) break;
  }
  return found;
}

/** `name=a value with blanks name=…`, where only these names begin a value. */
export function knownPairs(text: string, names: readonly string[]): KeyValues {
  const found = new Collector();
  const starts = [...text.slice(0, LONGEST).matchAll(new RegExp(`(?:^|[ \\t])(${names.join('|')})=`, 'g'))];
  for (const [at, start] of starts.entries()) {
    const from = start.index + start[0].length;
    if (!found.add(start[1] as string, text.slice(from, starts[at + 1]?.index ?? text.length).trim())) break;
  }
  return found;
}
