import { expect, test } from 'vitest';
import { jsonLine } from './format-json.ts';

test('one object a line, without fields that have no value', () => {
  const columns = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, type: 'text' as const }));
  expect(jsonLine(columns, ['x', null, ['p', 'q'], 3, []])).toBe('{"a":"x","c":["p","q"],"d":3}');
});

test('a field named like a prototype member is a field', () => {
  expect(jsonLine([{ name: '__proto__', type: 'text' }], ['x'])).toBe('{"__proto__":"x"}');
});
