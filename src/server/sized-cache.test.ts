import { expect, test } from 'vitest';
import { SizedCache } from './sized-cache.ts';

test('what was asked for longest ago goes first; the newest stays whatever its size', async () => {
  const made: string[] = [];
  const cache = new SizedCache<string>(5, ({ length }) => length);
  const ask = (key: string, value: string) =>
    cache.getOrMake(key, async () => {
      made.push(key);
      return value;
    });
  await ask('a', 'xx');
  await ask('b', 'yy');
  await ask('a', '');
  await ask('c', 'zz');
  expect(await cache.get('a')).toBe('xx');
  expect(cache.get('b')).toBeUndefined();
  expect(await ask('d', 'much too long')).toBe('much too long');
  expect(await cache.get('d')).toBe('much too long');
  expect(cache.get('c')).toBeUndefined();
  expect(made).toEqual(['a', 'b', 'c', 'd']);
});

test('what is being made is shared; what fails is made again', async () => {
  const cache = new SizedCache<string>(5, ({ length }) => length);
  let times = 0;
  const fail = async (): Promise<string> => {
    times += 1;
    throw new Error('no');
  };
  const first = cache.getOrMake('a', fail);
  expect(cache.getOrMake('a', fail)).toBe(first);
  await expect(first).rejects.toThrow('no');
  expect(times).toBe(1);
  expect(await cache.getOrMake('a', async () => 'yes')).toBe('yes');
  cache.clear();
  expect(cache.get('a')).toBeUndefined();
});
