import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Event, FieldValue } from '../events/event.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { Parameters, sql } from '../store/sql.ts';
import { sampleEvent } from '../store/store.contract.ts';
import type { Store } from '../store/store.ts';
import { addressesOf, type ExportScope, inExport } from './export-scope.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-export-scope-'));
const start = 17_000_000_000_000_000n;
const hour = 3_600n * TICKS_PER_SECOND;
let store: Store;

function event(
  id: string,
  product: string,
  fields: Readonly<Record<string, FieldValue>>,
  more: Partial<Event> = {},
) {
  return sampleEvent(id, fields, { product, host: 'log.example', time: start, ...more });
}

beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
  const late: { readonly time: Ticks } = { time: start + 9n * hour };
  await store.write([
    event('own', 'sysmon', {}, { host: 'odd.example' }),
    event('own later', 'sysmon', {}, { host: 'odd.example', ...late }),
    event('of another', 'sysmon', {}, { host: 'other.example' }),
    event('line', 'squid', { src_ip: '10.9.9.9' }),
    event('line later', 'squid', { src_ip: '10.9.9.9' }, late),
    event('line of another', 'squid', { src_ip: '10.9.9.8' }),
    event('lease', 'windows-dhcp', { dest_ip: '10.9.9.7', dest_host: 'odd.example', dhcp_action: 'leased' }),
    event('line of the lease', 'squid', { src_ip: '10.9.9.7' }),
    event('lease of another', 'windows-dhcp', {
      dest_ip: '10.9.9.8',
      dest_host: 'other.example',
      dhcp_action: 'leased',
    }),
    event(
      'listed',
      'asset-list',
      { dest_ip: '10.9.9.9', dest_host: 'odd.example', asset_kind: 'asset' },
      late,
    ),
    event(
      'listed other',
      'asset-list',
      { dest_ip: '10.9.9.8', dest_host: 'other.example', asset_kind: 'asset' },
      late,
    ),
  ]);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rawTexts(scope: ExportScope): Promise<readonly unknown[]> {
  const parameters = new Parameters();
  const query = sql`SELECT _raw FROM events WHERE ${inExport(scope, parameters)} ORDER BY _raw`;
  const found: unknown[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'raw', type: 'text' },
  ]))
    found.push(...block.map(([raw]) => raw));
  return found;
}

test('an export has the records of addresses that lists and leases say were the host’s, and what says so', async () => {
  const hosts = ['odd.example'];
  const addresses = await addressesOf(store, hosts);
  expect(addresses).toEqual(['10.9.9.7', '10.9.9.9']);
  const scope = { hosts, addresses, earliest: start, latest: start + hour, asOf: start * 2n };
  expect(await rawTexts(scope)).toEqual(['lease', 'line', 'line of the lease', 'listed', 'own']);
  expect(await rawTexts({ ...scope, addresses: [] })).toEqual(['own']);
  expect(await rawTexts({ ...scope, asOf: 0n })).toEqual([]);
});
