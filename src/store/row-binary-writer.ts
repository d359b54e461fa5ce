const shortText = 40;
const longText = 1 << 16;
const chunkBytes = 1 << 20;
const noBytes = Buffer.alloc(0);

/**
 * Writes values in ClickHouse's RowBinary form into chunks of memory, which are kept for the next use. Numbers are
 * little-endian.
 */
export class RowBinaryWriter {
  readonly #full: Buffer[] = [];
  readonly #spare: Buffer[] = [];
  #buffer: Buffer = noBytes;
  #at = 0;
  #before = 0;

  get length(): number {
    return this.#before + this.#at;
  }

  /** What was written, in order; valid until `clear`. */
  chunks(): readonly Buffer[] {
    return [...this.#full, this.#buffer.subarray(0, this.#at)];
  }

  /** Forgets what was written and keeps the memory, but for chunks of unusual size. */
  clear(): void {
    this.reuse(this.#reset());
  }

  /** Gives what was written, with its memory, and begins anew. A chunk that is mostly empty is copied, and its memory kept. */
  take(): readonly Uint8Array[] {
    const chunks = this.#reset();
    const last = chunks.at(-1);
    if (last === undefined || last.length > chunkBytes / 2) return chunks;
    const copy = new Uint8Array(last);
    this.reuse([last]);
    return [...chunks.slice(0, -1), copy];
  }

  /** Takes the memory of chunks that `take` gave, whose bytes are not needed any more. */
  reuse(chunks: readonly Uint8Array[]): void {
    for (const { buffer } of chunks) {
      if (buffer.byteLength === chunkBytes) this.#spare.push(Buffer.from(buffer));
    }
  }

  #reset(): readonly Buffer[] {
    const chunks = this.length === 0 ? [] : this.chunks();
    this.#full.length = 0;
    this.#buffer = noBytes;
    this.#at = 0;
    this.#before = 0;
    return chunks;
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
    if (units > longText) {
      this.#longText(value);
      return;
    }
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

  #longText(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.#reserve(bytes + 8);
    this.#variableInteger(bytes);
    this.#at += this.#buffer.write(value, this.#at);
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

  /** Makes room for so many bytes in one piece. */
  #reserve(more: number): void {
    if (this.#at + more <= this.#buffer.length) return;
    if (this.#at > 0) this.#full.push(this.#buffer.subarray(0, this.#at));
    this.#before += this.#at;
    this.#at = 0;
    this.#buffer =
      more > chunkBytes
        ? Buffer.allocUnsafeSlow(more)
        : (this.#spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes));
  }
}

/** The bytes of the given spans `[from, to)` of chunks, which are in order. */
export function chunkSlices(
  chunks: readonly Uint8Array[],
  spans: readonly (readonly [number, number])[],
): readonly Uint8Array[] {
  const slices: Uint8Array[] = [];
  let begin = 0;
  let next = 0;
  for (const chunk of chunks) {
    const end = begin + chunk.length;
    for (; next < spans.length; next++) {
      const [from, to] = spans[next] as readonly [number, number];
      if (from >= end) break;
      slices.push(chunk.subarray(Math.max(from - begin, 0), Math.min(to, end) - begin));
      if (to > end) break;
    }
    begin = end;
  }
  return slices;
}

function variableIntegerSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
