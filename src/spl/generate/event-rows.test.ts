import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIsoTicks } from '../../core/ticks.ts';
import type { FieldValue } from '../../events/event.ts';
import type { EmbeddedStore } from '../../store/embedded/embedded-store.ts';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import type { Query } from '../../store/sql.ts';
import type { Cell, Column, StoredEvent } from '../../store/store.ts';
import { compileSegment } from '../compile-plan.ts';
import { planSearch, runSearch } from '../run.ts';
import { holdEventRows } from './event-rows.ts';

const START = parseIsoTicks('2023-11-14T22:13:20Z') ?? 0n;

let made = 0;

function event(product: 'sysmon' | 'security', fields: Record<string, FieldValue>): StoredEvent {
  const at = made++;
  const time = START + BigInt(at) * 10_000_000n;
  return {
    event: {
      time,
      timeSource: 'UtcTime',
      host: `ws${at % 2}`,
      source: `log:${product}`,
      sourcetype: 'xmlwineventlog',
      product,
      eventClass: 'process-start',
      raw: `raw ${at}`,
      fields,
    },
    index: 'main',
    arrival: time,
    origin: 'log',
    offset: at,
    fingerprint: new Uint8Array(16).fill(at + 1),
  };
}

/** All that JSON writes in another way. */
const controls = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');

const events: readonly StoredEvent[] = [
  event('sysmon', { EventCode: '1', Image: 'C:\\a.exe', user: ['kim', 'lee'], n: '1', mv: ['a', 'b'] }),
  event('sysmon', { EventCode: '1', Image: 'C:\\b.exe', user: 'kim', n: '2', mv: 'only', 'a.b': 'dot' }),
  event('security', { EventCode: '4688', LogonId: '0x3e7', n: '3', 'we`ird "name\'[]': 'x', '': 'nameless' }),
  event('security', { EventCode: '4624', IpAddress: '::1', n: '04', __proto__x: 'p', 'a%2Eb': 'percent' }),
  event('security', {
    when: '2023-11-14',
    big: '18446744073709551616',
    no: 'null',
    yes: 'true',
    at: '12:00:00',
  }),
  event('sysmon', {
    text: `${controls}\u007f\u2028\u00e9\u{1f600}"\\/`,
    long: 'z'.repeat(70_000),
    blank: '',
  }),
  event('security', { Ärger: 'ü', ['__proto__']: 'proto', constructor: 'c', toString: ['t', ''] }),
];

/** The first has a field of a name by which the second's `Channel` is found. */
const withAlias: readonly StoredEvent[] = [
  event('sysmon', { EventCode: '7', ImageLoaded: 'x.dll', n: '9', LogName: 'own' }),
  event('sysmon', { EventCode: '7', ImageLoaded: 'y.dll', n: '9', Channel: 'Security' }),
];

let place: string;
let store: EmbeddedStore;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'keizu-event-rows-'));
  store = await openEmbeddedStore(place);
  await store.write([...events, ...withAlias]);
});

