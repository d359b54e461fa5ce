import { describe, expect, test } from 'vitest';
import type { RecordIdFigures } from './ledger.ts';
import { isJudged, judgeRecordIds, noRecordIds, recordIdVerdict } from './record-id-gaps.ts';
import { recordIdReasoning } from './record-id-text.ts';

const whole: RecordIdFigures = {
  events: 10_000,
  withId: 10_000,
  ids: 10_000,
  firstId: '1',
  lastId: '10000',
  repeated: 0,
  backward: 0,
  gaps: 0,
  missing: 0n,
  smallGaps: 0,
  partsWithSmallGaps: 0,
  forwarded: 0,
};
const verdict = (more: Partial<RecordIdFigures>) => recordIdVerdict({ ...whole, ...more });

describe('what record ids tell', () => {
  test('all there, or a few gaps in a log that has none elsewhere', () => {
    expect(verdict({})).toBe('contiguous');
    expect(verdict({ gaps: 1, missing: 5n, smallGaps: 1, partsWithSmallGaps: 1 })).toBe('gaps');
    expect(verdict({ gaps: 16, missing: 400_000n })).toBe('gaps');
  });

  test('a shipper that filters leaves gaps everywhere, or many small ones', () => {
    expect(verdict({ gaps: 1_500, missing: 90_000n })).toBe('filtered');
    expect(verdict({ gaps: 12, missing: 12n, smallGaps: 12, partsWithSmallGaps: 11 })).toBe('filtered');
    expect(verdict({ gaps: 30, missing: 40n, smallGaps: 30, partsWithSmallGaps: 6 })).toBe('filtered');
    expect(verdict({ gaps: 12, missing: 12n, smallGaps: 12, partsWithSmallGaps: 2 })).toBe('gaps');
  });

  test('no ids, ids of some, forwarded events, ids that begin again, too few', () => {
    expect(verdict({ withId: 0, ids: 0 })).toBe('none');
    expect(verdict({ withId: 9_000 })).toBe('partly');
    expect(verdict({ forwarded: 1 })).toBe('forwarded');
    expect(verdict({ backward: 200, gaps: 3 })).toBe('restarted');
    expect(verdict({ backward: 2, gaps: 0 })).toBe('contiguous');
    expect(verdict({ events: 12, withId: 12, ids: 12, gaps: 1, missing: 1n })).toBe('too-few');
    expect(verdict({ events: 12, withId: 12, ids: 12 })).toBe('contiguous');
  });

  test('gaps are only told where they mean something, in the order of ids', () => {
    const gap = (first: number) => ({
      firstMissing: String(first),
      lastMissing: String(first),
      missing: 1n,
      from: 0n,
      to: 1n,
    });
    const listed = [gap(100), gap(9)];
    const judged = judgeRecordIds({ ...whole, gaps: 3, missing: 3n }, listed);
    expect(judged.gaps.map(({ firstMissing }) => firstMissing)).toEqual(['9', '100']);
    expect(judged.gapsLeftOut).toBe(1);
    const filtered = judgeRecordIds({ ...whole, gaps: 3_000 }, listed);
    expect([filtered.verdict, filtered.gaps.length, isJudged(filtered)]).toEqual(['filtered', 0, false]);
    expect(noRecordIds(7).verdict).toBe('none');
  });

  test('every verdict says what it rests on', () => {
    const text = (more: Partial<RecordIdFigures>) =>
      recordIdReasoning(judgeRecordIds({ ...whole, ...more }, []));
    expect(text({ repeated: 3 })).toBe(
      'contiguous: 10,000 ids from 1 to 10000; 3 ids came twice, the same events in another form',
    );
    expect(text({ events: 1, withId: 1, ids: 1, lastId: '1' })).toBe('one id only, 1');
    expect(text({ gaps: 1, missing: 5n })).toContain('1 gap, 5 ids missing, otherwise contiguous');
    for (const more of [
      { withId: 0 },
      { withId: 9_000 },
      { forwarded: 1 },
      { backward: 200 },
      { gaps: 1_500 },
    ])
      expect(text(more)).toMatch(/^cannot be judged: /);
  });
});
