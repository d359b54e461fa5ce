const reserved = /[^A-Za-z0-9_\- \u0080-\uffff]|[\ud800-\udfff]/gu;
const escaped = /%u([0-9A-F]{4})|%([0-9A-F]{2})/g;

/**
 * Name of a field as the key of its path in the store's JSON column. The engine reads dots, brackets and some other
 * characters of a path as syntax, so all but letters, digits, `_`, `-`, blank and non-ASCII letters are written `%2E`
 * (half of a surrogate pair `%uD800`, so that no two names become one); the empty name is `%`.
 */
export function encodeJsonKey(name: string): string {
  if (name === '') return '%';
  return name.replace(reserved, (found) => {
    const code = found.charCodeAt(0);
    return code < 0x80
      ? `%${code.toString(16).toUpperCase().padStart(2, '0')}`
      : found.length > 1
        ? found
        : `%u${code.toString(16).toUpperCase()}`;
  });
}

/** The field's name of a key that `encodeJsonKey` made. */
export function decodeJsonKey(key: string): string {
  if (key === '%') return '';
  return key.replace(escaped, (_, wide: string | undefined, narrow: string | undefined) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? '0', 16)),
  );
}
