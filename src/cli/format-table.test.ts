import { expect, test } from 'vitest';
import type { Cell, Column } from '../store/store.ts';
import { tableLayout } from './format-table.ts';

function tableText(columns: readonly Column[], rows: readonly (readonly Cell[])[], width?: number): string {
  const table = tableLayout(columns, rows, width === undefined ? {} : { width });
  return table.header + rows.map((row) => table.rowText(row)).join('');
}

const text = (...names: string[]): Column[] => names.map((name) => ({ name, type: 'text' }));

test('aligns columns, numbers to the right', () => {
  const columns: Column[] = [...text('user'), { name: 'count', type: 'number' }];
  expect(
    tableText(columns, [
      ['amy', 3],
      ['wallylambic', 12],
    ]),
  ).toBe(
    ['user         count', '-----------  -----', 'amy              3', 'wallylambic     12', ''].join('\n'),
  );
});

test('each value of a multivalue field has its line', () => {
  expect(tableText(text('tree'), [[['a', '|--- b']], [['c']]])).toBe('tree\n------\na\n|--- b\nc\n');
});

test('wide characters take two columns', () => {
  expect(tableText(text('名', 'b'), [['系図', 'x']])).toBe('名    b\n----  -\n系図  x\n');
});

test('cells wrap to the width and lose nothing', () => {
  const shown = tableText(text('a', 'b'), [['x', 'y'.repeat(60)]], 40);
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(shown.replace(/[^y]/g, '')).toHaveLength(60);
});

test('escape sequences never reach the terminal', () => {
  expect(tableText(text('\u001b]0;x'), [['\u001b[2J']])).not.toContain('\u001b');
});

test('_time is shown on the clock of the zone', () => {
  const columns: Column[] = [{ name: '_time', type: 'time' }];
  const table = tableLayout(columns, [], { timezone: 'Asia/Tokyo' });
  expect(table.rowText([16_725_312_001_239_999n])).toBe('2023-01-01 09:00:00.123\n');
});

test('where cells must wrap, times, numbers and short columns stay whole', () => {
  const columns: Column[] = [{ name: '_time', type: 'time' }, ...text('user', 'command')];
  const [, , first = ''] = tableText(
    columns,
    [[16_725_312_001_239_999n, 'wallylambic', 'x'.repeat(90)]],
    60,
  ).split('\n');
  expect(first).toBe(`2023-01-01 00:00:00.123  wallylambic  ${'x'.repeat(22)}`);
});
