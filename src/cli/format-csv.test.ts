import { expect, test } from 'vitest';
import { csvHeader, csvRow } from './format-csv.ts';

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

test('times carry all digits', () => {
  expect(csvRow([16_725_312_001_234_567n])).toBe('2023-01-01T00:00:00.1234567Z');
});
