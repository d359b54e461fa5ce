import { describe, expect, test } from 'vitest';
import { madeLineage, madeTime } from '../../test/made-lineage.ts';
import type { Family } from './select-family.ts';
import { leftOut, matchProcesses, selectFamily } from './select-family.ts';

const lineage = madeLineage([
  { name: 'explorer', pid: 10, start: '08:00:00' },
  { name: 'msedge', pid: 7344, start: '09:00:00', end: '10:00:00', parent: 'explorer' },
  { name: 'tab', pid: 30, start: '09:00:01', parent: 'msedge' },
  { name: 'winword', pid: 7344, start: '10:30:00', end: '10:40:00', parent: 'explorer', guid: 'ab-c' },
  { name: 'powershell', pid: 50, start: '10:31:00', parent: 'winword', commandLine: 'PowerShell -Enc AAAA' },
  { name: 'conhost', pid: 60, start: '10:31:00', parent: 'powershell' },
  { name: 'notepad', pid: 70, start: '11:00:00', parent: 'explorer' },
  { name: 'loner', pid: 80, start: '11:00:00' },
]);

function names(family: Family): string[] {
  return Array.from({ length: lineage.size }, (_, index) => index)
    .filter(family.shows)
    .map((index) => lineage.process(index).id.split('|')[1] ?? '');
}

describe('which processes are meant', () => {
  test('text of the image or of the command line, in any case', () => {
    expect(matchProcesses(lineage, { kind: 'text', text: '-enc a' })).toEqual([4]);
    expect(matchProcesses(lineage, { kind: 'text', text: 'WINWORD' })).toEqual([3]);
    expect(matchProcesses(lineage, { kind: 'text', text: 'nothing of that' })).toEqual([]);
  });

  test('a process id, at a time', () => {
    expect(matchProcesses(lineage, { kind: 'pid', pid: 7344, at: undefined })).toEqual([1, 3]);
    expect(matchProcesses(lineage, { kind: 'pid', pid: 7344, at: madeTime('09:30:00') })).toEqual([1]);
    expect(matchProcesses(lineage, { kind: 'pid', pid: 7344, at: madeTime('10:15:00') })).toEqual([]);
    expect(matchProcesses(lineage, { kind: 'pid', pid: 7344, at: madeTime('10:30:00') })).toEqual([3]);
    expect(matchProcesses(lineage, { kind: 'pid', pid: 10, at: madeTime('23:00:00') })).toEqual([0]);
  });

  test('a GUID, however it is written', () => {
    expect(matchProcesses(lineage, { kind: 'guid', guid: '{AB-C}' })).toEqual([3]);
  });
});

describe('families', () => {
  test('ancestors and descendants, without the siblings of ancestors, which are counted', () => {
    const family = selectFamily(lineage, [4]);
    expect(names(family)).toEqual(['explorer', 'winword', 'powershell', 'conhost']);
    expect(family.size).toBe(4);
    expect(family.roots).toEqual([0]);
    expect(leftOut(family, 0)).toEqual({ children: 2, processes: 3 });
    expect(leftOut(family, 3)).toBeUndefined();
  });

  test('a process that is matched and an ancestor of another match has all its children', () => {
    const family = selectFamily(lineage, [4, 0]);
    expect(family.size).toBe(7);
    expect(leftOut(family, 0)).toBeUndefined();
  });

  test('several families', () => {
    const family = selectFamily(lineage, [7, 6]);
    expect(names(family)).toEqual(['explorer', 'notepad', 'loner']);
    expect(family.roots).toEqual([0, 7]);
    expect(leftOut(family, 0)).toEqual({ children: 2, processes: 5 });
  });
});
