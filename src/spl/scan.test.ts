import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ScanMode, scanToken } from './scan.ts';

function scan(text: string, mode: ScanMode): readonly string[] {
  const found: string[] = [];
  let at = 0;
  let operand = false;
  for (;;) {
    const token = scanToken(text, at, text.length, mode, operand);
    if (token.kind === 'end') return found;
    found.push(`${token.kind}:${token.text}`);
    at = token.span.end;
    operand =
      token.kind === 'word' || token.kind === 'number' || token.kind === 'string' || token.kind === 'close';
  }
}

describe('search mode', () => {
  test('words end at blanks, parentheses, quotes and comparisons', () => {
    expect(scan('host=web* (a>=1)', 'search')).toEqual([
      'word:host',
      'operator:=',
      'word:web*',
      'open:(',
      'word:a',
      'operator:>=',
      'word:1',
      'close:)',
    ]);
  });

  test('a backslash takes the next character with it', () => {
    expect(scan('*\\\\cmd.exe a\\|b a\\"b', 'search')).toEqual([
      'word:*\\\\cmd.exe',
      'word:a\\|b',
      'word:a\\"b',
    ]);
  });

  test('values may hold comparisons, and hold ! everywhere', () => {
    expect(scan('http://x?a=b!=c', 'value')).toEqual(['word:http://x?a=b!=c']);
    expect(scan('wow! a!=b', 'search')).toEqual(['word:wow!', 'word:a', 'operator:!=', 'word:b']);
  });
});

describe('expression mode', () => {
  test('a dot behind an operand joins, elsewhere it begins a number', () => {
    expect(scan('a.b', 'expression')).toEqual(['word:a', 'operator:.', 'word:b']);
    expect(scan('x + .5', 'expression')).toEqual(['word:x', 'operator:+', 'number:.5']);
    expect(scan('1.5e3', 'expression')).toEqual(['number:1.5e3']);
  });

  test('a word that begins with a digit is no number', () => {
    expect(scan('5minutes', 'expression')).toEqual(['stray:5minutes']);
  });

  test('quotes of both kinds', () => {
    expect(scan(`'a b'="c\\"d"`, 'expression')).toEqual([
      "quoted-field:'a b'",
      'operator:=',
      'string:"c\\"d"',
    ]);
  });
});

test('arguments: options, commas, statistics', () => {
  expect(scan('sum(x) AS "a b", span=1h', 'arguments')).toEqual([
    'word:sum',
    'open:(',
    'word:x',
    'close:)',
    'word:AS',
    'string:"a b"',
    'comma:,',
    'word:span',
    'operator:=',
    'word:1h',
  ]);
});

test('comments are passed over, subsearches and macros are one token', () => {
  expect(scan('a ```no | "thing``` b', 'search')).toEqual(['word:a', 'word:b']);
  expect(scan('[search "]" [x]] `m("`")`', 'search')).toEqual([
    'subsearch:[search "]" [x]]',
    'macro:`m("`")`',
  ]);
});

test('quotes without an end run to the end and say so', () => {
  expect(scanToken('"abc\\"', 0, 6, 'arguments')).toMatchObject({
    kind: 'string',
    value: 'abc"',
    closed: false,
  });
});

test('any text in any mode: tokens advance, stay inside, and slice to their text', () => {
  const modes = fc.constantFrom<ScanMode>('search', 'value', 'list', 'expression', 'arguments', 'option');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), modes, fc.boolean(), (text, mode, operand) => {
      let at = 0;
      while (at < text.length) {
        const token = scanToken(text, at, text.length, mode, operand);
        if (token.kind === 'end') break;
        expect(token.span.start).toBeGreaterThanOrEqual(at);
        expect(token.span.end).toBeGreaterThan(token.span.start);
        expect(token.span.end).toBeLessThanOrEqual(text.length);
        expect(token.text).toBe(text.slice(token.span.start, token.span.end));
        at = token.span.end;
      }
    }),
    { numRuns: 2000 },
  );
});
