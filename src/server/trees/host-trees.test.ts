import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guidAt, moment, sysmonEvent } from '../../../test/stored-events.ts';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import type { Store } from '../../store/store.ts';
import { DataChanges } from '../data-changes.ts';
import { WatchedStore } from '../watched-store.ts';
import { HostTrees } from './host-trees.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-host-trees-'));
const changes = new DataChanges();
const host = 'ws01';
let store: Store;
let watched: WatchedStore;
let queries = 0;

const start = (at: string, arrival: string, sequence: number) =>
  sysmonEvent(
    '1',
    { at, arrival },
    {
      ProcessGuid: guidAt(at, sequence),
      ProcessId: String(sequence * 4),
      Image: 'C:\\x\\a.exe',
      CommandLine: 'a',
    },
  );

/** The store, which counts what it is asked. */
class CountedStore extends WatchedStore {
  override rows(...asked: Parameters<WatchedStore['rows']>): ReturnType<WatchedStore['rows']> {
    queries += 1;
    return super.rows(...asked);
  }
}

beforeAll(async () => {
  store = await openEmbeddedStore(folder);
  watched = new CountedStore(store, changes);
  await watched.write([start('09:00:00', '09:00:01', 10), start('09:10:00', '09:10:01', 11)]);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what is known of a host is read once, until events are written', async () => {
  const trees = new HostTrees(watched, changes);
  const first = await trees.read(host, undefined);
  queries = 0;
  expect(await trees.read(host, undefined)).toBe(first);
  expect(queries).toBe(0);
  await watched.write([start('09:20:00', '09:20:01', 12)]);
  const second = await trees.read(host, undefined);
  expect([first.lineage.size, second.lineage.size]).toEqual([2, 3]);
  const { events, arrived } = first.scope;
  expect(await trees.readPinned(host, undefined, events, arrived ?? 0n)).toBe(first);
});

test('what is no longer kept is built again from what had arrived', async () => {
  const trees = new HostTrees(watched, changes);
  const pinned = await trees.readPinned(host, undefined, 2, moment('09:10:01'));
  expect(pinned?.lineage.size).toBe(2);
  expect(pinned?.asOf).toBeUndefined();
  const asOf = await trees.read(host, moment('09:05:00'));
  expect([asOf.lineage.size, asOf.scope.events]).toEqual([1, 1]);
});

test('where events came whose arrival is earlier, it cannot be built again', async () => {
  await watched.write([start('08:00:00', '08:00:01', 9)]);
  const trees = new HostTrees(watched, changes);
  expect(await trees.readPinned(host, undefined, 2, moment('09:10:01'))).toBeUndefined();
});
