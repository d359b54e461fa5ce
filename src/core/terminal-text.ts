/**
 * Makes text that an attacker may have written safe and visible on a terminal: control characters (escape sequences
 * among them), line and paragraph separators, and the characters that turn the direction of writing are shown as
 * `\x1b`, `\u202e`. With `keepLines`, a line feed stays.
 */
export function terminalText(text: string, keepLines = false): string {
  if (!hostile.test(text)) return text;
  return text.replace(hostileAll, (found) => (keepLines && found === '\n' ? found : visible(found)));
}

/**
 * The same for a text in a file that a terminal may come to show: tabs and line ends stay, a carriage return alone does
 * not, since what stands behind it would hide what stands before.
 */
export function fileText(text: string): string {
  return hostile.test(text) ? text.replace(hostileInFile, visible) : text;
}

/** A value as JSON that means the same and has nothing in it that a terminal would obey. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return hostile.test(text) ? text.replace(hostileAll, (found) => `\\u${hexadecimal(found, 4)}`) : text;
}

function visible(found: string): string {
  const named = shortNames.get(found);
  if (named !== undefined) return named;
  return found < '\u0100' ? `\\x${hexadecimal(found, 2)}` : `\\u${hexadecimal(found, 4)}`;
}

function hexadecimal(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}

// C0 and C1 controls, DEL, soft hyphen, zero-width and directional marks, separators, isolates, byte order mark, and
// surrogates that stand alone.
const hostileClass =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]' +
  '|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const hostile = new RegExp(hostileClass);
const hostileAll = new RegExp(hostileClass, 'g');
const hostileInFile = new RegExp(`(?![\\t\\n]|\\r\\n)(?:${hostileClass})`, 'g');

const shortNames = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
