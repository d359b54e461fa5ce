import { describe, expect, test } from 'vitest';
import { listGroups, planRegex } from './regex-policy.ts';
import { matchRegex, replaceRegex, testRegex } from './regex-run.ts';

function re2(pattern: string): string {
  const plan = planRegex(pattern);
  return plan.kind === 're2' ? plan.pattern : `${plan.kind}`;
}

function v8(pattern: string) {
  const plan = planRegex(pattern);
  if (plan.kind !== 'v8') throw new Error(`${pattern}: ${JSON.stringify(plan)}`);
  return plan;
}

describe('patterns that RE2 runs', () => {
  test.each([
    ['abc', 'abc'],
    ['a.c', '(?-s)a.c'],
    ['(?s)a.c', 'a(?s:.)c'],
    ['(?<n>\\d+)', '(?P<n>\\d+)'],
    ['(?P<n>\\d+)', '(?P<n>\\d+)'],
    ["(?'n'x)", '(?P<n>x)'],
    ['\\x5c(?<f>[^\\x5c]+)$', '\\\\(?P<f>[^\\\\]+)\\n?\\z'],
    ['\\h+', '[\\x{9} \u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]+'],
    ['\\/a\\/', '/a/'],
    ['\\_\\"', '_"'],
    ['(a$|b$)', '(a\\n?\\z|b\\n?\\z)'],
    ['x\\Z', 'x\\n?\\z'],
    ['\\Aab\\z', '^ab\\z'],
    ['(?i)ABC', '(?i)ABC'],
    ['a(?i)b|c', 'a(?i:b)|(?i:c)'],
    ['(?i:ab)c', '(?:(?i:ab))c'],
    ['(?x) a b # comment\n c', 'abc'],
    ['(?m)^a$', '(?m:^)a(?m:$)'],
    ['[]a-]', '[\\]a\\-]'],
    ['[[:alpha:]_]', '[[:alpha:]_]'],
    ['a{2,}?', 'a{2,}?'],
    ['a{,3}', 'a\\{,3\\}'],
    ['\\Qa.b\\E+', 'a\\.b+'],
    ['(?#note)a', 'a'],
    ['\\p{Lu}\\P{L}', '[\\p{Lu}][\\P{L}]'],
    ['(?U)a+b+?', 'a+?b+'],
  ])('%s', (pattern, expected) => {
    expect(re2(pattern)).toBe(expected);
  });
});

