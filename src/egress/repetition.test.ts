import { expect, test } from 'vitest';
import { random } from '../../test/egress-traffic.ts';
import { repetitionOf } from './repetition.ts';

const series = (count: number, interval: (next: () => number) => number): number[] => {
  const next = random(5);
  const times = [0];
  while (times.length < count) times.push((times.at(-1) as number) + interval(next));
  return times;
};

test('a clock, an implant with jitter, and chance', () => {
  const clock = repetitionOf(
    series(50, () => 60_000),
    Array(50).fill(512),
  );
  expect(clock).toMatchObject({
    count: 50,
    median: 60_000,
    variation: 0,
    deviation: 0,
    bytes: { median: 512, deviation: 0 },
  });
  // Sleep 60 s, jitter 30 % subtracted: the variation is j / (√12 · (1 − j/2)).
  const jitter = repetitionOf(
    series(3_000, (next) => 60_000 * (1 - 0.3 * next())),
    [],
  );
  expect(jitter?.variation).toBeCloseTo(0.3 / (Math.sqrt(12) * 0.85), 2);
  expect(jitter?.median).toBeGreaterThan(50_500);
  const chance = repetitionOf(
    series(3_000, (next) => -60_000 * Math.log(1 - next())),
    [],
  );
  expect(chance?.variation).toBeCloseTo(1, 1);
});

test('of three times nothing is said, nor of one moment', () => {
  expect(repetitionOf([0, 1, 2], [])).toBe(undefined);
  expect(repetitionOf([7, 7, 7, 7, 7, 7], [])).toBe(undefined);
});
