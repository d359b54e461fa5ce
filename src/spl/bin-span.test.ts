import { expect, test } from 'vitest';
import { parseBinSpan } from './bin-span.ts';

test.each([
  ['5m', { kind: 'time', count: 5, unit: 'minute' }],
  ['day', { kind: 'time', count: 1, unit: 'day' }],
  ['1mon', { kind: 'time', count: 1, unit: 'month' }],
  ['100ms', { kind: 'time', count: 100, unit: 'millisecond' }],
  ['1w@w1', { kind: 'time', count: 1, unit: 'week', snap: 'w1' }],
  ['10', { kind: 'number', width: 10 }],
  ['.5', { kind: 'number', width: 0.5 }],
  ['2log10', { kind: 'log', coefficient: 2, base: 10 }],
  ['log2', { kind: 'log', coefficient: 1, base: 2 }],
  ['0', undefined],
  ['0m', undefined],
  ['-5m', undefined],
  ['5x', undefined],
  ['20log10', undefined],
  ['log1', undefined],
  ['', undefined],
])('%s', (text, span) => {
  expect(parseBinSpan(text)).toEqual(span);
});
