import type { KnownTexts } from './known-texts.ts';

/** Texts of no more bytes are looked at for being ASCII, which is decoded in less time. */
const longestScanned = 1_024;

/** Reads values in ClickHouse's RowBinary form. Reading past the end throws a RangeError: the bytes are the engine's own. */
export class RowBinaryReader {
  readonly #buffer: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at >= this.#buffer.length;
  }

  /** Where it is: bytes from the block's first. */
  get place(): number {
    return this.#at;
  }

  /** Goes to another place. */
  seek(place: number): void {
    this.#at = place;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  /** Goes past a String and gives where its bytes began. */
  skipText(): number {
    return this.#textStart();
  }

  byte(): number {
    return this.#view.getUint8(this.#at++);
  }

  variableInteger(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  signed64(): bigint {
    const value = this.#view.getBigInt64(this.#at, true);
    this.#at += 8;
    return value;
  }

  unsigned64(): bigint {
    const value = this.#view.getBigUint64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** An Int64 or UInt64 as the nearest number. */
  number64(signed: boolean): number {
    const low = this.#view.getUint32(this.#at, true);
    const high = signed ? this.#view.getInt32(this.#at + 4, true) : this.#view.getUint32(this.#at + 4, true);
    this.#at += 8;
    return high * 0x1_0000_0000 + low;
  }

  float64(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  float32(): number {
    const value = this.#view.getFloat32(this.#at, true);
    this.#at += 4;
    return value;
  }

  /** An integer of 1, 2 or 4 bytes. */
  integer(bytes: 1 | 2 | 4, signed: boolean): number {
    const value = signed ? this.#buffer.readIntLE(this.#at, bytes) : this.#buffer.readUIntLE(this.#at, bytes);
    this.#at += bytes;
    return value;
  }

  /** A String: UTF-8, with U+FFFD for what is not. */
  text(): string {
    const start = this.#textStart();
    return this.#decode(start, this.#at);
  }

  /** The same, of a column some of whose texts are known. */
  knownText(known: KnownTexts): string {
    const start = this.#textStart();
    return known.text(this.#buffer, start, this.#at, this.#decode);
  }

  /** Goes past a text. */
  #textStart(): number {
    const length = this.variableInteger();
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#buffer.length) throw new RangeError('a text goes past the end of the block');
    return start;
  }

  readonly #decode = (start: number, end: number): string => {
    if (end - start > longestScanned) return this.#buffer.toString('utf8', start, end);
    for (let at = start; at < end; at++)
      if ((this.#buffer[at] as number) > 0x7f) return this.#buffer.toString('utf8', start, end);
    return this.#buffer.toString('latin1', start, end);
  };
}
