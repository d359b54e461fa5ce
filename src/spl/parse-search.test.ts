import { describe, expect, test } from 'vitest';
import { markedSearch } from '../../test/marked-search.ts';
import { printSearch } from '../../test/print-search.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { parseSearchExpression } from './parse-search.ts';
import type { SearchExpression } from './search-expression.ts';
import { StageReader } from './stage-reader.ts';

function parse(text: string, first = true): { tree: SearchExpression; faults: readonly Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const tree = parseSearchExpression(new StageReader(text, { start: 0, end: text.length }, faults), {
    first,
  });
  return { tree, faults };
}

function tree(text: string): string {
  const parsed = parse(text);
  expect(parsed.faults).toEqual([]);
  return printSearch(parsed.tree);
}

describe('precedence: parentheses, NOT, OR, AND', () => {
  test.each([
    ['a b OR c', '(and a (or b c))'],
    ['A=1 AND B=2 OR C=3', '(and A=1 (or B=2 C=3))'],
    ['error NOT 403 OR 404', '(and error (or (not 403) 404))'],
    ['A=1 OR A=2 B=1 OR B=2', '(and (or A=1 A=2) (or B=1 B=2))'],
    ['NOT (A=1 OR B=2)', '(not (or A=1 B=2))'],
    ['NOT NOT a', '(not (not a))'],
    ['(a b) c', '(and (and a b) c)'],
    ['((a))', 'a'],
    ['a and b', undefined],
  ])('%s', (text, expected) => {
    if (expected !== undefined) expect(tree(text)).toBe(expected);
    else expect(parse(text).faults.map((fault) => fault.code)).toEqual(['lower-case-operator']);
  });
});

describe('terms and comparisons', () => {
  test.each([
    ['"failed login"', 'phrase<failed login>'],
    ['TERM(10.0.0.9) CASE(Error)', '(and TERM<10.0.0.9> CASE<Error>)'],
    ['host=CASE(LOCALHOST)', 'host=CASE<LOCALHOST>'],
    ['user = bob', 'user=bob'],
    ['size>=400 size<=1000', '(and size>=400 size<=1000)'],
    ['"user name"=bob "a.b"="c d"', '(and user name=bob a.b="c d")'],
    ['path="C:\\\\Windows\\\\*"', 'path="C:\\Windows\\*"'],
    ['Image=*\\\\cmd.exe', 'Image=*\\cmd.exe'],
    ['Image="*\\cmd.exe"', 'Image="*\\cmd.exe"'],
    [
      'code IN (40*, 500) u IN("bob smith",alice) v IN (a b)',
      '(and code{40*,500} u{"bob smith",alice} v{a,b})',
    ],
    ['sourcetype::access tag=x', undefined],
    ['url=http://x?a=b', 'url=http://x?a=b'],
    ['a==1', 'a=1'],
    ['user=""', 'user=""'],
    ['src=10.0.0.0/8', 'src=10.0.0.0/8'],
    ['a{}.b=1 x:y=2', '(and a{}.b=1 x:y=2)'],
    ['*', '*'],
    ['', '*'],
    ['a * b', '(and a b)'],
    ['earliest=-24h@h latest=now() index=t', '(and earliest:-24h@h latest:now index=t)'],
    ['earliest="10/15/2019:20:00:00"', 'earliest:10/15/2019:20:00:00'],
  ])('%s', (text, expected) => {
    if (expected !== undefined) expect(tree(text)).toBe(expected);
    else expect(parse(text).faults.map((fault) => fault.code)).toEqual(['modifier-not-supported']);
  });

  test('field::value is a comparison', () => {
    expect(tree('sourcetype::access')).toBe('sourcetype=access');
  });

  test('behind a pipe time modifiers are fields, with a warning', () => {
    const { tree: found, faults } = parse('earliest=5 tag=x', false);
    expect(printSearch(found)).toBe('(and earliest=5 tag=x)');
    expect(faults).toMatchObject([{ code: 'time-modifier-as-field', severity: 'warning' }]);
  });
});

describe('faults', () => {
  test.each([
    ['index=t «(»user=bob OR user=amy', 'unclosed-parenthesis'],
    ['a «OR»', 'incomplete-expression'],
    ['«OR» a', 'incomplete-expression'],
    ['a «AND»', 'incomplete-expression'],
    ['a «NOT»', 'incomplete-expression'],
    ['a «OR» OR b', 'incomplete-expression'],
    ['a «)»', 'unexpected-token'],
    ['a «()»', 'missing-part'],
    ['a «=» b', undefined],
    ['«=»b', 'unexpected-token'],
    ['«user=» OR x=1', 'missing-value'],
    ['x IN «(»a, b', 'unclosed-parenthesis'],
    ['x IN «()»', 'missing-part'],
    ['a «XOR» b', 'operator-not-in-search'],
    ['«eventtype»=x', 'modifier-not-supported'],
    ['earliest«>»5', 'time-modifier-operator'],
    ['a «[search b]»', 'subsearch-not-supported'],
    ["«'a.b'»=1", 'single-quotes-in-search'],
  ])('%s: %s', (marked, code) => {
    const { text, span } = markedSearch(marked);
    const { faults } = parse(text);
    if (code === undefined) expect(faults).toEqual([]);
    else expect(faults[0]).toMatchObject({ code, span });
  });

  test('nesting is bounded', () => {
    for (const text of ['('.repeat(3000), 'NOT '.repeat(3000), 'NOT ('.repeat(3000)])
      expect(parse(text).faults.map((fault) => fault.code)).toContain('too-deep');
  });
});
