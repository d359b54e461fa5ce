import { isAscii, isUtf8 } from 'node:buffer';
import type { ByteSource } from '../format.ts';
import { type Encoding, incompleteUtf8, isCp932 } from './encoding.ts';

/** Bytes behind a text's ASCII that its encoding is chosen by. */
const CHOICE_BYTES = 4096;

/** A stream's ASCII, and then what comes behind it with the encoding that it shows. */
export class AsciiPrefix {
  /** Bytes of the prefix. */
  offset = 0;
  private readonly iterator: AsyncIterator<Uint8Array>;
  private held: Buffer = Buffer.alloc(0);

  constructor(source: ByteSource) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async *ascii(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = await this.iterator.next();
      if (next.done) return;
      const bytes = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
      const end = isAscii(bytes) ? bytes.length : bytes.findIndex((byte) => byte > 0x7f);
      this.offset += end;
      if (end > 0) yield bytes.subarray(0, end);
      if (end === bytes.length) continue;
      this.held = bytes.subarray(end);
      while (this.held.length < CHOICE_BYTES) {
        const more = await this.iterator.next();
        if (more.done) return;
        this.held = Buffer.concat([this.held, more.value]);
      }
      return;
    }
  }

  encoding(): Encoding {
    const sample = this.held.subarray(0, CHOICE_BYTES);
    const whole = sample.subarray(0, sample.length - incompleteUtf8(sample));
    return !isUtf8(whole) && isCp932(sample) ? 'cp932' : 'utf-8';
  }

  async *others(): AsyncGenerator<Uint8Array> {
    if (this.held.length > 0) yield this.held;
    for (;;) {
      const next = await this.iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }
}
