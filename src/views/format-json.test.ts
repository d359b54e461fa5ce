import { expect, test } from 'vitest';
import { jsonLine } from './format-json.ts';

test('one object a line, without fields that have no value', () => {
  const columns = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, type: 'text' as const }));
  expect(jsonLine(columns, ['x', null, ['p', 'q'], 3, []])).toBe('{"a":"x","c":["p","q"],"d":3}');
});

test('a field named like a prototype member is a field', () => {
  expect(jsonLine([{ name: '__proto__', type: 'text' }], ['x'])).toBe('{"__proto__":"x"}');
});

test('_time is a date, any other time a number of epoch seconds', () => {
  const columns = ['_time', 'last', 'share'].map((name) => ({ name, type: 'text' as const }));
  expect(jsonLine(columns, [16_725_312_001_234_567n, 16_725_312_001_234_567n, Number.NaN])).toBe(
    '{"_time":"2023-01-01T00:00:00.1234567Z","last":1672531200.1234567,"share":"nan"}',
  );
});
