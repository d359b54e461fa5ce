import { expect, test } from 'vitest';
import { baseOf, searchValue, withCommand, withCondition } from './base-search.ts';

const tokens = (text: string) => {
  const at = text.indexOf('|');
  return at < 0 ? [] : [{ from: at, to: at + 1, kind: 'pipe' }];
};
const add = (text: string, field: string, value: string, include = true) =>
  withCondition(text, tokens(text), field, value, include);

test('the base is what stands before the first pipe', () => {
  expect(baseOf('index=main a\n| table b', tokens('index=main a\n| table b'))).toBe('index=main a');
  expect(baseOf('index=main', [])).toBe('index=main');
});

test('a condition goes to the base', () => {
  expect(add('index=main\n| table b', 'user', 'wally')).toBe('index=main user=wally\n| table b');
  expect(add('index=main | table b', 'user', 'a b', false)).toBe('index=main user!="a b" | table b');
  expect(add('index=main', 'Image', 'C:\\x\\y.exe')).toBe('index=main Image="C:\\\\x\\\\y.exe"');
  expect(add('', 'host', 'pc')).toBe('host=pc');
});

test('values that a search would take apart are quoted', () => {
  expect(searchValue('4242')).toBe('4242');
  expect(searchValue('a*b')).toBe('"a*b"');
  expect(searchValue('say "hi"')).toBe('"say \\"hi\\""');
});

test('a command goes to the end, on a line of its own where the search has lines', () => {
  expect(withCommand('a | table b', 'sort 0 _time')).toBe('a | table b | sort 0 _time');
  expect(withCommand('a\n| table b\n', 'sort 0 _time')).toBe('a\n| table b\n| sort 0 _time');
});
