import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

describe('Random', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    const numbers = (seed: string) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.bits());
    };
    expect(numbers('a')).toEqual(numbers('a'));
    expect(numbers('a')).not.toEqual(numbers('b'));
  });

  test('whole numbers reach both ends and nothing beyond, evenly', () => {
    const random = new Random('ends');
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const value = random.whole(3, 8);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([3, 4, 5, 6, 7, 8]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test('weights are kept', () => {
    const random = new Random('weights');
    let heavy = 0;
    for (let draw = 0; draw < 4000; draw++)
      if (
        random.pickWeighted([
          [3, 'heavy'],
          [1, 'light'],
          [0, 'never'],
        ]) === 'heavy'
      )
        heavy += 1;
    expect(Math.abs(heavy - 3000)).toBeLessThan(150);
  });

  test('hexadecimal digits of any length', () => {
    expect(new Random('x').hex(13)).toMatch(/^[0-9a-f]{13}$/);
  });
});
