import { expect, test } from 'vitest';
import type { Cell, Column } from '../store/store.ts';
import { csvHeader, csvRow as rowOf } from './format-csv.ts';

const csvRow = (row: readonly Cell[]) => {
  const columns: Column[] = row.map((_, at) => ({ name: at === 0 ? '_time' : `c${at}`, type: 'text' }));
  return rowOf(columns, row);
};

test('quotes only what needs it', () => {
  expect(
    csvHeader([
      { name: 'a', type: 'text' },
      { name: 'b "c"', type: 'text' },
    ]),
  ).toBe('a,"b ""c"""');
  expect(csvRow(['x', 'a,b', null, 3, ['p', 'q']])).toBe('x,"a,b",,3,"p\nq"');
});

test('a text that a spreadsheet would run is disarmed; numbers stay numbers', () => {
  expect(csvRow(['=cmd|calc', '@x', '+1+1', '-3', '+4.5e2', -7])).toBe("'=cmd|calc,'@x,'+1+1,-3,+4.5e2,-7");
});

test('_time is a date with all digits, any other time epoch seconds', () => {
  expect(csvRow([16_725_312_001_234_567n, 16_725_312_001_200_000n, -5_000_000n])).toBe(
    '2023-01-01T00:00:00.1234567Z,1672531200.12,-0.5',
  );
});

test('what a terminal would obey is visible, and the wide signs of a formula are disarmed', () => {
  expect(csvRow(['\u001b[2J'])).toBe('\\x1b[2J');
  expect(csvRow(['\uff1dcmd'])).toBe("'\uff1dcmd");
  expect(csvRow(['a;=b'])).toBe('"a;=b"');
  expect(csvRow(['a\r\n\tb'])).toBe('"a\r\n\tb"');
});
