import { describe, expect, test } from 'vitest';
import { gridColumns } from './grid-columns.ts';
import { ranges } from './row-store.ts';

describe('columns leave a narrow grid', () => {
  test.each([
    [1200, 8],
    [928, 7],
    [800, 6],
    [690, 5],
    [560, 4],
    [450, 3],
  ])('of %d px: %d are left', (width, count) => {
    expect(gridColumns(width, {}).shown).toHaveLength(count);
  });

  test('the user first, then lifetime, distance, evidence, start', () => {
    expect(gridColumns(690, {}).shown).toEqual(['process', 'start', 'command', 'evidence', 'flags']);
    expect(gridColumns(100, {}).shown).toEqual(['process', 'command', 'flags']);
  });

  test('unless a person chose otherwise', () => {
    expect(gridColumns(1200, { evidence: 'hide', process: 'hide' }).shown).not.toContain('evidence');
    expect(gridColumns(1200, { process: 'hide' }).shown).toContain('process');
    expect(gridColumns(800, { user: 'show' }).shown).toContain('user');
  });
});

test('the first column grows with the names, up to two fifths', () => {
  expect(gridColumns(1000, {}, 300).template).toMatch(/^300px /);
  expect(gridColumns(1000, {}, 900).template).toMatch(/^400px /);
  expect(gridColumns(1000, {}, 10).template).toMatch(/^258px /);
});

test('the starts have room for the number of the day', () => {
  expect(gridColumns(1000, {}, 0, 1).template).toMatch(/^258px 70px /);
  expect(gridColumns(1000, {}, 0, 12).template).toMatch(/^258px 76px /);
  expect(gridColumns(1200, {}, 0, 1_000).template).toMatch(/^292px 120px /);
});

test('positions are asked for as ranges', () => {
  expect(ranges([7, 3, 4, 5, 9])).toBe('3-5,7,9');
  expect(ranges([])).toBe('');
});
