import { describe, expect, test } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  test('lets so many work at once, the others in the order in which they came', async () => {
    const turns = new Turns(2);
    const { signal } = new AbortController();
    const order: number[] = [];
    const ends = await Promise.all([turns.take(signal), turns.take(signal)]);
    const waiting = [3, 4].map(async (number) => {
      const end = await turns.take(signal);
      order.push(number);
      end();
    });
    expect(order).toEqual([]);
    ends[0]?.();
    ends[0]?.();
    await Promise.all(waiting);
    expect(order).toEqual([3, 4]);
  });

  test('lets those go who do not want to wait any more', async () => {
    const turns = new Turns(1);
    const stop = new AbortController();
    const end = await turns.take(stop.signal);
    const waiting = turns.take(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    end();
    const next = await turns.take(new AbortController().signal);
    next();
  });
});
