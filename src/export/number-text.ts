import type { ByteText } from '../core/byte-text.ts';
import { formatTicks } from '../core/ticks.ts';

const ticksPerSecond = 10_000_000;
const zero = 0x30;

/** Writes ticks as `formatTicks` does. One for each column: its times come in order, or are those of batches. */
export class TimeWriter {
  /** The second of the time that was written last, as it begins: the halves of its ticks, since large integers cost more. */
  #low = 0;
  #high = 0;
  /** Ticks since then. */
  #rest = 0;
  #text = Buffer.from(formatTicks(0n));

  /** `halves` has two for each time, the lower in front. */
  write(halves: Uint32Array, row: number, into: ByteText): void {
    const low = halves[row * 2] as number;
    const high = (halves[row * 2 + 1] as number) | 0;
    let rest = this.#since(low, high);
    if (rest < 0 || rest >= ticksPerSecond) {
      this.#begin(BigInt(high) * 0x1_0000_0000n + BigInt(low));
      rest = this.#since(low, high);
    }
    if (rest !== this.#rest) this.#writeRest(rest);
    into.copy(this.#text, 0, this.#text.length);
  }

  /** Exact where they are few. */
  #since(low: number, high: number): number {
    return (high - this.#high) * 0x1_0000_0000 + (low - this.#low);
  }

  #begin(ticks: bigint): void {
    const text = formatTicks(ticks);
    const rest = BigInt(text.slice(-8, -1));
    const second = ticks - rest;
    this.#low = Number(BigInt.asUintN(32, second));
    this.#high = Number(second >> 32n);
    this.#rest = Number(rest);
    this.#text = Buffer.from(text);
  }

  #writeRest(rest: number): void {
    this.#rest = rest;
    const text = this.#text;
    let left = rest;
    for (let at = text.length - 2; at > text.length - 9; at--) {
      text[at] = zero + (left % 10);
      left = Math.trunc(left / 10);
    }
  }
}

/** Digits of the largest number. */
const digits = Buffer.alloc(16);

/** Writes a whole number of 64 bits without a sign, of the same form. */
export function writeWhole(halves: Uint32Array, row: number, into: ByteText): void {
  const low = halves[row * 2] as number;
  const high = halves[row * 2 + 1] as number;
  if (high >= 0x20_0000) {
    into.text(String((BigInt(high) << 32n) | BigInt(low)));
    return;
  }
  let left = high * 0x1_0000_0000 + low;
  let at = digits.length;
  do {
    const rest = Math.floor(left / 10);
    digits[--at] = zero + (left - rest * 10);
    left = rest;
  } while (left > 0);
  into.copy(digits, at, digits.length);
}
