import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OccurrenceCounter } from './occurrence-counter.ts';

describe('OccurrenceCounter', () => {
  test('counts like a map while it remembers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 ** 48 }).map((n) => (n % 7) * 2 ** 40 + 1)),
        (keys) => {
          const counter = new OccurrenceCounter();
          const counts = new Map<number, number>();
          for (const key of keys) {
            expect(counter.next(key)).toBe(counts.get(key) ?? 0);
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        },
      ),
    );
  });

  test('keeps many keys apart, those with the same low digits too', () => {
    const counter = new OccurrenceCounter();
    const keys = Array.from({ length: 20_000 }, (_, n) => n * 2 ** 32 + 5);
    expect(keys.every((key) => counter.next(key) === 0)).toBe(true);
    expect(keys.every((key) => counter.next(key) === 1)).toBe(true);
  });

  test('forgets only what did not come for as many entries as it keeps', () => {
    const counter = new OccurrenceCounter(10);
    expect(counter.next(1)).toBe(0);
    for (let key = 2; key <= 11; key++) counter.next(key);
    expect(counter.next(1)).toBe(1);
    for (let key = 100; key < 115; key++) counter.next(key);
    expect(counter.next(1)).toBe(2);
    for (let key = 200; key < 230; key++) counter.next(key);
    expect(counter.next(1)).toBe(0);
  });
});
