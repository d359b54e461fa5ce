import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIsoTicks } from '../../core/ticks.ts';
import type { EmbeddedStore } from '../../store/embedded/embedded-store.ts';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import type { Cell, StoredEvent } from '../../store/store.ts';
import { compileSegment } from '../compile-plan.ts';
import { planSearch, runSearch } from '../run.ts';

const START = parseIsoTicks('2023-11-14T22:13:20Z') ?? 0n;

function event(at: number): StoredEvent {
  const time = START + BigInt(at) * 10_000_000n;
  return {
    event: {
      time,
      timeSource: 'UtcTime',
      host: `ws${at % 2}`,
      source: 'log',
      sourcetype: 'xmlwineventlog',
      product: 'sysmon',
      eventClass: 'process-start',
      raw: `raw ${at}`,
      fields: { n: String(at), Image: `C:\\app${at % 3}.exe`, mv: ['a', `b${at}`] },
    },
    index: 'main',
    arrival: time,
    origin: 'log',
    offset: at,
    fingerprint: new Uint8Array(16).fill(at + 1),
  };
}

const place = mkdtempSync(join(tmpdir(), 'keizu-open-select-'));
let store: EmbeddedStore;

beforeAll(async () => {
  store = await openEmbeddedStore(place);
  await store.write(Array.from({ length: 12 }, (_, at) => event(at)));
});

afterAll(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

async function sqlOf(search: string): Promise<string> {
  const { plan, environment } = await planSearch(store, search, {});
  const segment = compileSegment(plan, environment, new Map());
  if (segment.kind === 'rows') throw new Error('the search asks for nothing');
  return segment.query.sql.text;
}

async function rowsOf(search: string): Promise<(readonly Cell[])[]> {
  const run = await runSearch(store, search);
  const rows: (readonly Cell[])[] = [];
  for await (const block of run.rows) rows.push(...block);
  return rows;
}

function selects(text: string): number {
  return text.match(/\bSELECT\b/g)?.length ?? 0;
}

describe('steps that fit in one SELECT are written in one', () => {
  test.each([
    'index=main n>3 | search Image=*app1* | table _time n',
    'index=main host=ws1 | head 3 | table _time n',
    'index=main | head 9 | head 3 | table n',
    'index=main | sort 0 - n | table n',
    'index=main | eval k=lower(Image) | where k!="x" | stats count max(n) AS most BY k | where count>1',
    'index=main | rex field=Image "(?<name>app.)" | eval k=upper(name) | stats count BY k | sort - count',
    'index=main | top limit=2 Image',
    'index=main | timechart span=1m count',
  ])('%s', async (search) => {
    expect(selects(await sqlOf(search))).toBe(1);
  });

  test('what no later step uses is not computed', async () => {
    const text = await sqlOf('index=main | eval k=md5(Image) | stats count BY host');
    expect(text).not.toMatch(/MD5/i);
    expect(text).not.toMatch(/_id\b/);
  });
});

describe('steps that do not fit keep their meaning', () => {
  const n = (search: string) => rowsOf(search).then((rows) => rows.map(([cell]) => cell));

  test('the first rows are taken before they are turned, tested or sorted in another way', async () => {
    expect(await n('index=main | head 3 | reverse | table n')).toEqual(['9', '10', '11']);
    expect(await n('index=main | head 3 | where n<11 | table n')).toEqual(['10', '9']);
    expect(await n('index=main | head 3 | sort n | head 2 | table n')).toEqual(['9', '10']);
    expect(await n('index=main | head 3 | head 7 | table n')).toEqual(['11', '10', '9']);
    expect(await rowsOf('index=main | head 3 | stats count')).toEqual([[3]]);
  });

  test('a constant is neither the place of a column nor a group of no rows', async () => {
    expect(await n('index=main | eval x=2 | sort x | head 1 | table n x')).toEqual(['11']);
    expect(await n('index=main | eval x=1 | sort 0 - n x | head 1 | table x n')).toEqual([1]);
    expect(await rowsOf('index=main | eval x="a" | stats count BY x')).toEqual([['a', 12]]);
    expect(await rowsOf('index=main n=none | eval x="a" | stats count BY x')).toEqual([]);
    expect(await rowsOf('index=main n=none | stats count')).toEqual([[0]]);
  });

  test('a statistic that is not shown still makes one row', async () => {
    expect(await rowsOf('index=main | stats count | eval x="a" | table x')).toEqual([['a']]);
    expect(await rowsOf('index=main | stats count BY host | table host')).toEqual([['ws0'], ['ws1']]);
  });

  test('a test on what a window computed sees all rows of the window', async () => {
    expect(await n('index=main | eventstats max(n) AS most | where n=most | table n')).toEqual(['11']);
    expect(await n('index=main | where n<5 | streamstats count | where count=2 | table n')).toEqual(['3']);
    expect(
      await rowsOf('index=main | stats count BY Image | eventstats sum(count) AS all | where all=12'),
    ).toHaveLength(3);
  });

  test('random numbers and rows made of values are made once', async () => {
    const [pair = []] = await rowsOf('index=main | head 1 | eval a=random(), b=a | table a b');
    expect(pair[0]).toBe(pair[1]);
    expect(await rowsOf('index=main n=3 | mvexpand mv | fields - mv n | stats count')).toEqual([[2]]);
    expect(await n('index=main n=3 | mvexpand mv | search mv=b* | table mv')).toEqual(['b3']);
  });

  test('columns of a table in between are not taken for those that are shown', async () => {
    const through = 'index=main | head 2 | rex field=Image "(?<=app)(?<digit>.)"';
    expect(await rowsOf(`${through} | table digit n host | sort n | table host n digit`)).toEqual([
      ['ws0', '10', '1'],
      ['ws1', '11', '2'],
    ]);
  });

  test('what grows goes into a SELECT of its own', async () => {
    const doubled = Array.from({ length: 30 }, () => 'eval x=x.x."-"').map((each) => `| ${each}`);
    const text = await sqlOf(
      `index=main | eval x=lower(n) ${doubled.slice(0, 30).join(' ')} | eval x=len(x) | table x`,
    );
    expect(text.length).toBeLessThan(40_000);
    expect(
      await n(`index=main n=3 | eval x=lower(n) ${doubled.slice(0, 10).join(' ')} | eval x=len(x) | table x`),
    ).toEqual([2 ** 10 + 2 ** 10 - 1]);
  });
});
