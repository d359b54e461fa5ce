import { describe, expect, test } from 'vitest';
import { type MadeProcess, madeLineage } from '../../test/made-lineage.ts';
import { normalised } from './fold-groups.ts';
import { processColumns } from './process-columns.ts';
import { selectTree } from './select-tree.ts';
import { selectedTree } from './selected-tree.ts';

function folds(made: readonly MadeProcess[]): number[] {
  const lineage = madeLineage(made);
  const family = selectTree(lineage, { kind: 'all' });
  if (family === undefined) throw new Error('no process');
  return Array.from(selectedTree(family, processColumns(lineage), undefined).folds);
}

const image = 'C:\\Windows\\System32\\conhost.exe';
const child = (name: string, more: Partial<MadeProcess> = {}): MadeProcess => ({
  name,
  start: '08:00:01',
  parent: 'root',
  image,
  commandLine: 'conhost 0xffffffff -ForceV1',
  ...more,
});
const root: MadeProcess = { name: 'root', start: '08:00:00' };

describe('alike siblings', () => {
  test('have one group, whatever the numbers and blanks in their command lines', () => {
    expect(
      folds([
        root,
        child('a'),
        child('b', { commandLine: 'CONHOST  0x12  -forcev1' }),
        child('c', { commandLine: 'other' }),
      ]),
    ).toEqual([-1, 0, 0, -1]);
  });

  test('not with another parent, program or grade, nor with a flag', () => {
    expect(
      folds([
        root,
        child('a'),
        child('b', { parent: 'a' }),
        child('c', { image: 'C:\\Windows\\System32\\cmd.exe' }),
        child('d', { grade: 'probable' }),
        child('e', { image: 'C:\\Windows\\Temp\\conhost.exe' }),
        child('f', { image: 'C:\\Windows\\Temp\\conhost.exe' }),
      ]),
    ).toEqual([-1, -1, -1, -1, -1, -1, -1]);
  });

  test('with branches that are alike; a flagged process below keeps a branch apart', () => {
    const branch = (name: string, below: Partial<MadeProcess>) => [
      child(name, { commandLine: 'csc' }),
      { name: `${name}-below`, start: '08:00:02', parent: name, image: 'C:\\x\\cvtres.exe', ...below },
    ];
    expect(
      folds([
        root,
        ...branch('a', {}),
        ...branch('b', {}),
        ...branch('c', { image: 'C:\\Users\\Public\\cvtres.exe' }),
      ]),
    ).toEqual([-1, 0, -1, 0, -1, -1, -1]);
  });
});

test('normalised command lines', () => {
  expect(normalised('App.exe --id={5A3C9B7E-1f46-691b-c60a-000000002c00} /n 17')).toBe(
    'app.exe --id={#} /n #',
  );
  const long = 'A'.repeat(3_000);
  expect(normalised(long)).toBe(long);
});
