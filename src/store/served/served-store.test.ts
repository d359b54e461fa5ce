import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openEmbeddedStore } from '../embedded/open-embedded-store.ts';
import { sql } from '../sql.ts';
import { allRows, sampleEvent, storeContract } from '../store.contract.ts';
import type { Store } from '../store.ts';
import { findServedStore } from './find-served-store.ts';
import { readServerLock, removeServerLock, writeServerLock } from './lock-file.ts';
import { StoreListener } from './store-listener.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-served-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A store that is owned here and used through its server; closing it ends both. */
async function openServed(directory: string): Promise<Store> {
  const owned = await openEmbeddedStore(directory);
  const listener = await StoreListener.open(owned, 'secret');
  writeServerLock(directory, { url: listener.url, token: 'secret', pid: process.pid, page: '' });
  const served = await findServedStore(directory);
  if (!served) throw new Error('no server was found');
  const close = served.close.bind(served);
  served.close = async () => {
    await close();
    await listener.close();
    removeServerLock(directory, 'secret');
    await owned.close();
  };
  return served;
}

storeContract('a store through its server', () => openServed(join(folder, 'store')));

describe('the server of a store', () => {
  test('drops the temporary tables of a client that ends', async () => {
    const directory = join(folder, 'lease');
    const owned = await openEmbeddedStore(directory);
    const listener = await StoreListener.open(owned, 'secret');
    writeServerLock(directory, { url: listener.url, token: 'secret', pid: process.pid, page: '' });
    const tables = async () => {
      const text = sql`SELECT toUInt64(count()) FROM system.tables WHERE startsWith(name, 'tmp_')`;
      return (await allRows(owned, text, [{ name: 'n', type: 'number' }]))[0]?.[0];
    };
    const served = await findServedStore(directory);
    await served?.temporaryTable([{ name: 'a', type: 'text' }]);
    expect(await tables()).toBe(1);
    await served?.close();
    await expect.poll(tables, { timeout: 10_000 }).toBe(0);
    await listener.close();
    await owned.close();
  });

  test('is not found once it has ended, nor where its lock is torn', async () => {
    const directory = join(folder, 'dead');
    const owned = await openEmbeddedStore(directory);
    const listener = await StoreListener.open(owned, 'secret');
    writeServerLock(directory, { url: listener.url, token: 'secret', pid: process.pid, page: '' });
    await listener.close();
    expect(await findServedStore(directory)).toBeUndefined();
    removeServerLock(directory, 'of another server');
    expect(readServerLock(directory)).toBeDefined();
    removeServerLock(directory, 'secret');
    expect(readServerLock(directory)).toBeUndefined();
    await owned.close();
  });

  test('answers nobody without its token', async () => {
    const owned = await openEmbeddedStore(join(folder, 'token'));
    const listener = await StoreListener.open(owned, 'secret');
    await owned.write([sampleEvent('a', {})]);
    for (const authorization of ['', 'Bearer', 'Bearer wrong1', 'Bearer secret2']) {
      const answer = await fetch(`${listener.url}/catalogue`, { headers: { authorization } });
      expect(answer.status).toBe(401);
    }
    await listener.close();
    await owned.close();
  });
});
