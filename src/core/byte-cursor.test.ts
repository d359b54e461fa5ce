import { expect, test } from 'vitest';
import { ByteCursor, MalformedBytes } from './byte-cursor.ts';

const bytes = Buffer.from('ff01020304050607f0', 'hex');

test('reads little-endian numbers and moves on', () => {
  const cursor = new ByteCursor(bytes);
  expect([cursor.u8(), cursor.u16(), cursor.u32(), cursor.position]).toEqual([0xff, 0x0201, 0x06050403, 7]);
  expect([cursor.u8At(8), cursor.u16At(7), cursor.u32At(0)]).toEqual([0xf0, 0xf007, 0x030201ff]);
  expect([cursor.u64At(1), cursor.i64At(1)]).toEqual([
    0xf007060504030201n,
    0xf007060504030201n - (1n << 64n),
  ]);
  expect([cursor.position, new ByteCursor(Buffer.from('0000803f', 'hex')).f32At(0)]).toEqual([7, 1]);
  expect(new ByteCursor(Buffer.from('000000000000f03f', 'hex')).f64At(0)).toBe(1);
});

test('reads the part of a buffer that it was given', () => {
  expect(new ByteCursor(bytes.subarray(1, 3)).u16()).toBe(0x0201);
  expect(() => new ByteCursor(bytes.subarray(1, 3)).u32()).toThrow(MalformedBytes);
});

test.each<[string, (cursor: ByteCursor) => unknown, number]>([
  ['a number across the end', (cursor) => cursor.u32At(6), 6],
  ['a number before the start', (cursor) => cursor.u8At(-1), -1],
  ['a skip beyond the end', (cursor) => cursor.skip(10), 0],
  ['a range beyond the end', (cursor) => cursor.need(5, 0xffff_ffff), 5],
])('%s is an error with its offset', (_, read, offset) => {
  try {
    read(new ByteCursor(bytes));
  } catch (error) {
    expect(error).toMatchObject({ name: 'MalformedBytes', code: 'truncated', offset });
    return;
  }
  throw new Error('nothing was thrown');
});
