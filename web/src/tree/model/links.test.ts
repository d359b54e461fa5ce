import { describe, expect, test } from 'vitest';
import { moveByKey, nextOf, typeAhead } from './grid-move.ts';
import { openCode, openFromCode } from './open-code.ts';
import { initialOpen, withBranch, withGroup } from './open-state.ts';
import { positionOfKey, processKey } from './process-key.ts';
import { rowKinds } from './row-buffer.ts';
import { sampleTree } from './sample-tree.ts';
import { nameAt } from './tree-columns.ts';
import { shapeOf } from './tree-shape.ts';
import { visibleRows } from './visible-rows.ts';

const columns = sampleTree([
  { parent: -1, name: 'explorer', start: Number.NaN, basis: 2 },
  { parent: 0, name: 'outlook', matched: true },
  { parent: 1, name: 'cmd' },
  { parent: 1, name: 'conhost' },
  { parent: -1, name: 'svchost', start: Number.NaN },
]);
const shape = shapeOf(columns);
const initial = initialOpen(columns, shape);

describe('a link', () => {
  test('names a process by its id and start', () => {
    for (let at = 0; at < columns.size; at += 1)
      expect(positionOfKey(columns, processKey(columns, at))).toBe(at);
    expect(positionOfKey(columns, '77.abc')).toBe(-1);
    expect(positionOfKey(columns, '')).toBe(-1);
  });

  test('keeps what is open and closed', () => {
    const state = withGroup(withBranch(initial, 1, false), 3, true);
    const code = openCode(initial, state);
    expect(openFromCode(initial, code)).toEqual(state);
    expect(openCode(initial, initial)).toBeUndefined();
  });

  test('of another tree, or that was tampered with, changes nothing', () => {
    expect(openFromCode(initial, '9~1~')).toBe(initial);
    expect(openFromCode(initial, '5~zz.zz~')).toEqual({ ...initial, groups: new Set() });
    expect(openFromCode(initial, 'x')).toBe(initial);
  });
});

describe('a key', () => {
  const rows = visibleRows({ columns, shape, open: initial, mask: undefined, foldAlike: true, root: -1 });

  test('moves over the line between roots', () => {
    expect(rows.kind[4]).toBe(rowKinds.section);
    expect(moveByKey(rows, 3, 'ArrowDown', 10)).toBe(5);
    expect(moveByKey(rows, 5, 'ArrowUp', 10)).toBe(3);
    expect(moveByKey(rows, 5, 'ArrowDown', 10)).toBe(5);
    expect(moveByKey(rows, 0, 'PageDown', 4)).toBe(3);
    expect(moveByKey(rows, 2, 'Home', 10)).toBe(0);
    expect(moveByKey(rows, 2, 'End', 10)).toBe(5);
    expect(moveByKey(rows, 2, 'x', 10)).toBeUndefined();
  });

  test('letters find the next name', () => {
    const name = (row: number) => nameAt(columns, rows.position[row] ?? 0) ?? '';
    expect(typeAhead(rows, 0, 'c', name)).toBe(2);
    expect(typeAhead(rows, 2, 'c', name)).toBe(3);
    expect(typeAhead(rows, 2, 'co', name)).toBe(3);
    expect(typeAhead(rows, 3, 'e', name)).toBe(0);
    expect(typeAhead(rows, 3, 'q', name)).toBeUndefined();
  });

  test('goes on to the next of some positions, around the end', () => {
    expect(nextOf([2, 5, 9], 5, false)).toBe(9);
    expect(nextOf([2, 5, 9], 9, false)).toBe(2);
    expect(nextOf([2, 5, 9], 2, true)).toBe(9);
    expect(nextOf([], 2, true)).toBeUndefined();
  });
});
