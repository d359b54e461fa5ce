import type { ByteCursor } from '../../core/byte-cursor.ts';

const hexDigits = Buffer.from('0123456789abcdef', 'latin1');
/** Where byte number n of a GUID goes in `{00112233-4455-6677-8899-aabbccddeeff}`: the first three groups are swapped. */
const guidPlaces = [7, 5, 3, 1, 12, 10, 17, 15, 20, 22, 25, 27, 29, 31, 33, 35] as const;
const guidText = Buffer.from('{00000000-0000-0000-0000-000000000000}', 'latin1');

/** A GUID as Windows writes it: lower case, in braces. (Windows before 10 version 1809 wrote upper case.) */
export function guidOf(cursor: ByteCursor, offset: number): string {
  cursor.need(offset, 16);
  const { bytes } = cursor;
  for (let index = 0; index < 16; index++) {
    const byte = bytes[offset + index] as number;
    const place = guidPlaces[index] as number;
    guidText[place] = hexDigits[byte >> 4] as number;
    guidText[place + 1] = hexDigits[byte & 15] as number;
  }
  return guidText.toString('latin1', 0, 38);
}

/**
 * A security identifier (MS-DTYP 2.4.2.1) as `S-1-5-18`; undefined where `available` bytes are too few for the number of
 * parts that it claims.
 */
export function sidOf(cursor: ByteCursor, offset: number, available: number): string | undefined {
  if (available < 8) return undefined;
  const count = cursor.u8At(offset + 1);
  if (available < 8 + 4 * count) return undefined;
  let authority = 0;
  for (let index = 2; index < 8; index++) authority = authority * 256 + cursor.u8At(offset + index);
  const shown = authority >= 2 ** 32 ? `0x${authority.toString(16).toUpperCase()}` : String(authority);
  let text = `S-${cursor.u8At(offset)}-${shown}`;
  for (let index = 0; index < count; index++) text += `-${cursor.u32At(offset + 8 + 4 * index)}`;
  return text;
}

/** Bytes that a SID takes by its own count. */
export function sidLength(cursor: ByteCursor, offset: number): number {
  return 8 + 4 * cursor.u8At(offset + 1);
}
