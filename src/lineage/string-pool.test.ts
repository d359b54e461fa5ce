import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TEXT, StringPool } from './string-pool.ts';
import { viewOf } from './text-bytes.ts';

const text = fc.oneof(fc.constantFrom('', 'a', 'a\0', '\0', '\ufffd'), fc.string({ unit: 'binary' }));

test('texts have one number, as strings and as bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean(), fc.nat(3))), (given) => {
      const pool = new StringPool();
      const numbers = new Map<string, number>();
      for (const [each, asBytes, before] of given) {
        const bytes = Buffer.from(`${'x'.repeat(before)}${each}`);
        const known = each === '' ? NO_TEXT : numbers.get(each);
        if (each !== '') expect(pool.find(each)).toBe(known);
        const number = asBytes ? pool.internBytes(viewOf(bytes), before, bytes.length) : pool.intern(each);
        expect(number).toBe(known ?? numbers.size);
        if (each !== '') numbers.set(each, number);
        expect(pool.text(number)).toBe(each === '' ? undefined : each);
      }
      expect(pool.size).toBe(numbers.size);
    }),
  );
});

test('bytes that are not UTF-8 are the text that is shown of them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (bytes) => {
      const pool = new StringPool();
      const shown = Buffer.from(bytes).toString();
      const number = pool.internBytes(viewOf(bytes), 0, bytes.length);
      expect(pool.text(number)).toBe(shown);
      expect(pool.intern(shown)).toBe(number);
      expect(pool.internBytes(viewOf(bytes), 0, bytes.length)).toBe(number);
    }),
  );
});

test('keeps the numbers of many texts', () => {
  const pool = new StringPool();
  for (let at = 0; at < 20_000; at++) expect(pool.intern(`text ${at}`)).toBe(at);
  for (let at = 0; at < 20_000; at += 7) expect(pool.find(`text ${at}`)).toBe(at);
  expect(pool.find('text')).toBeUndefined();
  expect(pool.text(20_000)).toBeUndefined();
});
