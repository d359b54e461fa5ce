import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJsonKey, encodeJsonKey } from './json-key.ts';

describe('encodeJsonKey', () => {
  test.each([
    ['Image', 'Image'],
    ['Key Length', 'Key Length'],
    ['a-b_c', 'a-b_c'],
    ['process.name', 'process%2Ename'],
    ['list{}', 'list%7B%7D'],
    ['100%', '100%25'],
    ['%2E', '%252E'],
    ['イベント', 'イベント'],
    ['😀.x', '😀%2Ex'],
    ['a`b\\c', 'a%60b%5Cc'],
    ['\ud800', '%uD800'],
    ['', '%'],
  ])('%j is %j', (name, key) => {
    expect(encodeJsonKey(name)).toBe(key);
    expect(decodeJsonKey(key)).toBe(name);
  });

  test('gives every name back, in characters that the engine reads as part of a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const key = encodeJsonKey(name);
        expect(key).toMatch(/^[A-Za-z0-9_\- %\u0080-\uffff]+$/);
        expect(Buffer.from(key).toString()).toBe(key);
        expect(decodeJsonKey(key)).toBe(name);
      }),
    );
  });
});
