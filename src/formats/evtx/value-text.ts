import type { ByteCursor } from '../../core/byte-cursor.ts';

const SLOTS = 8192;
const LONGEST_CACHED = 160;

/**
 * Turns UTF-16 into strings. Event logs say the same names, paths and identifiers over and over, so the last text of each
 * hash is kept and found again without making a new string: several times as fast, and the memory is shared.
 */
export class TextCache {
  private readonly slots: string[] = new Array<string>(SLOTS).fill('');
  private readonly narrow: Buffer = Buffer.alloc(2 * LONGEST_CACHED);

  /** The text of `length` bytes at `offset`, without the NULs that end it. */
  utf16(cursor: ByteCursor, offset: number, length: number): string {
    cursor.need(offset, length);
    const { bytes } = cursor;
    let end = offset + (length & ~1);
    while (end > offset && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
    const count = (end - offset) >> 1;
    if (count === 0) return '';
    if (count > LONGEST_CACHED) return bytes.toString('utf16le', offset, end);
    let hash = count;
    let wide = 0;
    for (let at = offset; at < end; at += 2) {
      const high = bytes[at + 1] as number;
      wide |= high;
      hash = (Math.imul(hash, 31) + ((bytes[at] as number) | (high << 8))) | 0;
    }
    const slot = (hash ^ (hash >>> 13)) & (SLOTS - 1);
    const cached = this.slots[slot] as string;
    if (cached.length === count && equals(cached, bytes, offset)) return cached;
    const text = wide === 0 ? this.narrowed(bytes, offset, count) : bytes.toString('utf16le', offset, end);
    this.slots[slot] = text;
    return text;
  }

  /** Half the size of a two-byte string, and quicker to write out. */
  private narrowed(bytes: Buffer, offset: number, count: number): string {
    const { narrow } = this;
    for (let index = 0; index < count; index++) narrow[index] = bytes[offset + 2 * index] as number;
    return narrow.toString('latin1', 0, count);
  }
}

function equals(text: string, bytes: Buffer, offset: number): boolean {
  for (let index = 0; index < text.length; index++) {
    const at = offset + 2 * index;
    if (text.charCodeAt(index) !== ((bytes[at] as number) | ((bytes[at + 1] as number) << 8))) return false;
  }
  return true;
}

/** Text in the system's code page, which the log does not name: UTF-8 where it is valid, else Windows-1252. */
export function ansiText(cursor: ByteCursor, offset: number, length: number): string {
  let end = offset + length;
  while (end > offset && cursor.bytes[end - 1] === 0) end--;
  const bytes = cursor.bytes.subarray(offset, end);
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');
