import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

test.each([
  ['statz', 'stats'],
  ['stast', 'stats'],
  ['STATS', 'stats'],
  ['hed', 'head'],
  ['timehcart', 'timechart'],
  ['frobnicate', undefined],
  ['xx', undefined],
])('%s: %s', (name, nearest) => {
  expect(nearestName(name, ['stats', 'head', 'eventstats', 'timechart', 'where'])).toBe(nearest);
});
