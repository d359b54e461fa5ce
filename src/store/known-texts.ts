/** Texts that are kept: a power of two. */
const places = 1_024;

/** Longer texts are not kept. Bytes. */
const longest = 256;

/** Of so many texts, so many must have been known; else nothing is kept any more. */
const trial = 2_048;
const leastKnown = 1_536;

/**
 * Texts of a column that were decoded lately, found by their bytes: most columns of logs say the same again and again. A column
 * of ever new texts is left alone after a trial.
 */
export class KnownTexts {
  readonly #texts: string[] = [];
  readonly #bytes: (Uint8Array | undefined)[] = [];
  #asked = 0;
  #found = 0;
  #off = false;

  /** The text of the bytes from `start` to `end`, which `decode` makes where it is not known. */
  text(buffer: Buffer, start: number, end: number, decode: (start: number, end: number) => string): string {
    const length = end - start;
    if (this.#off || length > longest) return decode(start, end);
    if (++this.#asked === trial) {
      this.#off = this.#found < leastKnown;
      this.#asked = 0;
      this.#found = 0;
    }
    let hash = length;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (buffer[at] as number)) | 0;
    const place = (hash ^ (hash >>> 15)) & (places - 1);
    const known = this.#bytes[place];
    if (known !== undefined && isSame(known, buffer, start, length)) {
      this.#found += 1;
      return this.#texts[place] as string;
    }
    const text = decode(start, end);
    this.#texts[place] = text;
    this.#bytes[place] = buffer.subarray(start, end).slice();
    return text;
  }
}

function isSame(known: Uint8Array, buffer: Buffer, start: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let at = 0; at < length; at++) if (known[at] !== buffer[start + at]) return false;
  return true;
}
