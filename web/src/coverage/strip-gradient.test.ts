import { describe, expect, test } from 'vitest';
import { stripGradient, toneOf } from './strip-gradient.ts';

describe('a strip', () => {
  test('has a tone for each part, equal neighbours joined', () => {
    expect(stripGradient([0, 0, 10, 1000])).toBe(
      'linear-gradient(90deg, var(--heat-0) 0.00% 50.00%, var(--heat-2) 50.00% 75.00%, var(--heat-4) 75.00% 100.00%)',
    );
  });

  test('is blank where nothing happened', () => {
    expect(stripGradient([])).toBe('none');
    expect(stripGradient([0, 0])).toBe('none');
    expect(toneOf(0, 5)).toBe(0);
    expect(toneOf(1, 1)).toBe(2);
    expect(toneOf(5, 5)).toBe(4);
  });
});
