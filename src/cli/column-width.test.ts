import { expect, test } from 'vitest';
import { columnWidth } from './column-width.ts';

test('counts columns, not units', () => {
  expect(columnWidth('')).toBe(0);
  expect(columnWidth('a~ ')).toBe(3);
  expect(columnWidth('系図 a')).toBe(6);
  expect(columnWidth('e\u0301')).toBe(1);
  expect(columnWidth('👩‍👩‍👧x')).toBe(3);
});

test('a megabyte is measured in time that its length accounts for', () => {
  expect(columnWidth('A'.repeat(1_000_000))).toBe(1_000_000);
  expect(columnWidth('系'.repeat(300_000))).toBe(600_000);
});
