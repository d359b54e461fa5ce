import type { ByteCursor } from '../../core/byte-cursor.ts';
import { MalformedBytes } from '../../core/byte-cursor.ts';
import { guidOf, sidLength, sidOf } from './value-identity.ts';
import { integerText, real32Text, real64Text, unsignedHex } from './value-number.ts';
import type { TextCache } from './value-text.ts';
import { ansiText } from './value-text.ts';
import { filetimeText, systemTimeText } from './value-time.ts';
import { ARRAY_BIT, ValueType } from './value-type.ts';

/** Reads a value of any type but null, nested BinXML and arrays, as the text that Windows renders. */
export function scalarText(
  cursor: ByteCursor,
  texts: TextCache,
  type: number,
  offset: number,
  size: number,
): string {
  switch (type) {
    case ValueType.string:
    case ValueType.xml:
      return texts.utf16(cursor, offset, size);
    case ValueType.ansiString:
      return ansiText(cursor, offset, size);
    case ValueType.binary:
      return hexOf(cursor, offset, size);
    case ValueType.sid:
      return sidOf(cursor, offset, size) ?? hexOf(cursor, offset, size);
    case ValueType.int8:
    case ValueType.int16:
    case ValueType.int32:
    case ValueType.int64:
      return integerText(cursor, offset, size, true);
    case ValueType.uint8:
    case ValueType.uint16:
    case ValueType.uint32:
    case ValueType.uint64:
      return integerText(cursor, offset, size, false);
    case ValueType.hexInt32:
    case ValueType.hexInt64:
    case ValueType.sizeT:
    case ValueType.handle:
      return unsignedHex(cursor, offset, size);
    case ValueType.bool:
      return isZero(cursor, offset, size) ? 'false' : 'true';
    case ValueType.real32:
      return size === 4 ? real32Text(cursor.f32At(offset)) : hexOf(cursor, offset, size);
    case ValueType.real64:
      return size === 8 ? real64Text(cursor.f64At(offset)) : hexOf(cursor, offset, size);
    case ValueType.guid:
      return size === 16 ? guidOf(cursor, offset) : hexOf(cursor, offset, size);
    case ValueType.filetime:
      return size === 8 ? filetimeText(cursor, offset) : hexOf(cursor, offset, size);
    case ValueType.systemTime:
      return size === 16 ? systemTimeText(cursor, offset) : hexOf(cursor, offset, size);
    default:
      throw new MalformedBytes('unsupported', `A value of the unknown type 0x${type.toString(16)}.`, offset);
  }
}

/** Reads an array's values. Texts are parted by NUL, SIDs carry their length, all others have one width. */
export function arrayTexts(
  cursor: ByteCursor,
  texts: TextCache,
  arrayType: number,
  offset: number,
  size: number,
): readonly string[] {
  const type = arrayType & ~ARRAY_BIT;
  cursor.need(offset, size);
  if (type === ValueType.string) return partedTexts(cursor, texts, offset, size);
  if (type === ValueType.ansiString) return partedBytes(cursor, offset, size);
  const items: string[] = [];
  let at = offset;
  while (at < offset + size) {
    const left = offset + size - at;
    const width = type === ValueType.sid ? (left < 2 ? left : sidLength(cursor, at)) : widths.get(type);
    if (width === undefined) {
      const message = `An array of the unknown type 0x${arrayType.toString(16)}.`;
      throw new MalformedBytes('unsupported', message, offset);
    }
    items.push(scalarText(cursor, texts, type, at, Math.min(width, left)));
    at += width;
  }
  return items;
}

const widths: ReadonlyMap<number, number> = new Map([
  [ValueType.int8, 1],
  [ValueType.uint8, 1],
  [ValueType.int16, 2],
  [ValueType.uint16, 2],
  [ValueType.int32, 4],
  [ValueType.uint32, 4],
  [ValueType.int64, 8],
  [ValueType.uint64, 8],
  [ValueType.real32, 4],
  [ValueType.real64, 8],
  [ValueType.bool, 4],
  [ValueType.guid, 16],
  [ValueType.sizeT, 8],
  [ValueType.filetime, 8],
  [ValueType.systemTime, 16],
  [ValueType.hexInt32, 4],
  [ValueType.hexInt64, 8],
]);

function partedTexts(cursor: ByteCursor, texts: TextCache, offset: number, size: number): readonly string[] {
  const items: string[] = [];
  const end = offset + (size & ~1);
  let start = offset;
  for (let at = offset; at < end; at += 2) {
    if (cursor.u16At(at) !== 0) continue;
    items.push(texts.utf16(cursor, start, at - start));
    start = at + 2;
  }
  if (start < end) items.push(texts.utf16(cursor, start, end - start));
  return items;
}

function partedBytes(cursor: ByteCursor, offset: number, size: number): readonly string[] {
  const items: string[] = [];
  let start = offset;
  for (let at = offset; at < offset + size; at++) {
    if (cursor.u8At(at) !== 0) continue;
    items.push(ansiText(cursor, start, at - start));
    start = at + 1;
  }
  if (start < offset + size) items.push(ansiText(cursor, start, offset + size - start));
  return items;
}

function hexOf(cursor: ByteCursor, offset: number, size: number): string {
  cursor.need(offset, size);
  return cursor.bytes.toString('hex', offset, offset + size).toUpperCase();
}

/** Any bit makes a boolean true: logs hold others than 0 and 1, in one byte or four. */
function isZero(cursor: ByteCursor, offset: number, size: number): boolean {
  for (let at = offset; at < offset + size; at++) if (cursor.u8At(at) !== 0) return false;
  return true;
}
