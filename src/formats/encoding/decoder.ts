import { isAscii, isUtf8 } from 'node:buffer';
import { cp932Decoder, type Encoding, incompleteUtf8 } from './encoding.ts';

/** Turns a stream's bytes to UTF-8 and counts what is not in its encoding. Offsets are of the bytes given. */
export interface Decoder {
  readonly name: string;
  readonly bad: number;
  readonly firstBad: number;
  write(bytes: Buffer, offset: number): Uint8Array;
  end(offset: number): Uint8Array;
}

export function decoderOf(encoding: Encoding): Decoder {
  switch (encoding) {
    case 'ascii':
    case 'utf-8':
      return new Utf8Checker();
    case 'utf-16le':
      return new Utf16Decoder(false);
    case 'utf-16be':
      return new Utf16Decoder(true);
    case 'cp932':
      return new Cp932Decoder();
  }
}

const nothing = new Uint8Array(0);

/** Passes UTF-8 through as it is. */
class Utf8Checker implements Decoder {
  readonly name = 'UTF-8';
  bad = 0;
  firstBad = 0;
  /** The beginning of a character whose end is in the next chunk. */
  private rest: Buffer = Buffer.alloc(0);

  write(bytes: Buffer, offset: number): Uint8Array {
    if (this.rest.length === 0 && isAscii(bytes)) return bytes;
    const before = this.rest.length;
    const all = before > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const whole = all.subarray(0, all.length - incompleteUtf8(all));
    this.check(whole, offset - before);
    this.rest = Buffer.from(all.subarray(whole.length));
    return bytes;
  }

  end(offset: number): Uint8Array {
    this.check(this.rest, offset - this.rest.length);
    return nothing;
  }

  private check(bytes: Buffer, offset: number): void {
    if (isUtf8(bytes)) return;
    const text = bytes.toString('utf8');
    if (this.bad === 0) this.firstBad = offset + firstInvalid(bytes, text);
    // A replacement character that was written as such is three valid bytes.
    this.bad += count(text, '\ufffd') - countBytes(bytes, replacement);
  }
}

/** Index of the first byte that is not UTF-8, in bytes that have one. */
function firstInvalid(bytes: Buffer, text: string): number {
  let index = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    index += Buffer.byteLength(text.slice(from, at));
    from = at;
    if (!bytes.subarray(index, index + replacement.length).equals(replacement)) break;
  }
  return index;
}

const replacement = Buffer.from('\ufffd');

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

function countBytes(bytes: Buffer, piece: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(piece); at >= 0; at = bytes.indexOf(piece, at + piece.length)) found++;
  return found;
}

const loneSurrogate = /\p{Surrogate}/gu;

class Utf16Decoder implements Decoder {
  readonly name: string;
  bad = 0;
  firstBad = 0;
  private readonly isBig: boolean;
  private rest: Buffer = Buffer.alloc(0);

  constructor(isBig: boolean) {
    this.isBig = isBig;
    this.name = isBig ? 'UTF-16BE' : 'UTF-16LE';
  }

  write(bytes: Buffer, offset: number): Uint8Array {
    const all = Buffer.concat([this.rest, bytes]);
    const begin = offset - this.rest.length;
    const even = all.length & ~1;
    if (this.isBig) all.subarray(0, even).swap16();
    let end = even;
    const lastUnit = even >= 2 ? all.readUInt16LE(even - 2) : 0;
    if (lastUnit >= 0xd800 && lastUnit < 0xdc00) end -= 2;
    if (this.isBig && end < even) all.subarray(end, even).swap16();
    this.rest = Buffer.from(all.subarray(end));
    return this.encode(all.toString('utf16le', 0, end), begin);
  }

  end(offset: number): Uint8Array {
    if (this.rest.length === 0) return nothing;
    this.note(1, offset - this.rest.length);
    return replacement;
  }

  private encode(text: string, offset: number): Uint8Array {
    const lone = text.match(loneSurrogate);
    if (lone) this.note(lone.length, offset + text.search(loneSurrogate) * 2);
    return Buffer.from(text, 'utf8');
  }

  private note(found: number, offset: number): void {
    if (this.bad === 0) this.firstBad = offset;
    this.bad += found;
  }
}

class Cp932Decoder implements Decoder {
  readonly name = 'Shift_JIS (CP932)';
  bad = 0;
  /** CP932 has no U+FFFD of its own. The chunk's offset is as near as the decoder lets know. */
  firstBad = 0;
  private readonly decoder = cp932Decoder();

  write(bytes: Buffer, offset: number): Uint8Array {
    return this.encode(this.decoder.write(bytes), offset);
  }

  end(offset: number): Uint8Array {
    return this.encode(this.decoder.end() ?? '', offset);
  }

  private encode(text: string, offset: number): Uint8Array {
    const found = count(text, '\ufffd');
    if (found > 0 && this.bad === 0) this.firstBad = offset;
    this.bad += found;
    return Buffer.from(text, 'utf8');
  }
}
