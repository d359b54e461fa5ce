import { describe, expect, test } from 'vitest';
import { ancestorsAbove, chainRows, guideX, rowGuides } from './row-guides.ts';
import { sampleTree } from './sample-tree.ts';
import { shapeOf } from './tree-shape.ts';
import { visibleRows } from './visible-rows.ts';

const columns = sampleTree([
  { parent: -1 },
  { parent: 0 },
  { parent: 1 },
  { parent: 0, grade: 2 },
  { parent: 3 },
  { parent: 0 },
]);
const rows = visibleRows({
  columns,
  shape: shapeOf(columns),
  open: { branches: new Uint8Array(6).fill(1), groups: new Set() },
  mask: undefined,
  foldAlike: true,
  root: -1,
});

describe('the lines of a row', () => {
  test('run past it where an ancestor has further siblings', () => {
    const chain = chainRows(rows, -1);
    expect(rowGuides(columns, rows, 2, chain).passing).toEqual([{ level: 0, on: false }]);
    expect(rowGuides(columns, rows, 4, chain).passing).toEqual([{ level: 0, on: false }]);
    expect(rowGuides(columns, rows, 5, chain)).toMatchObject({
      passing: [],
      runsOn: undefined,
      down: undefined,
    });
    expect(rowGuides(columns, rows, 0, chain)).toMatchObject({
      edge: undefined,
      down: { level: 0, on: false },
    });
  });

  test('belong to the chain where its next link hangs below', () => {
    const chain = chainRows(rows, 4);
    expect(rowGuides(columns, rows, 0, chain).down?.on).toBe(true);
    expect(rowGuides(columns, rows, 1, chain)).toMatchObject({
      edge: { grade: 'exact', on: false },
      runsOn: { level: 0, on: true },
      down: { level: 1, on: false },
    });
    expect(rowGuides(columns, rows, 2, chain).passing).toEqual([{ level: 0, on: true }]);
    expect(rowGuides(columns, rows, 3, chain)).toMatchObject({
      edge: { grade: 'ambiguous', on: true },
      runsOn: { level: 0, on: false },
      down: { level: 1, on: true },
    });
    expect(rowGuides(columns, rows, 5, chain).edge?.on).toBe(false);
  });

  test('stand twelve pixels apart, six from level fourteen on', () => {
    expect([guideX(0), guideX(1), guideX(14), guideX(15)]).toEqual([9.5, 21.5, 177.5, 183.5]);
  });

  test('name the ancestors that are scrolled away', () => {
    expect(ancestorsAbove(rows, 4)).toEqual([0, 3]);
    expect(ancestorsAbove(rows, 0)).toEqual([]);
  });
});
