import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { guidAt, sysmonEvent } from '../../../test/stored-events.ts';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import { limitedStore } from '../../store/limited-store.ts';
import { type Query, sql } from '../../store/sql.ts';
import { type QueryLimits, type Store, StoreError } from '../../store/store.ts';
import { DataChanges } from '../data-changes.ts';
import { UserWork } from '../user-work.ts';
import { WatchedStore } from '../watched-store.ts';
import { HostTrees } from './host-trees.ts';
import { ReadAhead } from './read-ahead.ts';
import { Reading } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-read-ahead-'));
const host = 'ws01';
let embedded: Store;
/** What happened, in its order. */
let events: string[];
/** While it is there, the observations of a host are not read. */
let hold: Promise<void> | undefined;
let work: UserWork;
let watched: WatchedStore;
let trees: HostTrees;
let ahead: ReadAhead;

const start = (at: string, sequence: number) =>
  sysmonEvent(
    '1',
    { at },
    { ProcessGuid: guidAt(at, sequence), ProcessId: String(sequence * 4), Image: 'C:\\a.exe' },
  );

/** Holds the observations of a host until they may be read, or are no longer wanted. */
function held(store: Store): Store {
  async function* columnBlocks(query: Query, limits: QueryLimits = {}) {
    events.push('observations');
    const { signal } = limits;
    const cut = new Promise<void>((give) =>
      signal?.addEventListener('abort', () => {
        events.push('cut off');
        give();
      }),
    );
    if (hold) await Promise.race([hold, cut]);
    if (signal?.aborted) throw new StoreError('query-cancelled', 'cut off');
    yield* store.columnBlocks(query, limits);
  }
  function rows(...asked: Parameters<Store['rows']>) {
    if (asked[0].sql.text === question.text) events.push('asked');
    return store.rows(...asked);
  }
  return { ...limitedStore(store, (own) => own), columnBlocks, rows };
}

const question = sql`SELECT 1`;

async function ask(): Promise<void> {
  for await (const _ of watched.rows({ sql: question, parameters: {} }, [{ name: 'a', type: 'number' }]));
}

/** Holds what is read of hosts; gives the function that lets it go on. */
function holding(): () => void {
  let release = () => {};
  hold = new Promise((give) => {
    release = give;
  });
  return () => {
    hold = undefined;
    release();
  };
}

beforeAll(async () => {
  embedded = await openEmbeddedStore(folder);
  await embedded.write([start('09:00:00', 10), start('09:10:00', 11)]);
});
afterAll(async () => {
  await embedded.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  events = [];
  hold = undefined;
  const changes = new DataChanges();
  const store = held(embedded);
  work = new UserWork(20);
  watched = new WatchedStore(store, changes, work);
  trees = new HostTrees(watched, changes);
  ahead = new ReadAhead({ trees, store, work, limits: { leastStarts: 1, pause: 0 } });
});
afterEach(async () => {
  await ahead.close();
});

const seen = (event: string, times = 1) =>
  vi.waitFor(() => expect(events.filter((each) => each === event)).toHaveLength(times), 20_000);

/** Resolves when a host's lineage is there without a question to the store. */
const isKept = () =>
  vi.waitFor(async () => {
    let asked = false;
    const ignore = work.onQuery(() => {
      asked = true;
    });
    await trees.read(host, undefined);
    ignore();
    expect(asked).toBe(false);
  }, 20_000);

test('the largest hosts are read before anybody asks, and again when events have come', async () => {
  ahead.start();
  await seen('observations');
  await isKept();
  expect(events).toEqual(['observations']);
  await watched.write([start('09:20:00', 12)]);
  await seen('observations', 2);
  await isKept();
  expect((await trees.read(host, undefined)).lineage.size).toBe(3);
  expect(events).toHaveLength(2);
});

test('nothing is read ahead while a request is answered', async () => {
  const answered = work.request();
  ahead.start();
  setTimeout(() => {
    events.push('answered');
    answered();
  }, 200);
  await seen('observations');
  expect(events).toEqual(['answered', 'observations']);
});

test('what is read ahead is given up before the store is asked for something else, and taken up again', async () => {
  const release = holding();
  ahead.start();
  await seen('observations');
  await ask();
  await seen('observations', 2);
  expect(events).toEqual(['observations', 'cut off', 'asked', 'observations']);
  release();
  await isKept();
});

test('whoever asks for what is being read waits for it, whatever else is asked', async () => {
  const release = holding();
  ahead.start();
  await seen('observations');
  const wanted = trees.read(host, undefined);
  await ask();
  release();
  expect((await wanted).host).toBe(host);
  expect(events).toEqual(['observations', 'asked']);
});

test('what was given up is not what is given to those who ask', async () => {
  const release = holding();
  ahead.start();
  await seen('observations');
  const other = ask();
  const wanted = trees.read(host, undefined);
  release();
  await other;
  expect((await wanted).lineage.size).toBe(3);
});

test('processes are linked when nobody waits for an answer, or somebody waits for them', async () => {
  const { signal } = new AbortController();
  const scope = await trees.scope(host, undefined);
  const linked = async () => {
    await trees.readAhead(host, scope, new Reading(held(embedded), work, signal));
    events.push('linked');
  };
  const answered = work.request();
  const linking = linked();
  setTimeout(() => {
    events.push('answered');
    answered();
  }, 300);
  await linking;
  expect(events).toEqual(['observations', 'answered', 'linked']);
  trees = new HostTrees(watched, new DataChanges());
  work.request();
  const again = linked();
  await trees.read(host, undefined);
  await again;
  expect(events.slice(3)).toEqual(['observations', 'linked']);
});

test('ends while it reads, and asks no more', async () => {
  holding();
  ahead.start();
  await seen('observations');
  await ahead.close();
  expect(events).toEqual(['observations', 'cut off']);
});
