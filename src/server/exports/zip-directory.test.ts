import { expect, test } from 'vitest';
import { zipDirectory } from './zip-directory.ts';

const file = { name: Buffer.from('a'), crc: 7, size: 6 * 2 ** 30, packedSize: 2 ** 30, offset: 5 * 2 ** 30 };

test('what does not fit in 32 bits stands in fields of 64, and only that', () => {
  const offset = 9 * 2 ** 30;
  const bytes = zipDirectory([{ ...file, offset: 3 }, file], offset);
  // 4.3.12: sizes of the first entry; its field has the size, then comes the second, whose field has the offset, too.
  expect([bytes.readUInt32LE(20), bytes.readUInt32LE(24), bytes.readUInt32LE(42)]).toEqual([
    2 ** 30,
    0xffff_ffff,
    3,
  ]);
  expect([bytes.readUInt16LE(47), bytes.readUInt16LE(49), bytes.readBigUInt64LE(51)]).toEqual([
    1,
    8,
    BigInt(file.size),
  ]);
  const second = 46 + 1 + 12;
  expect(bytes.readUInt32LE(second + 42)).toBe(0xffff_ffff);
  expect([bytes.readBigUInt64LE(second + 51), bytes.readBigUInt64LE(second + 59)]).toEqual([
    BigInt(file.size),
    BigInt(file.offset),
  ]);
  const size = second + 46 + 1 + 20;
  // 4.3.14 and 4.3.15
  const end = bytes.subarray(size);
  expect([
    end.readUInt32LE(0),
    end.readBigUInt64LE(32),
    end.readBigUInt64LE(40),
    end.readBigUInt64LE(48),
  ]).toEqual([0x0606_4b50, 2n, BigInt(size), BigInt(offset)]);
  expect([end.readUInt32LE(56), end.readBigUInt64LE(64)]).toEqual([0x0706_4b50, BigInt(offset + size)]);
  expect([end.readUInt32LE(76), end.readUInt16LE(86), end.readUInt32LE(92)]).toEqual([
    0x0605_4b50, 2, 0xffff_ffff,
  ]);
});

test('a small archive has none of them', () => {
  const bytes = zipDirectory([{ ...file, size: 1, packedSize: 3, offset: 0 }], 40);
  expect(bytes.length).toBe(46 + 1 + 22);
});
