import { expect, test } from 'vitest';
import { readCsvRows, readJsonRows } from './literal-rows.ts';

test('CSV: quotes, short rows, line ends', () => {
  expect(readCsvRows('a,b\r\n1,"x ""y"", z"\n2\n')).toEqual({
    columns: ['a', 'b'],
    rows: [
      ['1', 'x "y", z'],
      ['2', null],
    ],
  });
  expect(readCsvRows('a\n1')).toEqual({ columns: ['a'], rows: [['1']] });
});

test.each(['', 'a,\n1,2', 'a,a\n1,2', 'a\n1,2', 'a\n"1', 'a\n"1"x'])('no CSV: %j', (text) => {
  expect(readCsvRows(text)).toBeTypeOf('string');
});

test('JSON: digits are kept, what is inside becomes text', () => {
  expect(readJsonRows('[{"a": 1.0, "b": "2"}, {"b": {"c": [1]}, "d": true, "a": 9007199254740993}]')).toEqual(
    {
      columns: ['a', 'b', 'd'],
      rows: [
        ['1.0', '2', null],
        ['9007199254740993', '{"c":[1]}', 'true'],
      ],
    },
  );
});

test.each(['', '{}', '[1]', '[{]', '[[]]'])('no rows in JSON: %j', (text) => {
  expect(readJsonRows(text)).toBeTypeOf('string');
});
