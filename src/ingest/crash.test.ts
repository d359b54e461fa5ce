import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { ingest } from './ingest.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const child = resolve(import.meta.dirname, '../../test/children/ingest-and-tell.ts');
const total = 60_000;
const batch = 500;

/** Starts an ingest and kills it once so many batches are acknowledged. Gives the last number of events that it told. */
async function killedAfter(batches: number, directory: string, path: string): Promise<number> {
  const running = spawn(process.execPath, ['--import', 'tsx', child, directory, path, String(batch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(running, 'exit');
  let acknowledged = 0;
  for await (const line of createInterface({ input: running.stdout })) {
    acknowledged = Number(line);
    if (acknowledged >= batches * batch) running.kill('SIGKILL');
  }
  const [, signal] = await ended;
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

test('an ingest that was killed leaves all it acknowledged, and can be done again until it is whole', async () => {
  const path = join(folder, 'log.jsonl');
  const line = (n: number) => {
    const at = new Date(1_692_161_670_000 + n * 10).toISOString();
    return `${JSON.stringify({ timestamp: at, n, [`field ${Math.floor(n / batch)}`]: 'x'.repeat(200) })}\n`;
  };
  writeFileSync(path, Array.from({ length: total }, (_, n) => line(n)).join(''));
  const directory = join(folder, 'store');

  let atLeast = 0;
  for (const batches of [1, 8]) {
    atLeast = Math.max(atLeast, await killedAfter(batches, directory, path));
    const store = await openEmbeddedStore(directory);
    const { events } = await store.scope([], null, null);
    expect(events).toBeGreaterThanOrEqual(atLeast);
    expect(events).toBeLessThan(total);
    expect(events % batch).toBe(0);
    const catalogue = await store.catalogue();
    for (let at = 0; at < events / batch; at++) expect(catalogue.has(`field ${at}`)).toBe(true);
    await store.close();
  }

  const store = await openEmbeddedStore(directory);
  const before = (await store.scope([], null, null)).events;
  expect(await ingest([path], store)).toMatchObject({ events: total - before, duplicates: before });
  expect((await store.scope([], null, null)).events).toBe(total);
  await store.close();
});
