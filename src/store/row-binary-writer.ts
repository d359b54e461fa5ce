const shortText = 40;

/** Writes values in ClickHouse's RowBinary form into a buffer that grows. Numbers are little-endian. */
export class RowBinaryWriter {
  #buffer: Buffer;
  #at = 0;

  constructor(capacity = 1 << 16) {
    this.#buffer = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#at;
  }

  /** The bytes written so far; valid until the next write. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.#at = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#at++] = value;
  }

  /** LEB128, as counts and lengths are written. */
  variableInteger(value: number): void {
    this.#reserve(8);
    this.#variableInteger(value);
  }

  unsigned64(value: bigint): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeBigUInt64LE(value, this.#at);
  }

  signed64(value: bigint): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeBigInt64LE(value, this.#at);
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** A String: length in UTF-8 bytes, then the bytes. */
  text(value: string): void {
    const units = value.length;
    this.#reserve(units * 3 + 8);
    if (units < shortText && this.#shortAscii(value)) return;
    // The length comes first and is not known: room is left for that of ASCII, and the bytes are moved where it differs.
    const guess = variableIntegerSize(units);
    const written = this.#buffer.write(value, this.#at + guess);
    const size = variableIntegerSize(written);
    if (size !== guess) {
      this.#buffer.copyWithin(this.#at + size, this.#at + guess, this.#at + guess + written);
    }
    this.#variableInteger(written);
    this.#at += written;
  }

  /** Writes a text below 128 units that is ASCII; gives false, having written nothing, for any other. */
  #shortAscii(value: string): boolean {
    const buffer = this.#buffer;
    const start = this.#at + 1;
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[start + index] = code;
    }
    buffer[this.#at] = value.length;
    this.#at = start + value.length;
    return true;
  }

  #variableInteger(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#at++] = rest;
  }

  #reserve(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}

function variableIntegerSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
