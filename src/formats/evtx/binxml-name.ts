import type { ByteCursor } from '../../core/byte-cursor.ts';
import { MalformedBytes } from '../../core/byte-cursor.ts';

const MAX_NAME_LENGTH = 4096;
const xmlName = /^[A-Za-z_:\u00c0-\ufffd][\w:.\-\u00b7-\ufffd]*$/;

/** Names of elements and attributes by their offset in the chunk, where each is stored once. */
export type NameTable = Map<number, string>;

/**
 * Reads a reference to a name: its offset in the chunk and, where it is used first, the name itself behind the offset.
 * A name that XML does not allow is an error: it could smuggle markup into the event's text.
 */
export function readName(cursor: ByteCursor, names: NameTable): string {
  const offset = cursor.u32();
  const inline = offset === cursor.position;
  const known = names.get(offset);
  if (known !== undefined) {
    if (inline) cursor.skip(10 + 2 * cursor.u16At(offset + 6));
    return known;
  }
  const length = cursor.u16At(offset + 6);
  if (length > MAX_NAME_LENGTH)
    throw new MalformedBytes('too-long', `A name of ${length} characters.`, offset);
  cursor.need(offset + 8, 2 * length);
  const name = cursor.bytes.toString('utf16le', offset + 8, offset + 8 + 2 * length);
  if (!xmlName.test(name))
    throw new MalformedBytes('bad-value', `${JSON.stringify(name)} is not a name of XML.`, offset);
  names.set(offset, name);
  if (inline) cursor.skip(10 + 2 * length);
  return name;
}
