/**
 * What a backslash means, by place. Splunk documentation, "Quotes and escaping": `\"`, `\\` and `\|` are replaced, every
 * other `\x` stays as it is. Texts of `eval` also know `\t`, `\n`, `\r`. Names in single quotes know
 * `\'`. Regular expressions keep `\|`, which is a
 * literal pipe in them.
 */
export type EscapeRules = 'argument' | 'eval' | 'field' | 'regex';

const replaced: Record<EscapeRules, Readonly<Record<string, string>>> = {
  argument: { '"': '"', '\\': '\\', '|': '|' },
  eval: { '"': '"', '\\': '\\', '|': '|', t: '\t', n: '\n', r: '\r' },
  field: { "'": "'", '"': '"', '\\': '\\', '|': '|' },
  regex: { '"': '"', '\\': '\\' },
};

/** Takes the escapes out of the inside of a quoted text, or of a bare word. */
export function withoutEscapes(inside: string, rules: EscapeRules): string {
  if (!inside.includes('\\')) return inside;
  const table = replaced[rules];
  return inside.replace(/\\([\s\S])/g, (whole, next: string) => table[next] ?? whole);
}

/** Where the character at `offset` of the unescaped text stands in the text as written. */
export function offsetAsWritten(inside: string, rules: EscapeRules, offset: number): number {
  const table = replaced[rules];
  let written = 0;
  let made = 0;
  while (made < offset && written < inside.length) {
    const next = inside[written + 1];
    const escaped = inside[written] === '\\' && next !== undefined;
    if (!escaped) {
      written += 1;
      made += 1;
    } else if (table[next] !== undefined) {
      written += 2;
      made += 1;
    } else {
      if (made + 1 === offset) return written + 1;
      written += 2;
      made += 2;
    }
  }
  return Math.min(written, inside.length);
}
