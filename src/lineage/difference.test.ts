import { describe, expect, test } from 'vitest';
import { type MadeProcess, madeLineage } from '../../test/made-lineage.ts';
import { countChanges, differenceOf } from './difference.ts';

const explorer: MadeProcess = { name: 'explorer', pid: 10, start: '08:00:00' };
const edge: MadeProcess = {
  name: 'msedge',
  pid: 7344,
  start: '09:00:00',
  end: '10:00:00',
  parent: 'explorer',
};

describe('the difference of two lineages', () => {
  test('a lineage does not differ from itself', () => {
    expect(differenceOf(madeLineage([explorer, edge]), madeLineage([explorer, edge]))).toEqual([]);
  });

  test('added, removed, and a field that became known', () => {
    const earlier = madeLineage([explorer, { ...edge, name: 'gone', pid: 5 }]);
    const later = madeLineage([{ ...explorer, user: 'K\\haruka' }, edge]);
    const found = differenceOf(earlier, later);
    expect(found).toEqual([
      {
        before: 0,
        after: 0,
        changes: [{ kind: 'changed', field: 'user', before: undefined, after: 'K\\haruka' }],
      },
      { before: undefined, after: 1, changes: [{ kind: 'added' }] },
      { before: 1, after: undefined, changes: [{ kind: 'removed' }] },
    ]);
    expect(countChanges(found)).toEqual({ added: 1, removed: 1, changed: 1, 're-linked': 0, 're-graded': 0 });
  });

  test('another parent, another grade', () => {
    const child: MadeProcess = { name: 'powershell', pid: 50, start: '10:31:00' };
    const word: MadeProcess = { name: 'winword', pid: 7344, start: '10:30:00', parent: 'explorer' };
    const earlier = madeLineage([explorer, edge, { ...child, parent: 'msedge', grade: 'ambiguous' }]);
    const later = madeLineage([explorer, edge, word, { ...child, parent: 'winword', grade: 'exact' }]);
    expect(differenceOf(earlier, later)).toEqual([
      { before: undefined, after: 2, changes: [{ kind: 'added' }] },
      {
        before: 2,
        after: 3,
        changes: [
          { kind: 're-linked', before: 1, after: 2 },
          { kind: 're-graded', before: 'ambiguous', after: 'exact' },
        ],
      },
    ]);
  });

  test('a process that got a GUID is the same process', () => {
    const earlier = madeLineage([{ ...explorer, id: 'h|10|0' }]);
    const later = madeLineage([{ ...explorer, id: 'h|abc', guid: 'abc' }]);
    expect(differenceOf(earlier, later)).toEqual([
      { before: 0, after: 0, changes: [{ kind: 'changed', field: 'guid', before: undefined, after: 'abc' }] },
    ]);
  });

  test('starts of another process id or seconds apart are other processes', () => {
    const earlier = madeLineage([{ ...explorer, id: 'h|10|0' }]);
    expect(
      countChanges(differenceOf(earlier, madeLineage([{ ...explorer, id: 'x', pid: 11 }]))),
    ).toMatchObject({
      added: 1,
      removed: 1,
    });
    const later = madeLineage([{ ...explorer, id: 'x', start: '08:00:02.001' }]);
    expect(countChanges(differenceOf(earlier, later))).toMatchObject({ added: 1, removed: 1 });
  });

  test('a parent that was claimed and is now seen is one process', () => {
    const child: MadeProcess = { name: 'child', pid: 50, start: '10:31:00' };
    const claimed: MadeProcess = { name: 'winword', pid: 7344, id: 'h|claimed' };
    const seen: MadeProcess = { name: 'winword', pid: 7344, id: 'h|seen', start: '10:30:00' };
    const found = differenceOf(
      madeLineage([claimed, { ...child, parent: 'winword', grade: 'claimed' }]),
      madeLineage([seen, { ...child, parent: 'winword', grade: 'exact' }]),
    );
    expect(countChanges(found)).toEqual({ added: 0, removed: 0, changed: 1, 're-linked': 0, 're-graded': 1 });
    expect(found[0]?.changes).toContainEqual({
      kind: 'changed',
      field: 'basis',
      before: 'claimed',
      after: 'started',
    });
  });
});
