import { expect, test } from 'vitest';
import { stripMarks, timeStrip } from './time-strip.ts';

test('none is a dot, few the lowest block, the most the highest', () => {
  expect(timeStrip([0, 1, 100, 10_000])).toBe('·▁▁█');
  expect(timeStrip([0, 0])).toBe('··');
  expect(timeStrip([7])).toBe('█');
});

test('signs stand below their parts', () => {
  expect(
    stripMarks(6, [
      { from: 1, to: 2, sign: 'g' },
      { from: 4, to: 9, sign: 's' },
    ]),
  ).toBe(' gg ss');
  expect(
    stripMarks(4, [
      { from: 1, to: 1, sign: 'g' },
      { from: 1, to: 1, sign: 'd' },
      { from: -3, to: -1, sign: 'c' },
    ]),
  ).toBe(' *');
});
