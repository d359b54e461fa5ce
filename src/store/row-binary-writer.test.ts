import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowBinaryReader } from './row-binary-reader.ts';
import { chunkSlices, RowBinaryWriter } from './row-binary-writer.ts';

/** What was written, read back by the reader. */
function reader(writer: RowBinaryWriter): RowBinaryReader {
  return new RowBinaryReader(Buffer.concat(writer.chunks()));
}

describe('RowBinaryWriter', () => {
  test.each([
    0, 1, 39, 40, 41, 42, 43, 63, 64, 127, 128, 129, 5461, 16_383, 16_384, 65_536, 65_537, 1_048_600,
  ])('writes a text of %d units so that it can be read, ASCII or not', (length) => {
    for (const unit of ['a', 'é', '日', '\0']) {
      const writer = new RowBinaryWriter();
      const text = unit.repeat(length);
      writer.text(text);
      writer.text('behind');
      const read = reader(writer);
      expect(read.text()).toBe(text);
      expect(read.text()).toBe('behind');
      expect(read.atEnd).toBe(true);
    }
  });

  test('writes any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 })), (texts) => {
        const writer = new RowBinaryWriter();
        for (const text of texts) writer.text(text);
        const read = reader(writer);
        for (const text of texts) expect(read.text()).toBe(text);
        expect(read.atEnd).toBe(true);
      }),
    );
  });

  test('writes half a surrogate pair as the replacement character', () => {
    const writer = new RowBinaryWriter();
    writer.text('a\ud800b');
    expect(reader(writer).text()).toBe('a\ufffdb');
  });

  test('writes numbers', () => {
    const writer = new RowBinaryWriter();
    writer.byte(255);
    writer.variableInteger(2 ** 40);
    writer.unsigned64(2n ** 64n - 1n);
    writer.signed64(-(2n ** 63n));
    writer.float64(Number.NaN);
    const read = reader(writer);
    expect(read.byte()).toBe(255);
    expect(read.variableInteger()).toBe(2 ** 40);
    expect(read.unsigned64()).toBe(2n ** 64n - 1n);
    expect(read.signed64()).toBe(-(2n ** 63n));
    expect(read.float64()).toBeNaN();
  });

  test('can be cleared and used again', () => {
    const writer = new RowBinaryWriter();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 3000; n++) writer.text('x'.repeat(1000));
      expect(writer.length).toBe(3000 * 1002);
      expect(Buffer.concat(writer.chunks()).length).toBe(writer.length);
      writer.clear();
      expect(writer.length).toBe(0);
    }
  });

  test('gives its memory away, and takes it back', () => {
    const writer = new RowBinaryWriter();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 3000; n++) writer.text(String(round).repeat(1000));
      const whole = Buffer.concat(writer.chunks());
      const taken = writer.take();
      expect(writer.length).toBe(0);
      writer.text('written over it');
      expect(Buffer.concat(taken).equals(whole)).toBe(true);
      writer.clear();
      writer.reuse(taken);
    }
    expect(writer.take()).toEqual([]);
  });

  test('gives the bytes of spans, across chunks', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2_500_000), { maxLength: 12 }), (cuts) => {
        const writer = new RowBinaryWriter();
        for (let n = 0; n < 2500; n++) writer.raw(Buffer.alloc(1000, n % 251));
        const whole = Buffer.concat(writer.chunks());
        const sorted = cuts.sort((a, b) => a - b);
        const spans = sorted.flatMap((from, at): [number, number][] => {
          const to = sorted[at + 1];
          return at % 2 === 0 && to !== undefined ? [[from, to]] : [];
        });
        const expected = Buffer.concat(spans.map(([from, to]) => whole.subarray(from, to)));
        expect(Buffer.concat(chunkSlices(writer.chunks(), spans)).equals(expected)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('RowBinaryReader', () => {
  test('does not read past the end', () => {
    expect(() => new RowBinaryReader(Buffer.from([5, 97])).text()).toThrow(RangeError);
    expect(() => new RowBinaryReader(Buffer.from([0x80])).variableInteger()).toThrow(RangeError);
  });
});
