import type { Fields } from '../fields.ts';

const ZERO_HASH = /^0+$/;

/** Splits `SHA1=…,MD5=…,SHA256=…,IMPHASH=…` into fields of those names. A hash of zeros (no imports) makes none. */
export function addHashes(fields: Fields, hashes: string): void {
  let start = 0;
  while (start < hashes.length) {
    let end = hashes.indexOf(',', start);
    if (end < 0) end = hashes.length;
    const equals = hashes.indexOf('=', start);
    if (equals > start && equals < end)
      addHash(fields, hashes.slice(start, equals), hashes.slice(equals + 1, end));
    start = end + 1;
  }
}

function addHash(fields: Fields, kind: string, value: string): void {
  if (value === '' || ZERO_HASH.test(value)) return;
  if (kind === 'SHA1' || kind === 'MD5' || kind === 'SHA256' || kind === 'IMPHASH') fields[kind] = value;
}
