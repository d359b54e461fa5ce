import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandFieldPatterns, fillFieldPattern, matchFieldPattern } from './field-pattern.ts';

describe('patterns of field names', () => {
  test('tell what each star stood for', () => {
    expect(matchFieldPattern('a*c', 'abc')).toEqual(['b']);
    expect(matchFieldPattern('a*', 'a')).toEqual(['']);
    expect(matchFieldPattern('*.*', 'x.y.z')).toEqual(['x', 'y.z']);
    expect(matchFieldPattern('ab*b', 'ab')).toBeUndefined();
    expect(matchFieldPattern('a*b*b', 'axb')).toBeUndefined();
  });

  test('take a name back from its stars', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '.', '_'), maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 2, maxLength: 4 }),
        fc.array(piece, { minLength: 3, maxLength: 3 }),
        (pieces, stars) => {
          const pattern = pieces.join('*');
          const name = fillFieldPattern(pattern, stars);
          const found = matchFieldPattern(pattern, name);
          expect(found).toBeDefined();
          expect(fillFieldPattern(pattern, found ?? [])).toBe(name);
        },
      ),
    );
  });

  test('do not reach internal fields unless they begin as those do', () => {
    const names = ['_time', 'time', '_raw', 'n'];
    expect(expandFieldPatterns(['*'], names)).toEqual(['time', 'n']);
    expect(expandFieldPatterns(['_*', 'n', 'missing', 'n'], names)).toEqual([
      '_time',
      '_raw',
      'n',
      'missing',
    ]);
  });

  test('of many stars are matched in little time', () => {
    expect(matchFieldPattern('*a'.repeat(50), `${'a'.repeat(5000)}b`)).toBeUndefined();
  });
});
