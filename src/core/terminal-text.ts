/**
 * Makes text that an attacker may have written safe and visible on a terminal: control characters (escape sequences
 * among them), line and paragraph separators, and the characters that turn the direction of writing are shown as
 * `\x1b`, `\u202e`. With `keepLines`, a line feed stays.
 */
export function terminalText(text: string, keepLines = false): string {
  if (!hostile.test(text)) return text;
  return text.replace(hostileAll, (found) => {
    if (keepLines && found === '\n') return found;
    const named = shortNames.get(found);
    if (named !== undefined) return named;
    const code = found.codePointAt(0) ?? 0;
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

// C0 and C1 controls, DEL, soft hyphen, zero-width and directional marks, separators, isolates, byte order mark, and
// surrogates that stand alone.
const hostileClass =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]' +
  '|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const hostile = new RegExp(hostileClass);
const hostileAll = new RegExp(hostileClass, 'g');

const shortNames = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
