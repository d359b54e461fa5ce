import type { ByteCursor } from '../../core/byte-cursor.ts';

const FILETIME_EPOCH_SECONDS = 11_644_473_600;
/** 2^32 ticks are this many seconds and this many ticks. */
const SECONDS_OF_HIGH = 429;
const TICKS_OF_HIGH = 4_967_296;
const TICKS = 10_000_000;
/** From here on a FILETIME is no date (its sign bit is set) or is beyond year 9999. */
const HIGH_LIMIT = 0x24c8_5a5e;

let lastSecond = Number.NaN;
let lastText = '';

/**
 * A FILETIME as Windows writes it, `2025-06-08T07:15:09.2216228Z`. All in doubles, exactly: the product below stays under
 * 2^53. What is no date of the years 1601 to 9999 is given in hexadecimal.
 */
export function filetimeText(cursor: ByteCursor, offset: number): string {
  const low = cursor.u32At(offset);
  const high = cursor.u32At(offset + 4);
  if (high >= HIGH_LIMIT) return `0x${((BigInt(high) << 32n) | BigInt(low)).toString(16)}`;
  const rest = high * TICKS_OF_HIGH + low;
  const carry = Math.floor(rest / TICKS);
  const fraction = rest - carry * TICKS;
  const second = high * SECONDS_OF_HIGH + carry;
  if (second !== lastSecond) {
    lastText = new Date((second - FILETIME_EPOCH_SECONDS) * 1000).toISOString().slice(0, 20);
    lastSecond = second;
  }
  return `${lastText}${String(fraction + TICKS).slice(1)}Z`;
}

/** A SYSTEMTIME as Windows writes it, with milliseconds. */
export function systemTimeText(cursor: ByteCursor, offset: number): string {
  const part = (index: number, width: number): string =>
    String(cursor.u16At(offset + 2 * index)).padStart(width, '0');
  const date = `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}`;
  return `${date}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`;
}
