/** Reads values in ClickHouse's RowBinary form. Reading past the end throws a RangeError: the bytes are the engine's own. */
export class RowBinaryReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at >= this.#buffer.length;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  byte(): number {
    return this.#buffer.readUInt8(this.#at++);
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
    const value = this.#buffer.readBigInt64LE(this.#at);
    this.#at += 8;
    return value;
  }

  unsigned64(): bigint {
    const value = this.#buffer.readBigUInt64LE(this.#at);
    this.#at += 8;
    return value;
  }

  float64(): number {
    const value = this.#buffer.readDoubleLE(this.#at);
    this.#at += 8;
    return value;
  }

  float32(): number {
    const value = this.#buffer.readFloatLE(this.#at);
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
    const length = this.variableInteger();
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#buffer.length) throw new RangeError('a text goes past the end of the block');
    if (length < 16) {
      const short = this.#shortAscii(start, length);
      if (short !== undefined) return short;
    }
    return this.#buffer.toString('utf8', start, this.#at);
  }

  #shortAscii(start: number, length: number): string | undefined {
    let text = '';
    for (let at = start; at < start + length; at++) {
      const byte = this.#buffer[at] as number;
      if (byte > 0x7f) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }
}
