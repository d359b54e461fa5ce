import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Metadata } from './metadata.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-metadata-'));
let metadata: Metadata;

beforeAll(() => {
  metadata = Metadata.open(folder);
});
afterAll(async () => {
  await metadata.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the audit', () => {
  test('keeps records in their order, and cuts subjects that are too long', async () => {
    const record = { user: 'ann', action: 'search', address: 'local' } as const;
    await Promise.all(
      Array.from({ length: 25 }, (_, n) => metadata.audit.add({ ...record, subject: `s${n}` })),
    );
    await metadata.audit.add({ ...record, subject: 'x'.repeat(10_000) });
    const newest = metadata.audit.page(undefined, 10);
    expect(newest.map(({ id }) => id)).toEqual([26, 25, 24, 23, 22, 21, 20, 19, 18, 17]);
    expect(newest[0]?.record.subject.length).toBeLessThan(5_000);
    const rest = metadata.audit.page(17, 100);
    expect(rest.map(({ id }) => id)).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(metadata.audit.page(1, 10)).toEqual([]);
  });
});

describe('sessions', () => {
  test('end when they were not used, when they are old, and with all others of the user', async () => {
    const { sessions } = metadata;
    const begin = Date.now();
    const text = await sessions.start('ann', begin);
    const hour = 3_600_000;
    // Uses are written down behind the answer, in the order of all writes.
    const written = () => sessions.end('nothing');
    expect(sessions.find(text, begin + 11 * hour)?.user).toBe('ann');
    await written();
    expect(sessions.find(text, begin + 22 * hour)?.user).toBe('ann');
    await written();
    expect(sessions.find(text, begin + 35 * hour)).toBeUndefined();
    const other = await sessions.start('ann', begin);
    for (let at = 0; at <= 167; at += 8) {
      sessions.find(other, begin + at * hour);
      await written();
    }
    expect(sessions.find(other, begin + 167 * hour)).toBeDefined();
    expect(sessions.find(other, begin + 169 * hour)).toBeUndefined();
    const last = await sessions.start('ann');
    await sessions.endAllOf('ann');
    expect(sessions.find(last)).toBeUndefined();
    expect(sessions.find('nothing')).toBeUndefined();
  });
});

describe('tokens', () => {
  test('are found by their text alone', async () => {
    const { token, text } = await metadata.tokens.make('script', 'ann', 'viewer');
    expect(metadata.tokens.find(text)?.id).toBe(token.id);
    for (const wrong of ['', 'keizu_', `${text}x`, text.slice(0, -1), text.replace(/.$/, '!')])
      expect(metadata.tokens.find(wrong)).toBeUndefined();
    await metadata.tokens.removeAllOf('ann');
    expect(metadata.tokens.find(text)).toBeUndefined();
  });
});

describe('the history', () => {
  test('is of each user alone, and of bounded length', async () => {
    const entry = { earliest: null, latest: null, rows: 1 };
    for (let n = 0; n < 520; n++)
      await metadata.history.add('ann', { ...entry, text: `search ${n}`, time: n });
    await metadata.history.add('ann2', { ...entry, text: 'of another', time: 1 });
    const all = metadata.history.list('ann');
    expect(all.length).toBe(500);
    expect(all[0]?.text).toBe('search 519');
    expect(metadata.history.list('ann2').map(({ text }) => text)).toEqual(['of another']);
    await metadata.history.removeAllOf('ann');
    expect(metadata.history.list('ann')).toEqual([]);
    expect(metadata.history.list('ann2').length).toBe(1);
  });
});

test('another process may have the same metadata open', async () => {
  const second = Metadata.open(folder);
  await second.users.add('bob', 'admin', 'a long password');
  expect(metadata.users.find('bob')?.role).toBe('admin');
  expect(await metadata.users.verify('bob', 'a long password')).toMatchObject({ name: 'bob' });
  expect(await metadata.users.verify('bob', 'another one')).toBeUndefined();
});
