import { expect, test } from 'vitest';
import { type ArrivalFigures, judgeLateness } from './lateness.ts';

const figures: ArrivalFigures = {
  events: 3_000,
  median: 2,
  p95: 4,
  p99: 30,
  most: 1_900,
  eventMinutes: 500,
  arrivalMinutes: 480,
};
const kind = (more: Partial<ArrivalFigures>) => judgeLateness({ ...figures, ...more }, []).kind;

test('arrivals that follow the events say how late they are', () => {
  expect(judgeLateness(figures, [])).toEqual({
    kind: 'measured',
    median: 2,
    p95: 4,
    p99: 30,
    most: 1_900,
    late: [],
  });
});

test('the moment of an ingest says nothing', () => {
  expect(kind({ arrivalMinutes: 2, median: 40_000 })).toBe('at-once');
  expect(kind({ eventMinutes: 14, arrivalMinutes: 4, median: 9e7 })).toBe('at-once');
  expect(kind({ eventMinutes: 2, arrivalMinutes: 1, median: 9e7 })).toBe('at-once');
  expect(kind({ eventMinutes: 2, arrivalMinutes: 1, median: 3 })).toBe('measured');
  expect(judgeLateness(undefined, []).kind).toBe('unknown');
});
