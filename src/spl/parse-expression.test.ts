import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedSearch } from '../../test/marked-search.ts';
import { printSource, printTree } from '../../test/print-expression.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import { expressionDepthLimit, parseWholeExpression } from './parse-expression.ts';
import { StageReader } from './stage-reader.ts';

function parse(text: string): { readonly tree: Expression; readonly faults: readonly Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const tree = parseWholeExpression(new StageReader(text, { start: 0, end: text.length }, faults));
  return { tree, faults };
}

function tree(text: string): string {
  const parsed = parse(text);
  expect(parsed.faults).toEqual([]);
  return printTree(parsed.tree);
}

describe('precedence', () => {
  test.each([
    ['1+2*3', '(+ 1 (* 2 3))'],
    ['1-2-3', '(- (- 1 2) 3)'],
    ['-a*b', '(* (- a) b)'],
    ['a." ".b+1', '(. (. a " ") (+ b 1))'],
    ['a.b=c', '(= (. a b) c)'],
    ['NOT a=1 AND b=2 OR c=3 XOR d=4', '(xor (or (and (not (= a 1)) (= b 2)) (= c 3)) (= d 4))'],
    ['a=1 or b=1 and c=1', '(or (= a 1) (and (= b 1) (= c 1)))'],
    ['(a OR b) AND c', '(and (or a b) c)'],
    ['!isnull(x) AND y', '(and (not (isnull x)) y)'],
    ['a==1 AND b<>2', '(and (= a 1) (!= b 2))'],
    ['a like "x%" and b IN (1, "2")', '(and (like a "x%") (in b 1 "2"))'],
    ['in(a, "b")', '(in a "b")'],
    ["IF(a, B, 'c d')", '(if a B c d)'],
    ['now()', '(now)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('texts', () => {
  test('are unescaped for values, and less for regular expressions', () => {
    expect(parse('"a\\\\b\\tc\\d"').tree).toMatchObject({ value: 'a\\b\tc\\d', regexValue: 'a\\b\\tc\\d' });
  });
});

describe('faults', () => {
  test.each([
    ['user«=»', 'incomplete-expression'],
    ['a + «*» b', 'incomplete-expression'],
    ['if«(»a=1,"y","n"', 'unclosed-parenthesis'],
    ['«(»a OR b', 'unclosed-parenthesis'],
    ['a «b»', 'unexpected-token'],
    ['a = «5minutes»', 'bad-number'],
    ['a = «&»', 'stray-character'],
    ['f(a «b»)', 'unexpected-token'],
    ["x = «'»abc", 'unclosed-quote'],
    ['x + «[search y]»', 'subsearch-not-supported'],
    ['«AND» x', 'incomplete-expression'],
    ['case(a,«,»b)', 'incomplete-expression'],
  ])('%s: %s', (marked, code) => {
    const { text, span } = markedSearch(marked);
    const [fault] = parse(text).faults;
    expect(fault?.code).toBe(code);
    expect([span.start, span.start - 1]).toContain(fault?.span?.start);
  });

  test('a failed macro was reported already', () => {
    expect(parse('a + `gone` * 2').faults).toEqual([]);
  });

  test.each([
    ['parentheses', '('.repeat(5000)],
    ['signs', '-'.repeat(5000)],
    ['calls', 'f('.repeat(5000)],
    ['operators', `a${'+a'.repeat(5000)}`],
    ['negations', 'not '.repeat(5000)],
  ])('nesting of %s is bounded', (_, text) => {
    const { faults } = parse(text);
    expect(faults.map((fault) => fault.code)).toContain('too-deep');
  });

  test('what nests too deep is the only fault, and of many parentheses left open a few are named', () => {
    expect(parse(`${'('.repeat(600)}1`).faults.map(({ code }) => code)).toEqual(['too-deep']);
    const open = parse(`${'('.repeat(400)}1`).faults;
    expect(open.map(({ code, span: at }) => [code, at?.start])).toEqual(
      [399, 398, 397].map((start) => ['unclosed-parenthesis', start]),
    );
  });

  test('what is below the bound is read', () => {
    expect(parse(`a${'+a'.repeat(expressionDepthLimit - 10)}`).faults).toEqual([]);
  });
});

const span = { start: 0, end: 0 };
const operators: readonly BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '.',
  '=',
  '!=',
  '<',
  '>=',
  'like',
  'and',
  'or',
  'xor',
];
const expressions = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.string({ minLength: 1, maxLength: 8 }).map((name): Expression => ({ kind: 'field', name, span })),
    // Texts with an escape of their own would not be what is printed: `\t`.
    fc
      .string({ maxLength: 8 })
      .map((value): Expression => ({ kind: 'string', value, regexValue: value, span })),
    fc.nat().map((value): Expression => ({ kind: 'number', value, text: String(value), span })),
    fc
      .tuple(fc.constantFrom('if', 'coalesce', 'f1'), fc.array(tie('any'), { maxLength: 3 }))
      .map(([name, args]): Expression => ({ kind: 'call', name, nameSpan: span, args, span })),
    fc
      .tuple(fc.constantFrom('-' as const, 'not' as const), tie('any'))
      .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
    fc
      .tuple(fc.constantFrom(...operators), tie('any'), tie('any'))
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    fc
      .tuple(tie('any'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
      .map(([operand, members]): Expression => ({ kind: 'in', operand, members, span })),
  ),
}));

test('what is printed reads as what it was', () => {
  fc.assert(
    fc.property(expressions.any, (expression) => {
      expect(tree(printSource(expression))).toBe(printTree(expression));
    }),
    { numRuns: 1000 },
  );
});
