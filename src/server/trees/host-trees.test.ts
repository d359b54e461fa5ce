import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { guidAt, moment, sysmonEvent } from '../../../test/stored-events.ts';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import type { Store } from '../../store/store.ts';
import { DataChanges } from '../data-changes.ts';
import { WatchedStore } from '../watched-store.ts';
import { HostTrees } from './host-trees.ts';
import { stayWarm, warmUp } from './warm-up.ts';

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

test('large hosts are read ahead, once for the same events', async () => {
  const trees = new HostTrees(watched, changes);
  await warmUp(trees, new AbortController().signal, { leastStarts: 1 });
  queries = 0;
  expect((await trees.read(host, undefined)).lineage.size).toBe(4);
  await warmUp(trees, new AbortController().signal, { leastStarts: 1 });
  expect(queries).toBe(0);
  const stopped = AbortSignal.abort();
  await warmUp(new HostTrees(watched, changes), stopped, { leastStarts: 1 });
  expect(queries).toBe(0);
});

test('nothing is read ahead while somebody waits for something else', async () => {
  const trees = new HostTrees(watched, changes);
  let isBusy = true;
  const warm = warmUp(trees, new AbortController().signal, { leastStarts: 1, isBusy: () => isBusy });
  await sleep(2_500);
  const { events, arrived } = await trees.scope(host, undefined);
  queries = 0;
  isBusy = false;
  await warm;
  expect(queries).toBeGreaterThan(1);
  queries = 0;
  await trees.readPinned(host, undefined, events, arrived ?? 0n);
  expect(queries).toBe(0);
}, 20_000);

test('a server reads ahead when it starts and after events have come, until it stops', async () => {
  const trees = new HostTrees(watched, changes);
  const stopping = new AbortController();
  const settled = async () => {
    const before = queries;
    await vi.waitFor(() => expect(queries).toBeGreaterThan(before), 20_000);
    for (let seen = -1; seen !== queries; await sleep(1_500)) seen = queries;
    queries = 0;
    const { size } = (await trees.read(host, undefined)).lineage;
    // The scope alone is asked for: what the processes are is known.
    expect(queries).toBeLessThan(2);
    return size;
  };
  stayWarm(trees, stopping.signal, { leastStarts: 1, pause: 0 });
  expect(await settled()).toBe(4);
  await watched.write([start('10:00:00', '10:00:01', 20)]);
  expect(await settled()).toBe(5);
  stopping.abort();
  queries = 0;
  changes.changed();
  await sleep(2_500);
  expect(queries).toBe(0);
}, 60_000);
