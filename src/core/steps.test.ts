import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { finish, finishInTurns, type Steps } from './steps.ts';

function* counting(log: string[]): Steps<number> {
  for (let step = 1; step <= 3; step++) {
    log.push(`step ${step}`);
    yield;
  }
  return 3;
}

test('work in steps gives its result at once, or with turns for others in between', async () => {
  const log: string[] = [];
  expect(finish(counting(log))).toBe(3);
  expect(log).toEqual(['step 1', 'step 2', 'step 3']);
  log.length = 0;
  const result = finishInTurns(counting(log));
  await setImmediate();
  log.push('another');
  expect(await result).toBe(3);
  expect(log.indexOf('another')).toBeGreaterThan(0);
  expect(log.indexOf('another')).toBeLessThan(3);
});
