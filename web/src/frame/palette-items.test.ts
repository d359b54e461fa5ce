import { expect, test } from 'vitest';
import { paletteItems, quoted } from './palette-items.ts';

const host = (name: string, processStarts = 10) => ({
  host: name,
  events: 5,
  processStarts,
  first: null,
  last: null,
});
const sources = {
  pages: [{ kind: 'page', to: '/tree', text: 'Tree' }] as const,
  hosts: [host('FIN-WS-0231'), host('FIN-WS-0007'), host('PROXY', 0)],
  cases: [{ id: 'c1', name: 'Salaries' }],
  hunts: [],
};

test('without a text: hosts, cases, pages', () => {
  expect(paletteItems('', sources).map((item) => item.kind)).toEqual([
    'host',
    'host',
    'host',
    'case',
    'page',
  ]);
});

test('a word is looked for in names, in processes and in events', () => {
  expect(paletteItems('excel', sources)).toEqual([
    { kind: 'match', host: 'FIN-WS-0231', match: 'excel' },
    { kind: 'match', host: 'FIN-WS-0007', match: 'excel' },
    { kind: 'events', text: 'excel' },
  ]);
});

test('a host before it narrows, a number is a process id', () => {
  expect(paletteItems('0231 4242', sources)).toContainEqual({ kind: 'pid', host: 'FIN-WS-0231', pid: 4242 });
  expect(paletteItems('0231 4242', sources)).not.toContainEqual(
    expect.objectContaining({ host: 'FIN-WS-0007' }),
  );
});

test('a text is quoted for a search', () => {
  expect(quoted('C:\\a "b"')).toBe('"C:\\\\a \\"b\\""');
});
