import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowWindow, scrollTo } from './row-window.ts';

describe('the rows in sight', () => {
  test('a short table is drawn whole', () => {
    expect(rowWindow(3, 24, 0, 500)).toMatchObject({ height: 72, from: 0, to: 3, top: 0 });
  });

  test('a window with some rows around it', () => {
    expect(rowWindow(1000, 20, 4000, 200, 2)).toMatchObject({
      height: 20_000,
      from: 198,
      to: 212,
      top: 3960,
    });
  });

  test('a million rows: the first at the top, the last at the bottom, few in the page', () => {
    const rows = 1_000_000;
    expect(rowWindow(rows, 24, 0, 600).from).toBe(0);
    const bottom = rowWindow(rows, 24, 15_000_000 - 600, 600);
    expect(bottom.height).toBe(15_000_000);
    expect(bottom.to).toBe(rows);
    expect(bottom.to - bottom.from).toBeLessThan(60);
  });

  test('every row can be scrolled to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, share, where) => {
          const row = Math.floor(share * (rows - 1));
          const height = rowWindow(rows, 24, 0, 600).height;
          const before = where * Math.max(0, height - 600);
          const seen = rowWindow(rows, 24, scrollTo(row, rows, 24, before, 600), 600, 1);
          expect(seen.from).toBeLessThanOrEqual(row);
          expect(seen.to).toBeGreaterThan(row);
          expect(seen.to - seen.from).toBeLessThanOrEqual(seen.most);
        },
      ),
    );
  });
});
