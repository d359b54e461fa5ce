import { expect, test, vi } from 'vitest';

vi.mock('../../frame/preferences.ts', () => ({ usePreferences: () => ({ zone: 'UTC' }) }));

const { axisMarks, axisStep, brushCount, brushOf, brushTimes, readBuckets } = await import('./buckets.ts');

const histogram = {
  from: '2026-11-18T01:00:00.0000000Z',
  to: '2026-11-18T01:04:30.0000000Z',
  bucketSeconds: 60,
  counts: [1, 5, 0, 2, 3],
};

test('buckets have times, a total and a greatest', () => {
  const buckets = readBuckets(histogram);
  expect(buckets).toMatchObject({ width: 60_000, most: 5, total: 11 });
  expect(readBuckets({ ...histogram, from: null })).toBeUndefined();
});

test('a brush is whole buckets, cut at the end of the time', () => {
  const buckets = readBuckets(histogram);
  if (!buckets) throw new Error('no buckets');
  const brush = brushOf(9, 3, buckets);
  expect(brush).toEqual({ first: 3, last: 4 });
  expect(brushCount(brush, buckets)).toBe(5);
  expect(brushTimes(brush, buckets)).toEqual({
    from: Date.parse('2026-11-18T01:03:00Z'),
    to: Date.parse('2026-11-18T01:04:30Z'),
  });
});

test('marks stand on whole steps of the zone', () => {
  expect(axisStep(46 * 60_000, 10)).toBe(5 * 60_000);
  const from = Date.parse('2026-11-18T00:00:00Z');
  const [first] = axisMarks(from, from + 86_400_000, 5, 330);
  expect(first).toBe(Date.parse('2026-11-18T00:30:00Z'));
});
