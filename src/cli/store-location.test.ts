import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storeLocation } from './store-location.ts';

test('the option wins, then the variable, then the user folder', () => {
  expect(storeLocation('/a', { KEIZU_STORE: '/b' })).toBe('/a');
  expect(storeLocation(undefined, { KEIZU_STORE: '/b' })).toBe('/b');
  expect(storeLocation(undefined, { XDG_DATA_HOME: '/x' })).toBe('/x/keizu');
  expect(storeLocation(undefined, {})).toBe(join(homedir(), '.local/share/keizu'));
});

test('a URL is not a path', () => {
  expect(storeLocation('clickhouse://db:9000', {})).toBe('clickhouse://db:9000');
});