afterAll(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

async function rowsOf(query: Query, columns: readonly Column[]) {
  const rows: (readonly Cell[])[] = [];
  // A SELECT has a column also where none is shown.
  const shown: readonly Column[] = columns.length > 0 ? columns : [{ name: 'nothing', type: 'number' }];
  for await (const block of store.rows(query, shown)) rows.push(...block);
  return { columns, rows };
}

async function byOneQuery(text: string) {
  const run = await runSearch(store, text);
  const rows: (readonly Cell[])[] = [];
  for await (const block of run.rows) rows.push(...block);
  const codes = run.diagnostics.map(({ code }) => code);
  return { result: { columns: run.columns, rows }, queries: run.statistics.queries, codes };
}

/** First which fields there are, then the rows with these. */
async function byTwoQueries(text: string) {
  const { plan, environment } = await planSearch(store, text, {});
  const first = compileSegment(plan, environment, new Map());
  if (first.kind !== 'event-rows') throw new Error(`the search is compiled to ${first.kind}`);
  const { key, query, columns } = first.question;
  const next = compileSegment(plan, environment, new Map([[key, await rowsOf(query, columns)]]));
  if (next.kind !== 'result') throw new Error(`the search goes on with ${next.kind}`);
  return rowsOf(next.query, next.columns);
}

describe('few raw events with all fields', () => {
  test.each([
    'index=main NOT ImageLoaded=* | head 100',
    'index=main NOT ImageLoaded=* | sort n',
    'index=main NOT ImageLoaded=* | sort 3 - n | reverse',
    'index=main n=2 | head 1',
    'index=main EventCode=1 | head 5',
    'index=main EventCode=4688 | head 5',
    'index=main source=log:sysmon NOT ImageLoaded=* | tail 2',
    'index=main host=ws1 NOT ImageLoaded=* | head 2 | head 10',
    'index=main nosuch=1 | head 5',
    'index=main nosuch=1 | head 5 | eval x=n',
    'index=main n=1 | head 5 | eval x=nosuch | eval mv=mvjoin(mv,"+")',
    'index=main NOT ImageLoaded=* | head 9 | fields - n a.b user Image _raw',
    'index=main NOT ImageLoaded=* | head 9 | fields - n* m* E*',
    'index=main NOT ImageLoaded=* | rename n AS number user AS who mv AS host | head 9',
    'index=main NOT ImageLoaded=* | head 9 | rename nosuch AS n Image AS user',
    'index=main NOT ImageLoaded=* | rename m* AS x* | head 9',
    'index=main NOT ImageLoaded=* | head 9 | eval n=n+1, user="fixed", _time=_time+1, new=if(n=3,1,null())',
    'index=main | head 9 | eval LogName=null()',
    'index=main ImageLoaded=* | head 9 | eval x=LogName',
    'index=main process=nosuch OR n=1 | head 9',
    'index=main NOT ImageLoaded=* | head 9 | rex field=Image "(?<letter>.)\\.exe" | where isnotnull(letter)',
    'index=main NOT ImageLoaded=* | dedup source | head 9 | streamstats count',
    'index=main NOT ImageLoaded=* | head 9 | fillnull value=- n a.b',
    'index=main NOT ImageLoaded=* | head 9 | eventstats count BY host | sort 4 host n',
  ])('are read by one query: %s', async (text) => {
    const { result, queries } = await byOneQuery(text);
    expect(result).toEqual(await byTwoQueries(text));
    expect(queries).toBe(1);
  });

  test('show each value, in the order of all searches', async () => {
    const { result } = await byOneQuery('index=main user=lee OR Ärger=* | head 2');
    expect(result.columns.map(({ name }) => name)).toEqual([
      ...['_time', 'host', 'source', 'sourcetype', 'index', '_raw', 'EventCode', 'Image'],
      ...['__proto__', 'constructor', 'mv', 'n', 'toString', 'user', 'Ärger'],
    ]);
    expect(result.rows.map((row) => row.slice(6))).toEqual([
      [null, null, 'proto', 'c', null, null, ['t', ''], null, 'ü'],
      ['1', 'C:\\a.exe', null, null, ['a', 'b'], '1', null, ['kim', 'lee'], null],
    ]);
  });

  test('are read anew where a field of theirs is an alias too', async () => {
    const text = 'index=main ImageLoaded=* | head 9';
    const { result, queries } = await byOneQuery(text);
    expect(result).toEqual(await byTwoQueries(text));
    const at = result.columns.findIndex(({ name }) => name === 'LogName');
    expect(result.rows.map((row) => row[at])).toEqual(['Security', 'own']);
    expect(queries).toBe(2);
  });

  test('are asked for their fields where a step depends on fields that it does not name', async () => {
    const found = await byOneQuery('index=main | fields - _raw | search dot | head 9');
    expect(found.result.rows).toHaveLength(1);
    const text =
      'index=main NOT ImageLoaded=* | head 9 | eval field=if(n=1,"a.b",null()) | eval "{field}"="new"';
    const { result, queries } = await byOneQuery(text);
    const at = result.columns.findIndex(({ name }) => name === 'a.b');
    expect(result.rows.flatMap((row) => row[at] ?? [])).toEqual(['dot', 'new']);
    expect([found.queries, queries]).toEqual([2, 3]);
  });

  test('are more than a few where each is expanded, or nothing bounds them', async () => {
    expect((await byOneQuery('index=main n=1 | head 5 | mvexpand mv')).queries).toBe(2);
    expect((await byOneQuery('index=main n=1')).queries).toBe(2);
    expect((await byOneQuery('index=main n=1 | head 10001')).queries).toBe(2);
  });

  test('are asked for their fields where they are too large to be held', async () => {
    async function* blocks(count: number) {
      for (let at = 0; at < count; at++) yield [['x'.repeat(10_000_000), '{}']];
    }
    const columns: readonly Column[] = [{ name: '_raw', type: 'text' }];
    expect(await holdEventRows(blocks(3), columns)).toMatchObject({ columns, others: [{}, {}, {}] });
    expect(await holdEventRows(blocks(4), columns)).toBeUndefined();
  });
});
