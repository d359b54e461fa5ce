import { expect, test } from 'vitest';
import type { Expression } from './expression.ts';
import { hoistRegexCalls } from './hoist-regex.ts';
import type { Step } from './plan.ts';

const span = { start: 0, end: 0 };
const field = (name: string): Expression => ({ kind: 'field', name, span });
const match = (pattern: string): Expression => ({
  kind: 'call',
  name: 'match',
  nameSpan: span,
  args: [field('x'), { kind: 'string', value: pattern, regexValue: pattern, span }],
  span,
});
const kinds = (steps: readonly Step[]) => steps.map(({ kind }) => kind);

test('leaves what the store’s RE2 knows where it is', () => {
  const steps: readonly Step[] = [{ kind: 'filter', test: match('a+'), span }];
  expect(hoistRegexCalls(steps)).toEqual(steps);
});

test('takes calls out of expressions and their fields away again', () => {
  const step: Step = { kind: 'extend', assignments: [{ field: 'y', value: match('a(?!b)'), span }], span };
  const steps = hoistRegexCalls([step]);
  expect(kinds(steps)).toEqual(['extend', 'extract', 'extend', 'project']);
  expect(steps[3]).toMatchObject({ mode: 'drop', fields: ['_regex_call_1', '_regex_call_2'] });
  expect(hoistRegexCalls(steps)).toEqual(steps);
});

test('tests rows by what the store can do first', () => {
  const test: Expression = {
    kind: 'binary',
    operator: 'and',
    left: match('a(?!b)'),
    right: field('y'),
    span,
  };
  expect(kinds(hoistRegexCalls([{ kind: 'filter', test, span }]))).toEqual([
    'filter',
    'extend',
    'filter',
    'match',
    'project',
  ]);
});
