import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ActionQueue } from './action-queue.ts';

test('gives actions by time, and in order of entry within one time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
      const queue = new ActionQueue();
      const done: [number, number][] = [];
      times.forEach((time, order) => {
        queue.add(time, () => done.push([time, order]));
      });
      for (let entry = queue.take(); entry; entry = queue.take()) entry.action();
      const expected = times
        .map((time, order): [number, number] => [time, order])
        .sort((a, b) => a[0] - b[0]);
      expect(done).toEqual(expected);
      expect(queue.nextTime).toBeUndefined();
    }),
  );
});
