import { describe, expect, test } from 'vitest';
import { StoreError } from '../store.ts';
import { storeErrorOf } from './engine-error.ts';

const ofEngine = (message: string) => Object.assign(new Error(message), { code: 'CHDB_QUERY' });

describe('storeErrorOf', () => {
  test.each([
    ['Code: 159. DB::Exception: Timeout exceeded: elapsed 1 s. (TIMEOUT_EXCEEDED)', 'query-timeout'],
    ['Code: 241. DB::Exception: Query memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)', 'query-memory'],
    ['Code: 394. DB::Exception: Query was cancelled. (QUERY_WAS_CANCELLED)', 'query-cancelled'],
    ['Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)', 'store-full'],
    [
      'Code: 75. DB::ErrnoException: Cannot write to file /x: , errno: 28, strerror: No space left on device.',
      'store-full',
    ],
    [
      'Query failed: Code: 62. DB::Exception: Syntax error: failed at position 1. (SYNTAX_ERROR)',
      'query-failed',
    ],
  ])('%s', (message, code) => {
    const error = storeErrorOf(ofEngine(message), '/data');
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code });
    expect((error as StoreError).message).toMatch(/^\/data: (?!.*DB::)/);
  });

  test.each([
    ['ENOSPC', 'store-full'],
    ['EACCES', 'store-unreadable'],
    ['EROFS', 'store-unreadable'],
  ])('the system says %s', (system, code) => {
    expect(storeErrorOf(Object.assign(new Error('x'), { code: system }), '/data')).toMatchObject({ code });
  });

  test('leaves errors of ours as they are', () => {
    const bug = new TypeError('x is not a function');
    expect(storeErrorOf(bug, '/data')).toBe(bug);
  });
});
