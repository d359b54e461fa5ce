import { describe, expect, test } from 'vitest';
import { madeLineage } from '../../test/made-lineage.ts';
import { type NaiveMethod, naiveLineage, naiveVerdict } from './naive-lineage.ts';

/** The process id 7344 is a browser's, then Word's, then a help viewer's; 999 was never seen. */
const lineage = madeLineage([
  { name: 'old', pid: 999 },
  { name: 'explorer', pid: 10, start: '08:00:00', parent: 'old', grade: 'claimed' },
  { name: 'msedge', pid: 7344, start: '09:00:00', end: '10:00:00', parent: 'explorer' },
  { name: 'winword', pid: 7344, start: '10:30:00', end: '10:40:00', parent: 'explorer' },
  { name: 'powershell', pid: 50, start: '10:31:00', parent: 'winword' },
  { name: 'unseen', pid: 7344 },
  { name: 'late', pid: 51, start: '11:00:00', parent: 'unseen', grade: 'claimed' },
]);

function parents(method: NaiveMethod): Record<string, string> {
  const naive = naiveLineage(lineage, method);
  const name = (index: number) => lineage.process(index).id.split('|')[1] ?? '';
  return Object.fromEntries(
    ['explorer', 'msedge', 'winword', 'powershell', 'late'].map((child) => {
      const index = lineage.find(`ws1.example|${child}`) ?? -1;
      const parent = naive.parent(index);
      return [child, `${parent < 0 ? 'none' : name(parent)} ${naiveVerdict(lineage, naive, index)}`];
    }),
  );
}

describe('the naive tree', () => {
  test('the first process with the id is taken for every process with it', () => {
    expect(parents('first')).toEqual({
      explorer: 'none cut',
      msedge: 'explorer same',
      winword: 'explorer same',
      powershell: 'msedge moved',
      late: 'msedge invented',
    });
  });

  test('the latest earlier start invents parents that were not seen', () => {
    expect(parents('latest')).toEqual({
      explorer: 'none cut',
      msedge: 'explorer same',
      winword: 'explorer same',
      powershell: 'winword same',
      late: 'winword invented',
    });
  });

  test('where one process an id is known, children hang under the last that bore it, and the others are not there', () => {
    expect(parents('holder')).toEqual({
      explorer: 'none cut',
      msedge: 'none cut',
      winword: 'explorer same',
      powershell: 'winword same',
      late: 'winword invented',
    });
    expect(naiveLineage(lineage, 'holder').roots).toEqual([1]);
  });

  test('a child may hang under a parent that began after it, but never below itself', () => {
    const made = madeLineage([
      { name: 'word', pid: 1, start: '08:00:00' },
      { name: 'shell', pid: 2, start: '08:01:00', parent: 'word' },
      { name: 'chrome', pid: 1, start: '08:02:00', parent: 'shell' },
      { name: 'tab', pid: 3, start: '08:03:00', parent: 'chrome' },
    ]);
    const naive = naiveLineage(made, 'holder');
    expect([0, 1, 2, 3].map((index) => naive.parent(index))).toEqual([-1, -1, 1, 2]);
    expect(naive.roots).toEqual([1]);
    const shells = naiveLineage(
      madeLineage([
        { name: 'word', pid: 1, start: '08:00:00' },
        { name: 'shell', pid: 2, start: '08:01:00', parent: 'word' },
        { name: 'chrome', pid: 1, start: '08:02:00' },
      ]),
      'holder',
    );
    expect(shells.parent(1)).toBe(2);
  });

  test('a parent of the same moment is found, whatever its number, and makes no loop', () => {
    const made = madeLineage([
      { name: 'child', pid: 2, start: '08:00:00', parent: 'parent' },
      { name: 'parent', pid: 1, start: '08:00:00', parent: 'child' },
      { name: 'self', pid: 3, start: '08:00:00', parent: 'self' },
    ]);
    const naive = naiveLineage(made, 'latest');
    expect([naive.parent(0), naive.parent(1), naive.parent(2)]).toEqual([1, -1, -1]);
    expect(naive.roots).toEqual([1, 2]);
  });

  test('its parts fit together', () => {
    const naive = naiveLineage(lineage, 'first');
    expect(naive.roots).toEqual([1]);
    expect(naive.children(2)).toEqual([4, 6]);
    expect(naive.grade(4)).toBe('ambiguous');
    expect(naive.edge(4).parent).toBe(2);
    expect(naive.edge(1)).toEqual({ grade: 'none', parent: undefined, reasons: [], candidates: [] });
  });
});