describe('patterns that only V8 runs', () => {
  test.each(['(?!x)a', '(?<=x)a', '(a)\\1', '(?<q>a)\\k<q>', '(?P<q>a)(?P=q)', 'a++b', '(?>a+)b', 'a{2000}'])(
    '%s',
    (pattern) => {
      expect(planRegex(pattern).kind).toBe('v8');
    },
  );

  test('classes and case are as in PCRE', () => {
    expect(testRegex(v8('(?!x)^\\d\\w\\s$'), ['1a ', '٣a ', '1é ', '1a \n'])).toEqual({
      kind: 'done',
      values: [true, false, false, true],
    });
    expect(testRegex(v8('(?i)(?=a)ABC(?-i)d'), ['abcd', 'abcD'])).toEqual({
      kind: 'done',
      values: [true, false],
    });
  });

  test('a lazy repetition of alternatives matches', () => {
    const plan = planRegex('(a|(?:(?:a|.)\\.|(?:a|a))+?)', { engine: 'v8' });
    if (plan.kind !== 'v8') throw new Error(plan.kind);
    expect(testRegex(plan, ['b.'])).toEqual({ kind: 'done', values: [true] });
  });

  test('negated sets within classes', () => {
    expect(testRegex(v8('(?!x)^[\\Da]+$'), ['ayz€', '1'])).toEqual({ kind: 'done', values: [true, false] });
    expect(testRegex(v8('(?=.)^[^\\W_]+[[:^alpha:]]$'), ['ab1', 'a_1', 'abc'])).toEqual({
      kind: 'done',
      values: [true, false, false],
    });
    expect(testRegex(v8('(?=.)^[\\P{Lu}]+$'), ['ab', 'aB'])).toEqual({ kind: 'done', values: [true, false] });
  });

  test('anchors, dots and atomic groups are as in PCRE', () => {
    expect(testRegex(v8('(?=.)^a.b$'), ['a\rb', 'a\nb', 'x\na-b'])).toEqual({
      kind: 'done',
      values: [true, false, false],
    });
    expect(testRegex(v8('(?m)(?=.)^a.b$'), ['x\na-b\ny'])).toEqual({ kind: 'done', values: [true] });
    expect(testRegex(v8('^(?>a+)ab|^c*+c'), ['aab', 'ccc', 'c'])).toEqual({
      kind: 'done',
      values: [false, false, false],
    });
  });

  test('groups keep their numbers although translation adds some', () => {
    expect(matchRegex(v8('(?>x+)(?<a>\\d)(y)?'), ['xx1 x2y'], 0)).toEqual({
      kind: 'done',
      values: [
        [
          { start: 0, end: 3, groups: ['1', undefined] },
          { start: 4, end: 7, groups: ['2', 'y'] },
        ],
      ],
    });
  });

  test('replaces all or one occurrence', () => {
    const plan = v8('(?<!n)(o)');
    expect(replaceRegex(plan, ['foo no'], '[\\1\\0]', 'all')).toEqual({
      kind: 'done',
      values: ['f[oo][oo] no'],
    });
    expect(replaceRegex(plan, ['foo no'], '0', 2)).toEqual({ kind: 'done', values: ['fo0 no'] });
  });

  test('matches of nothing end', () => {
    expect(matchRegex(v8('(?=a)'), ['aa😀a'], 0)).toMatchObject({
      kind: 'done',
      values: [[{ start: 0 }, { start: 1 }, { start: 4 }]],
    });
  });

  test('endless backtracking is stopped', () => {
    const result = testRegex(v8('^(?=a)(a+)+$'), [`${'a'.repeat(40)}!`], { milliseconds: 50 });
    expect(result).toMatchObject({ kind: 'regex-timeout', milliseconds: 50 });
  });
});

describe('invalid patterns', () => {
  test.each([
    ['(?<x>[a-z', 'missing terminating ] for a character class', 5],
    ['[^\\]+', 'missing terminating ] for a character class', 0],
    ['(a', 'missing closing parenthesis', 0],
    ['a)', 'unmatched closing parenthesis', 1],
    ['*a', 'quantifier does not follow a repeatable item', 0],
    ['a**', 'quantifier does not follow a repeatable item', 2],
    ['[z-a]', 'range out of order in character class', 2],
    ['a{3,2}', 'numbers out of order in {} quantifier', 1],
    ['(?<1a>x)', 'a group name has letters, digits and _, begins with no digit and ends with >', 2],
    ['(?<a>x)(?<a>y)', 'two groups are named a', 7],
    ['\\2(a)', 'reference to the group 2, which does not exist', 0],
    ['a\\', '\\ at the end of the pattern', 1],
    ['(?(1)a)', 'conditional groups are not supported', 0],
    ['[[:nope:]]', 'unknown POSIX class name nope', 1],
  ])('%s', (pattern, message, offset) => {
    expect(planRegex(pattern)).toEqual({ kind: 'invalid', message, offset });
  });

  test('deep nesting and long patterns end with a message', () => {
    expect(planRegex('('.repeat(5000)).kind).toBe('invalid');
    expect(planRegex('a'.repeat(30_000)).kind).toBe('invalid');
  });
});

test('groups are listed by number', () => {
  expect(listGroups('(?<a>x)(y)(?:z)(?P<b>w)')).toEqual([
    { number: 1, name: 'a' },
    { number: 2, name: undefined },
    { number: 3, name: 'b' },
  ]);
});
