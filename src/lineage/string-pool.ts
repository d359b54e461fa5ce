import { isUtf8 } from 'node:buffer';
import { hashBytes, newHashKey } from './byte-hash.ts';
import { TextBytes, viewOf } from './text-bytes.ts';

/** Index of "no text" in columns of interned texts. */
export const NO_TEXT = -1;

/** Texts, each held once; columns hold their numbers. Strings are made of them when they are asked for. */
export class StringPool {
  private readonly bytes = new TextBytes();
  private readonly strings: (string | undefined)[] = [];
  private readonly key = newHashKey();
  /** A power of two of places, two cells each: number and hash of a text, which lies at the first free one from its hash on. */
  private places = new Int32Array(1 << 11).fill(NO_TEXT);
  private written = Buffer.allocUnsafeSlow(1 << 10);
  private writtenView = viewOf(this.written);

  get size(): number {
    return this.bytes.length;
  }

  /** The number of a text; `NO_TEXT` for undefined and the empty text. */
  intern(text: string | undefined): number {
    if (text === undefined || text === '') return NO_TEXT;
    const end = this.write(text);
    const hash = hashBytes(this.key, this.writtenView, 0, end);
    const known = this.known(hash, this.writtenView, 0, end);
    return known === NO_TEXT ? this.add(hash, this.writtenView, 0, end, text) : known;
  }

  /** The same of the text of bytes, with U+FFFD for what is not UTF-8. */
  internBytes(view: DataView, start: number, end: number): number {
    if (start >= end) return NO_TEXT;
    const hash = hashBytes(this.key, view, start, end);
    const known = this.known(hash, view, start, end);
    if (known !== NO_TEXT) return known;
    if (!isAscii(view, start, end)) {
      const bytes = Buffer.from(view.buffer, view.byteOffset + start, end - start);
      if (!isUtf8(bytes)) return this.intern(bytes.toString());
    }
    return this.add(hash, view, start, end, undefined);
  }

  /** The number of a text that is there. */
  find(text: string): number | undefined {
    const end = this.write(text);
    const known = this.known(hashBytes(this.key, this.writtenView, 0, end), this.writtenView, 0, end);
    return known === NO_TEXT ? undefined : known;
  }

  /** The text of a number; undefined for `NO_TEXT`. */
  text(number: number): string | undefined {
    if (number < 0 || number >= this.strings.length) return undefined;
    const known = this.strings[number];
    if (known !== undefined) return known;
    const made = this.bytes.at(number);
    this.strings[number] = made;
    return made;
  }

  /** How many bytes the text of a number has in UTF-8. */
  bytesOf(number: number): number {
    return this.bytes.bytesOf(number);
  }

  private known(hash: number, view: DataView, start: number, end: number): number {
    const { places } = this;
    const mask = places.length - 1;
    let cell = (hash << 1) & mask;
    for (;;) {
      const number = places[cell] as number;
      if (number === NO_TEXT) return NO_TEXT;
      if (places[cell + 1] === hash && this.bytes.isSame(number, view, start, end)) return number;
      cell = (cell + 2) & mask;
    }
  }

  private add(hash: number, view: DataView, start: number, end: number, text: string | undefined): number {
    const number = this.bytes.length;
    this.bytes.pushBytes(view, start, end);
    this.strings.push(text);
    if (number * 4 >= this.places.length) this.grow();
    put(this.places, number, hash);
    return number;
  }

  private grow(): void {
    const { places } = this;
    this.places = new Int32Array(places.length * 2).fill(NO_TEXT);
    for (let cell = 0; cell < places.length; cell += 2)
      if (places[cell] !== NO_TEXT) put(this.places, places[cell] as number, places[cell + 1] as number);
  }

  /** Writes a text where it is looked at; gives where it ends. */
  private write(text: string): number {
    if (text.length * 3 > this.written.length) {
      this.written = Buffer.allocUnsafeSlow(text.length * 3);
      this.writtenView = viewOf(this.written);
    }
    return this.written.write(text);
  }
}

function put(places: Int32Array, number: number, hash: number): void {
  const mask = places.length - 1;
  let cell = (hash << 1) & mask;
  while (places[cell] !== NO_TEXT) cell = (cell + 2) & mask;
  places[cell] = number;
  places[cell + 1] = hash;
}

function isAscii(view: DataView, start: number, end: number): boolean {
  let at = start;
  for (; at + 4 <= end; at += 4) if ((view.getInt32(at) & 0x8080_8080) !== 0) return false;
  for (; at < end; at++) if (view.getUint8(at) > 0x7f) return false;
  return true;
}
