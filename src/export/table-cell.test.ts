import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableCell } from './table-cell.ts';

describe('cells of the table', () => {
  test.each(['=1+1', '+1', '-1', '@a', '\ta', '\ra', '＝1'])(
    '%j is neutralised, but not when exact',
    (text) => {
      expect(parse(tableCell(text, 'safe'))).toEqual([[`'${text}`]]);
      expect(parse(tableCell(text, 'exact'))).toEqual([[text]]);
    },
  );

  test('exact cells come back as they were, and safe ones never begin a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(parse(`x,${tableCell(text, 'exact')}\r\n`, { record_delimiter: '\r\n' })).toEqual([
          ['x', text],
        ]);
        const [[, safe]] = parse(`x,${tableCell(text, 'safe')}\r\n`, { record_delimiter: '\r\n' }) as [
          [string, string],
        ];
        expect(safe).not.toMatch(/^[=+\-@\t\r]/);
        expect(safe === text || safe === `'${text}`).toBe(true);
      }),
    );
  });
});
