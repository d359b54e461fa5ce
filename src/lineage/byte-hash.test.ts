import { expect, test } from 'vitest';
import { hashBytes } from './byte-hash.ts';
import { viewOf } from './text-bytes.ts';

const key = [0x0302_0100, 0x0706_0504] as const;
const bytes = Uint8Array.from({ length: 4096 }, (_, at) => at & 0xff);

test('the same bytes have the same hash wherever they lie', () => {
  for (let length = 0; length < 40; length++) {
    const alone = hashBytes(key, viewOf(bytes.slice(0, length)), 0, length);
    for (let offset = 1; offset < 5; offset++) {
      const held = new Uint8Array(length + 9).fill(0xaa);
      held.set(bytes.subarray(0, length), offset);
      expect(hashBytes(key, viewOf(held), offset, offset + length)).toBe(alone);
    }
  }
});

test('other lengths, other bytes and other keys have others', () => {
  const view = viewOf(bytes);
  const seen = new Set<number>();
  for (let length = 0; length < 1_000; length++) {
    seen.add(hashBytes(key, view, 0, length));
    seen.add(hashBytes([key[0], key[1] ^ 1], view, 0, length));
  }
  for (let at = 0; at < 64; at++) {
    const changed = bytes.slice(0, 64);
    changed[at] = (changed[at] as number) ^ 0x80;
    seen.add(hashBytes(key, viewOf(changed), 0, 64));
  }
  expect(seen.size).toBeGreaterThan(2_060);
});
