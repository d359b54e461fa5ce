import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseIsoTicks, type Ticks } from '../core/ticks.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { reportSections } from './report-sections.ts';

const host = 'ws-sal-02.kitano.example';
const folder = mkdtempSync(join(tmpdir(), 'keizu-report-sections-'));
let store: Store;
/** After what the sensors recorded had arrived, and before the proxy's log. */
let between: Ticks;

beforeAll(async () => {
  await writeDemo(join(folder, 'case'), { seed: 1, hosts: 2, days: 1 });
  store = await openEmbeddedStore(join(folder, 'store'));
  await ingest([join(folder, 'case/WS-SAL-02')], store, {});
  between = await lastArrival();
  await ingest([join(folder, 'case/proxy')], store, {});
  expect(await lastArrival()).toBeGreaterThan(between);
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function lastArrival(): Promise<Ticks> {
  const query = { sql: sql`SELECT max(_indextime) FROM events`, parameters: new Parameters().values };
  for await (const block of store.rows(query, [{ name: 'last', type: 'time' }]))
    for (const [last] of block) if (typeof last === 'bigint') return last as Ticks;
  throw new Error('nothing has arrived');
}

async function connectionsAsOf(asOf: Ticks): Promise<string> {
  const scope = {
    hosts: [host],
    earliest: parseIsoTicks('2000-01-01T00:00:00Z') as Ticks,
    latest: parseIsoTicks('2100-01-01T00:00:00Z') as Ticks,
    asOf,
    addresses: [],
  };
  let text = '';
  for await (const { title, lines } of reportSections(store, scope, 0, 'UTC'))
    if (title.startsWith('Connections')) for await (const line of lines) text += `${line}\n`;
  return text;
}

test('the connections are those that had arrived by the moment of the export', async () => {
  const known = /203\.0\.113\.45/;
  expect(await connectionsAsOf(await lastArrival())).toMatch(known);
  const before = await connectionsAsOf(between);
  expect(before).not.toMatch(known);
  expect(before.length).toBeGreaterThan(0);
});
