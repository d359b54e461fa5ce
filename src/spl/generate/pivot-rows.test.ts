import { expect, test } from 'vitest';
import type { PivotOptions } from '../plan.ts';
import { pivotRows } from './pivot-rows.ts';

const options: PivotOptions = {
  limit: { mode: 'top', count: 10 },
  useOther: true,
  otherText: 'OTHER',
  useNull: true,
  nullText: 'NULL',
  separator: ': ',
  format: undefined,
  continuous: false,
  partial: true,
  fixedRange: true,
};
const span = { start: 0, end: 0 };
const base = {
  step: {
    kind: 'pivot' as const,
    measures: [],
    row: { field: 'h', bin: undefined },
    column: { field: 'c', bin: undefined },
    options,
    span,
  },
  rowType: 'text' as const,
  bins: undefined,
  whole: () => true,
};
const count = { name: 'count', type: 'number' as const, zero: true };
const average = { name: 'avg(v)', type: 'number' as const, zero: false };

test('series stand in natural order, OTHER and NULL behind them; missing counts are 0', () => {
  const cells = [
    ['x', '10', 0, 1],
    ['x', null, 0, 2],
    ['y', '9', 0, 3],
    ['y', 'OTHER', 0, 4],
  ];
  expect(pivotRows({ ...base, cells, measures: [count] })).toEqual({
    columns: ['h', '9', '10', 'OTHER', 'NULL'].map((name, at) => ({
      name,
      type: at === 0 ? 'text' : 'number',
    })),
    rows: [
      ['x', 0, 1, 0, 2],
      ['y', 3, 0, 4, 0],
    ],
  });
});

test('several measures have their names in front, and what is missing is empty', () => {
  const cells = [
    ['x', 'a', 0, 1, 5],
    ['y', 'b', 0, 1, 6],
  ];
  const { columns, rows } = pivotRows({ ...base, cells, measures: [count, average] });
  expect(columns.map(({ name }) => name)).toEqual(['h', 'count: a', 'count: b', 'avg(v): a', 'avg(v): b']);
  expect(rows).toEqual([
    ['x', 1, 0, 5, null],
    ['y', 0, 1, null, 6],
  ]);
});
