const quote = 0x22;
const backslash = 0x5c;

/** Runs of no more bytes are copied one by one, which takes less time than a call. */
const shortRun = 48;

/** 1 for each byte that stands in a JSON text as it is. */
const plainInJson = new Uint8Array(256).fill(1, 0x20);
plainInJson[quote] = 0;
plainInJson[backslash] = 0;

/** Bytes of `\u0000`. */
const longestEscape = 6;

/** What JSON has for the bytes that do not: as `JSON.stringify` writes them. */
const jsonEscapes: readonly Buffer[] = Array.from({ length: 0x5d }, (_, code) =>
  Buffer.from(JSON.stringify(String.fromCharCode(code)).slice(1, -1), 'latin1'),
);

/**
 * UTF-8 text that is put together from bytes, in memory of its own that grows and is used again. Texts that go from one place to another
 * need not become strings on the way, which would cost the collector more than all else.
 */
export class ByteText {
  #bytes: Buffer;
  #length = 0;

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

  /** A JSON text of UTF-8, with its quotes. */
  json(from: Uint8Array, start: number, end: number): void {
    if (end - start <= shortRun) this.#shortJson(from, start, end);
    else this.#longJson(from, start, end);
  }

  #shortJson(from: Uint8Array, start: number, end: number): void {
    this.#reserve((end - start) * longestEscape + 2);
    const bytes = this.#bytes;
    let to = this.#length;
    bytes[to++] = quote;
    for (let at = start; at < end; at++) {
      const code = from[at] as number;
      if (plainInJson[code] === 1) bytes[to++] = code;
      else for (const sign of jsonEscapes[code] as Buffer) bytes[to++] = sign;
    }
    bytes[to++] = quote;
    this.#length = to;
  }

  #longJson(from: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start + 2);
    this.#bytes[this.#length++] = quote;
    let run = start;
    for (let at = start; at < end; at++) {
      // Most bytes are plain: four at once take less time.
      while (
        at + 4 <= end &&
        ((plainInJson[from[at] as number] as number) &
          (plainInJson[from[at + 1] as number] as number) &
          (plainInJson[from[at + 2] as number] as number) &
          (plainInJson[from[at + 3] as number] as number)) ===
          1
      )
        at += 4;
      if (at === end) break;
      const code = from[at] as number;
      if (plainInJson[code] === 1) continue;
      this.#run(from, run, at);
      const escaped = jsonEscapes[code] as Buffer;
      this.#reserve(end - at + escaped.length + 1);
      this.#run(escaped, 0, escaped.length);
      run = at + 1;
    }
    this.#run(from, run, end);
    this.#bytes[this.#length++] = quote;
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
