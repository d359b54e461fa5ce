import { describe, expect, test } from 'vitest';
import { depthGuides } from './depth-guides.ts';

const row = (depth: number) => ({ depth, grade: 'exact' as const });

describe('lines from depths alone', () => {
  test('run on to later siblings and past rows between', () => {
    const guides = depthGuides([row(0), row(1), row(2), row(1)]);
    expect(guides[0]).toMatchObject({ edge: undefined, down: { level: 0 } });
    expect(guides[1]).toMatchObject({ runsOn: { level: 0 }, down: { level: 1 } });
    expect(guides[2]).toMatchObject({ passing: [{ level: 0, on: false }], runsOn: undefined });
    expect(guides[3]).toMatchObject({ passing: [], runsOn: undefined, down: undefined });
  });

  test('pass where a row is missing', () => {
    const guides = depthGuides([row(0), undefined, row(1)]);
    expect(guides[1]?.passing).toEqual([{ level: 0, on: false }]);
    expect(guides[0]?.down).toEqual({ level: 0, on: false });
  });

  test('do not join two roots', () => {
    const guides = depthGuides([row(0), row(1), row(0), row(1)]);
    expect(guides[1]?.runsOn).toBeUndefined();
    expect(guides[2]?.passing).toEqual([]);
  });
});
