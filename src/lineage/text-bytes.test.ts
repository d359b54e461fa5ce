import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextBytes } from './text-bytes.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });

function held(texts: readonly string[]): TextBytes {
  const bytes = new TextBytes();
  for (const each of texts) bytes.push(each);
  return bytes;
}

test('gives back what was put in', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      const bytes = held(texts);
      expect(texts.map((_, at) => bytes.at(at))).toEqual(texts);
      expect(bytes.at(texts.length)).toBe('');
    }),
  );
});

test('orders texts in one way', () => {
  fc.assert(
    fc.property(fc.tuple(text, text, text), (texts) => {
      const bytes = held(texts);
      expect(bytes.compare(0, 1) === 0).toBe(texts[0] === texts[1]);
      expect(Math.sign(bytes.compare(0, 1)) + Math.sign(bytes.compare(1, 0))).toBe(0);
      if (bytes.compare(0, 1) <= 0 && bytes.compare(1, 2) <= 0)
        expect(bytes.compare(0, 2)).toBeLessThanOrEqual(0);
    }),
  );
});

test('grows past its first room', () => {
  const bytes = new TextBytes();
  for (let at = 0; at < 5000; at++) bytes.push(`${at}-${'x'.repeat(40)}`);
  bytes.push('長い'.repeat(100_000));
  expect(bytes.at(4999)).toBe(`4999-${'x'.repeat(40)}`);
  expect(bytes.at(5000)).toBe('長い'.repeat(100_000));
});
