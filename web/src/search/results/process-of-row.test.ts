import { expect, test } from 'vitest';
import { processOfRow, readPid } from './process-of-row.ts';

const columns = (...names: string[]) => names.map((name) => ({ name, type: 'text' as const }));

test('a host and a GUID name a process', () => {
  expect(processOfRow(columns('host', 'ProcessGuid', 'ProcessId'), ['pc', '{5a3c-1f}', '4242'])).toEqual({
    host: 'pc',
    guid: '{5a3c-1f}',
  });
});

test('where the GUID is all zeros, the id does, at its time', () => {
  const names = columns('_time', 'host', 'ProcessGuid', 'ProcessId');
  expect(processOfRow(names, ['2026-11-18T01:00:00.0000000Z', 'pc', '{0000-00}', '4242'])).toEqual({
    host: 'pc',
    pid: 4242,
    at: '2026-11-18T01:00:00.0000000Z',
  });
});

test('a row without a host or without a process has none', () => {
  expect(processOfRow(columns('ProcessId'), ['4242'])).toBeUndefined();
  expect(processOfRow(columns('host', 'ProcessId'), ['pc', 'many'])).toBeUndefined();
});

test('process ids are decimal or hexadecimal', () => {
  expect(readPid('0x2b70')).toBe(11120);
  expect(readPid('99999999999')).toBeUndefined();
});
