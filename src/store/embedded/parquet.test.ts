import { expect, test } from 'vitest';
import { brokenFile } from './parquet.ts';

test('a file without an end is for want of room where there is none', () => {
  const cause = new Error('no magic bytes');
  expect(brokenFile('/out/made', 100_000, cause)).toMatchObject({ code: 'store-full', cause });
  expect(brokenFile('/out/made', 1e9, cause)).toMatchObject({ code: 'query-failed', cause });
});
