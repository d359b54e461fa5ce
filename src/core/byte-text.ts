const quote = 0x22;
const backslash = 0x5c;
const blank = 0x20;

/** A byte times this is a word of four such bytes; and the highest bit of each. */
const everyByte = 0x0101_0101;
const highestBits = 0x8080_8080;

/** Runs of no more bytes are copied one by one, which takes less time than a call. */
const shortRun = 48;

/** 1 for each byte that stands in a JSON text as it is. */
const plainInJson = new Uint8Array(256).fill(1, 0x20);
plainInJson[quote] = 0;
plainInJson[backslash] = 0;

/** Texts of no more bytes are escaped byte by byte: looking for the next escape takes longer where they are near each other. */
const shortText = 128;

/** In longer texts a run of so many bytes without escapes is copied at once. */
const worthCopying = 24;
/** An escape and so many bytes behind it are written byte by byte: where there is one, there are often more. */
const stretch = 64;

/** Bytes of `\u0000`. */
const longestEscape = 6;

/** What JSON has for the bytes that do not: as `JSON.stringify` writes them. */
const jsonEscapes: readonly Buffer[] = Array.from({ length: 0x5d }, (_, code) =>
  Buffer.from(JSON.stringify(String.fromCharCode(code)).slice(1, -1), 'latin1'),
);

/** By byte: 0 where it stands in a JSON text as it is, the second byte of an escape that has two, and `longer` for the other escapes. */
const longer = 1;
const escapeOf = new Uint8Array(256);
for (const [code, written] of jsonEscapes.entries())
  if (plainInJson[code] === 0) escapeOf[code] = written.length === 2 ? (written[1] as number) : longer;

/**
 * UTF-8 text that is put together from bytes, in memory of its own that grows and is used again. Texts that go from one place to another
 * need not become strings on the way, which would cost the collector more than all else.
 */
export class ByteText {
  #bytes: Buffer;
  #length = 0;
  #from: Uint8Array | undefined;
  #words: Int32Array = new Int32Array(0);

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The memory: what was written lies in front, until more is written or `clear` is called. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Forgets what was written, and goes on in the memory that is given. */
  clear(memory = this.#bytes): void {
    this.#bytes = memory;
    this.#length = 0;
  }

  byte(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  text(text: string): void {
    // Three bytes a UTF-16 unit at most.
    this.#reserve(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** Bytes as they are. */
  copy(from: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    this.#run(from, start, end);
  }

  /** Bytes behind their number, which is a LEB128 varint: a String of ClickHouse's RowBinary. */
  counted(from: Uint8Array, start: number, end: number): void {
    let rest = end - start;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
    this.copy(from, start, end);
  }

  /** A JSON text of UTF-8, with its quotes. */
  json(from: Uint8Array, start: number, end: number): void {
    if (end - start <= shortText) this.#shortJson(from, start, end);
    else this.#longJson(from, start, end);
  }

  #shortJson(from: Uint8Array, start: number, end: number): void {
    this.byte(quote);
    this.#escaped(from, start, end);
    this.byte(quote);
  }

  #longJson(from: Uint8Array, start: number, end: number): void {
    this.byte(quote);
    for (let at = start; at < end; ) {
      const stop = this.#plainUntil(from, at, end);
      if (stop - at >= worthCopying || stop === end) {
        this.#reserve(stop - at);
        this.#run(from, at, stop);
        at = stop;
      }
      const next = Math.min(at + stretch, end);
      this.#escaped(from, at, next);
      at = next;
    }
    this.byte(quote);
  }

  /** Bytes of a JSON text, each escaped where it has to be. */
  #escaped(from: Uint8Array, start: number, end: number): void {
    this.#reserve((end - start) * longestEscape);
    const bytes = this.#bytes;
    let to = this.#length;
    for (let at = start; at < end; at++) {
      const code = from[at] as number;
      const behind = escapeOf[code] as number;
      if (behind === 0) bytes[to++] = code;
      else if (behind !== longer) {
        bytes[to++] = backslash;
        bytes[to++] = behind;
      } else for (const sign of jsonEscapes[code] as Buffer) bytes[to++] = sign;
    }
    this.#length = to;
  }

  /**
   * Where the next byte is that does not stand in a JSON text as it is. Most do: four at once take half of the time. The expressions have the
   * highest bit of a byte set where it is a quote, a backslash or below a blank ("Bit Twiddling Hacks", a zero byte in a word); which of
   * the four it is, is looked up.
   */
  #plainUntil(from: Uint8Array, start: number, end: number): number {
    const words = this.#wordsOf(from);
    const offset = from.byteOffset;
    let at = start;
    for (;;) {
      while (at < end && ((offset + at) & 3) !== 0) {
        if (plainInJson[from[at] as number] === 0) return at;
        at++;
      }
      const last = (offset + end) >> 2;
      let word = (offset + at) >> 2;
      for (; word < last; word++) {
        const four = words[word] as number;
        const quotes = four ^ (quote * everyByte);
        const slashes = four ^ (backslash * everyByte);
        const found =
          ((quotes - everyByte) & ~quotes) |
          ((slashes - everyByte) & ~slashes) |
          ((four - blank * everyByte) & ~four);
        if ((found & highestBits) !== 0) break;
      }
      at = Math.max(at, (word << 2) - offset);
      const stop = Math.min(at + 4, end);
      for (; at < stop; at++) if (plainInJson[from[at] as number] === 0) return at;
      if (at === end) return end;
    }
  }

  /** The memory of bytes in words of four; the last ones are kept, since many texts are of the same bytes. */
  #wordsOf(from: Uint8Array): Int32Array {
    if (from !== this.#from) {
      this.#from = from;
      this.#words = new Int32Array(from.buffer, 0, from.buffer.byteLength >> 2);
    }
    return this.#words;
  }

  /** Bytes in quotes, in which a quote is written twice (RFC 4180). */
  quoted(from: Uint8Array, start: number, end: number): void {
    this.#reserve((end - start) * 2 + 2);
    const bytes = this.#bytes;
    let to = this.#length;
    bytes[to++] = quote;
    for (let at = start; at < end; at++) {
      const code = from[at] as number;
      bytes[to++] = code;
      if (code === quote) bytes[to++] = quote;
    }
    bytes[to++] = quote;
    this.#length = to;
  }

  /** There is room. */
  #run(from: Uint8Array, start: number, end: number): void {
    const bytes = this.#bytes;
    let to = this.#length;
    if (end - start > shortRun) bytes.set(from.subarray(start, end), to);
    else for (let at = start; at < end; at++) bytes[to++] = from[at] as number;
    this.#length += end - start;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
