import { randomBytes } from 'node:crypto';

/** A secret of 64 bits, as two numbers. */
export type HashKey = readonly [low: number, high: number];

export function newHashKey(): HashKey {
  const bytes = randomBytes(8);
  return [bytes.readInt32LE(0), bytes.readInt32LE(4)];
}

/**
 * HalfSipHash-1-3 of bytes: 32 bits that nobody can foresee without the key, so that nobody can write texts that all fall on
 * one place of a table. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", and its reference code.
 */
export function hashBytes([low, high]: HashKey, view: DataView, start: number, end: number): number {
  let v0 = low;
  let v1 = high;
  let v2 = 0x6c79_6765 ^ low;
  let v3 = 0x7465_6462 ^ high;
  const length = end - start;
  const lastWord = end - (length & 3);
  for (let at = start; at <= lastWord + 12; at += 4) {
    let word = 0;
    if (at < lastWord) word = view.getInt32(at, true);
    else if (at === lastWord) word = tailOf(view, at, end, length);
    else if (at === lastWord + 4) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = (v1 << 5) | (v1 >>> 27);
    v1 ^= v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = (v3 << 8) | (v3 >>> 24);
    v3 ^= v2;
    v0 = (v0 + v3) | 0;
    v3 = (v3 << 7) | (v3 >>> 25);
    v3 ^= v0;
    v2 = (v2 + v1) | 0;
    v1 = (v1 << 13) | (v1 >>> 19);
    v1 ^= v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return v1 ^ v3;
}

/** The last word: what bytes are left, and the length. */
function tailOf(view: DataView, at: number, end: number, length: number): number {
  let word = length << 24;
  for (let each = at; each < end; each++) word |= view.getUint8(each) << ((each - at) * 8);
  return word;
}
