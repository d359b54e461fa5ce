import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTicks, parseIsoTicks, ticksOfFiletime } from './ticks.ts';

describe('reading ISO 8601', () => {
  test('keeps all seven digits, cuts finer ones', () => {
    expect(parseIsoTicks('2023-01-01T00:00:00.1234567Z')).toBe(16_725_312_001_234_567n);
    expect(parseIsoTicks('2022-08-31T19:19:00.518676599Z')).toBe(16_619_735_405_186_765n);
  });

  test('takes blanks, commas, missing seconds and zones', () => {
    const noon = parseIsoTicks('2023-01-01T12:00:00Z');
    expect(parseIsoTicks('2023-01-01 12:00')).toBe(noon);
    expect(parseIsoTicks('2023-01-01 14:00:00,0 +02:00')).toBe(noon);
    expect(parseIsoTicks('2023-01-01T07:30:00-0430')).toBe(noon);
  });

  test('refuses what is no date', () => {
    for (const text of [
      '',
      'now',
      '2023-02-30T00:00:00Z',
      '2023-13-01T00:00:00Z',
      '2023-01-01T25:00:00Z',
      '2023-01-01',
    ])
      expect(parseIsoTicks(text)).toBeUndefined();
  });
});

test('the fast way and the slow way give the same', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
  const year = fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0'));
  const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,7}$/));
  fc.assert(
    fc.property(year, two(14), two(33), two(25), two(61), two(61), fraction, (y, mo, d, h, mi, s, f) => {
      // A blank at the end or a zone of zero sends the text the slow way.
      const text = `${y}-${mo}-${d}T${h}:${mi}:${s}${f}`;
      const slow = parseIsoTicks(`${text}+00:00`);
      expect(parseIsoTicks(text)).toBe(slow);
      expect(parseIsoTicks(`${text}Z`)).toBe(slow);
    }),
    { numRuns: 2_000 },
  );
});

test('FILETIME counts from 1601', () => {
  expect(formatTicks(ticksOfFiletime(133_370_000_000_000_001n))).toBe('2023-08-20T10:13:20.0000001Z');
});

test('writing cuts digits and handles moments before 1970', () => {
  expect(formatTicks(16_725_312_001_234_567n, 3)).toBe('2023-01-01T00:00:00.123Z');
  expect(formatTicks(16_725_312_001_234_567n, 0)).toBe('2023-01-01T00:00:00Z');
  expect(formatTicks(-1n)).toBe('1969-12-31T23:59:59.9999999Z');
});

test('what is written reads as the same moment', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -100_000_000_000_000_000n, max: 1_000_000_000_000_000_000n }), (ticks) => {
      expect(parseIsoTicks(formatTicks(ticks))).toBe(ticks);
    }),
  );
});
