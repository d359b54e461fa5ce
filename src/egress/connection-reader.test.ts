import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTicks, parseIsoTicks } from '../core/ticks.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { runSearch, type SearchOptions } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { connectionReader } from './connection-reader.ts';
import { egressRecords } from './egress-record.ts';
import { egressView } from './egress-view.ts';
import { readEgress } from './read-egress.ts';

type Row = Readonly<Record<string, unknown>>;

const folder = mkdtempSync(join(tmpdir(), 'keizu-egress-command-'));
const host = 'ws-sal-02.kitano.example';
let store: Store;

beforeAll(async () => {
  await writeDemo(join(folder, 'case'), { seed: 1, hosts: 2, days: 1 });
  store = await openEmbeddedStore(join(folder, 'store'));
  await ingest([join(folder, 'case')], store, {});
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(text: string, options: SearchOptions = { connectionReader: connectionReader(store) }) {
  const search = await runSearch(store, text, options);
  const rows: Row[] = [];
  for await (const block of search.rows)
    for (const row of block)
      rows.push(Object.fromEntries(search.columns.map(({ name }, at) => [name, row[at]])));
  return { rows, codes: search.diagnostics.map(({ code }) => code) };
}

/** What `keizu egress --format json` gives, newest first. */
async function records(
  question: { readonly host?: string; readonly earliest?: string; readonly latest?: string },
  selection: { readonly process?: string; readonly destination?: string } = {},
): Promise<readonly Row[]> {
  const bound = (text: string | undefined) => (text === undefined ? null : (parseIsoTicks(text) ?? null));
  const range = { earliest: bound(question.earliest), latest: bound(question.latest) };
  const egress = await readEgress(store, { host: question.host, ...range });
  return [...egressRecords(egressView(egress, selection))]
    .map((each) => each as Row)
    .filter(({ kind }) => kind === 'connection')
    .reverse();
}

/** The same things of a record and of a row, under the record's names. */
const ofRecord = (record: Row) => {
  const [first] = record.standing === 'undecided' ? [] : (record.candidates as readonly Row[]);
  return {
    time: record.time,
    hosts: record.hosts,
    port: record.port,
    clientPort: record.clientPort,
    destination: record.destination,
    url: record.url,
    bytes: [record.bytesOut, record.bytesIn],
    verdict: [record.verdict, record.code, record.reason],
    bits: [record.reached, record.out, record.back, record.complete, record.flags],
    tier: [record.tier, record.standing, record.competing, record.explained],
    process: [first?.pid ?? null, first?.guid ?? null, first?.image ?? null, first?.id ?? null],
    candidates: (record.candidates as readonly Row[]).length,
    event: record.event,
  };
};
const number = (value: unknown) => (value === null ? null : Number(value));
const ofRow = (row: Row) => ({
  time: formatTicks(row._time as bigint),
  hosts: row.hosts,
  port: number(row.dest_port),
  clientPort: number(row.src_port),
  destination: row.dest,
  url: row.url,
  bytes: [row.bytes_out, row.bytes_in],
  verdict: [row.verdict, row.verdict_code, row.verdict_reason],
  bits: [row.reached, row.out, row.back, row.complete, row.flags],
  tier: [row.tier, row.standing, row.competing, row.explained === 'true'],
  process: [number(row.process_id), row.process_guid, row.process_path, row.lineage_id],
  candidates: (row.candidates as readonly string[]).length,
  event: row.event_id,
});

describe('egress', () => {
  test('of everything: what keizu egress says of every connection', async () => {
    const { rows, codes } = await run('index=* | egress');
    const expected = await records({});
    expect(expected.length).toBeGreaterThan(1_000);
    expect(rows.map(ofRow)).toEqual(expected.map(ofRecord));
    expect(codes).toEqual([]);
  });

  test("rows of a host give that host's connections, which stand in another's log, within the search's time range", async () => {
    const range = { earliest: '2024-05-14T10:00:00Z', latest: '2024-05-14T11:00:00Z' };
    const { rows } = await run(
      `index=* host=${host} EventCode=1 earliest="${range.earliest}" latest="${range.latest}" | egress`,
    );
    const expected = await records({ host, ...range });
    expect(expected.length).toBeGreaterThan(20);
    expect(rows.map(ofRow)).toEqual(expected.map(ofRecord));
  });

  test("rows that are a proxy's records give their own connections, and no other", async () => {
    const { rows } = await run('index=* url="http://203.0.113.45:8080/*" | egress');
    const expected = (await records({}, { destination: 'http://203.0.113.45:8080/' })).map(ofRecord);
    expect(expected.length).toBe(9);
    expect(rows.map(ofRow)).toEqual(expected);
    expect(new Set(rows.map(({ process_name }) => process_name))).toEqual(new Set(['regsvr32.exe']));
  });

  test('host=, process= and dest= choose as the options of keizu egress do', async () => {
    const { rows } = await run('index=* | egress host=WS-SAL-02 process=regsvr32.exe dest=203.0.113');
    const expected = await records({ host }, { process: 'regsvr32.exe', destination: '203.0.113' });
    expect(expected.length).toBe(13);
    expect(rows.map(ofRow)).toEqual(expected.map(ofRecord));
  });

  test('composes with what follows', async () => {
    const { rows } = await run(
      `index=* host=${host} | egress dest=203.0.113. | stats count BY verdict dest | sort dest verdict`,
    );
    expect(rows).toEqual([
      { verdict: 'content delivered', dest: '203.0.113.45', count: 8 },
      { verdict: 'upstream failed', dest: '203.0.113.45', count: 1 },
      { verdict: 'blocked by policy', dest: '203.0.113.201', count: 4 },
    ]);
    const later = await run(
      `index=* host=${host} | egress | where tier=3 AND explained="false" | head 1 | table _time candidates reasons`,
    );
    expect(later.rows.length).toBe(1);
    expect(later.rows[0]?.candidates).not.toEqual([]);
  });

  test('rows that the search made name hosts, too; those that name none are counted', async () => {
    const { rows, codes } = await run(
      `| makeresults count=2 | streamstats count | eval host=if(count=1,"${host.toUpperCase()}",null()) | egress dest=203.0.113.45`,
    );
    expect([rows.length, codes]).toEqual([9, ['rows-without-host']]);
  });

  test('unrecorded=true: what keizu egress says of names looked up and of connections past the proxies', async () => {
    const { rows } = await run(`index=* host=${host} | egress dest=. unrecorded=true`);
    const egress = await readEgress(store, { host, earliest: null, latest: null });
    const expected = [...egressRecords(egressView(egress, { destination: '.' }))]
      .map((each) => each as Row)
      .filter(({ kind }) => kind === 'unrecorded')
      .map(({ destination, verdict, times, first }) => [destination, verdict, times, first].join(' '));
    const told = rows.filter(({ event_id }) => event_id === null);
    expect(expected.length).toBeGreaterThan(0);
    expect(
      told
        .map(({ dest, verdict, times, _time }) =>
          [dest, verdict, times, formatTicks(_time as bigint)].join(' '),
        )
        .toSorted(),
    ).toEqual(expected.toSorted());
    const without = await run(`index=* host=${host} | egress dest=.`);
    expect(without.rows.length).toBe(rows.length - told.length);
  });

  test('a host that nothing names is told of', async () => {
    const { rows, codes } = await run('index=* | egress host=nowhere');
    expect([rows, codes]).toEqual([[], ['host-not-found']]);
  });

  test.each([
    ['index=* | egress hots=a', 'unknown-option', 'hots=a'],
    ['index=* | egress host=', 'bad-option-value', 'host='],
    ['index=* | egress everything', 'too-many-arguments', 'everything'],
  ])('%s: %s, at its place', async (text, code, at) => {
    const failure = await run(text).catch((error) => error);
    expect(failure).toBeInstanceOf(SearchError);
    const [fault] = (failure as SearchError).diagnostics;
    expect([fault?.code, text.slice(fault?.span?.start, fault?.span?.end)]).toEqual([code, at]);
  });

  test('where nobody judges connections the search fails, and is not empty', async () => {
    const failure = await run('index=* | egress', {}).catch((error) => error);
    expect((failure as SearchError).diagnostics?.map(({ code }) => code)).toEqual(['no-connection-reader']);
  });
});
