import { expect, test } from 'vitest';
import { grown, startBeside, stripKeys, zoomed } from './strip-keys.ts';
import type { TreeColumns } from './tree-columns.ts';

const whole = { from: 0, to: 1_000 };

test('zooming keeps the moment in the middle, stays inside, and gives the whole time back', () => {
  expect(zoomed(whole, 500, 0.5, whole)).toEqual({ from: 250, to: 750 });
  expect(zoomed(whole, 10, 0.5, whole)).toEqual({ from: 0, to: 500 });
  expect(zoomed({ from: 0, to: 500 }, 900, 0.5, whole)).toEqual({ from: 125, to: 375 });
  expect(zoomed({ from: 250, to: 750 }, 500, 2, whole)).toBeUndefined();
});

test('a time grows from its fixed end, also past it', () => {
  const time = grown({ from: 500, to: 500 }, -1, whole);
  expect(time).toEqual({ from: 500, to: 490 });
  expect(grown(time, 2, whole)).toEqual({ from: 500, to: 510 });
  expect(grown({ from: 500, to: 995 }, 5, whole)).toEqual({ from: 500, to: 1_000 });
});

test('arrows go by start; the ends have nothing beyond them', () => {
  const columns = { start: Float64Array.from([5, 1, Number.NaN, 3]), size: 4 } as unknown as TreeColumns;
  const order = [1, 3, 0];
  expect(startBeside(columns, order, 0, 3, 1)).toBe(0);
  expect(startBeside(columns, order, 0, 3, -1)).toBe(1);
  expect(startBeside(columns, order, 0, 0, 1)).toBeUndefined();
  expect(startBeside(columns, order, 2, 2, 1)).toBe(3);
});

test('keys with Ctrl and letters are left to others', () => {
  const acts = {
    go: () => {},
    goTo: () => {},
    grow: () => {},
    take: () => {},
    zoom: () => {},
    whole: () => {},
  };
  const press = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  expect(stripKeys({ ...press, key: 'ArrowLeft' }, acts)).toBe(true);
  expect(stripKeys({ ...press, key: '-', ctrlKey: true }, acts)).toBe(false);
  expect(stripKeys({ ...press, key: 'a' }, acts)).toBe(false);
});
