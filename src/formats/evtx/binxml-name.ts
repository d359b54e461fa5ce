import type { ByteCursor } from '../../core/byte-cursor.ts';
import { MalformedBytes } from '../../core/byte-cursor.ts';
import type { TextCache } from './value-text.ts';

const MAX_NAME_LENGTH = 4096;
const xmlName = /^[A-Za-z_:\u00c0-\ufffd][\w:.\-\u00b7-\ufffd]*$/;

/** Names of elements and attributes by their offset in the chunk, where each is stored once. */
export type NameTable = Map<number, string>;

/** A name's place in the chunk: link to the next name (4 bytes), hash (2), length (2), the name, and a NUL. */
const NAME_LENGTH_AT = 6;
const NAME_TEXT_AT = 8;
const NAME_FRAME = 10;

export interface NameContext {
  readonly cursor: ByteCursor;
  readonly names: NameTable;
  readonly texts: TextCache;
}

/**
 * Reads a reference to a name: its offset in the chunk and, where it is used first, the name itself behind the offset.
 */
export function readName(context: NameContext): string {
  const { cursor } = context;
  const offset = cursor.u32();
  const name = nameAt(context, offset);
  if (offset === cursor.position) cursor.skip(nameSize(name));
  return name;
}

/** Bytes that a name takes in the chunk. */
export function nameSize(name: string): number {
  return NAME_FRAME + 2 * name.length;
}

/**
 * The name at `offset` in the chunk. A name that XML does not allow is an error: it could smuggle markup into the event's
 * text.
 */
export function nameAt({ cursor, names, texts }: NameContext, offset: number): string {
  const known = names.get(offset);
  if (known !== undefined) return known;
  const length = cursor.u16At(offset + NAME_LENGTH_AT);
  if (length > MAX_NAME_LENGTH)
    throw new MalformedBytes('too-long', `A name of ${length} characters.`, offset);
  const name = texts.utf16(cursor, offset + NAME_TEXT_AT, 2 * length);
  if (name.length !== length || !xmlName.test(name))
    throw new MalformedBytes('bad-value', `${JSON.stringify(name)} is not a name of XML.`, offset);
  names.set(offset, name);
  return name;
}
