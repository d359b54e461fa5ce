import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeServer } from '../../../test/made-server.ts';
import { sampleEvent } from '../../store/store.contract.ts';
import type { Failure } from '../contracts/error.ts';
import type { Histogram, RowsPage, SearchStarted } from '../contracts/search.ts';

/** Minutes of work. */
const slow =
  '| makeresults count=1000000 | streamstats count AS n | eval n=mvrange(0, 1000) | mvexpand n | eval a=sha512(n."x") | stats dc(a)';

let server: Awaited<ReturnType<typeof makeServer>>;

beforeAll(async () => {
  server = await makeServer();
  const events = Array.from({ length: 100 }, (_, at) =>
    sampleEvent(
      `e${at}`,
      { n: String(at), odd: at % 2 ? 'yes' : 'no', many: ['a', `b${at}`] },
      { time: 17_000_000_000_000_000n + BigInt(at) * 600_000_000n, raw: `event number ${at}` },
    ),
  );
  await server.store.write(events);
  await server.session();
});
afterAll(() => server.close());

describe('a search', () => {
  test('gives rows, what it scanned, and that its rows are events', async () => {
    const state = await server.search('index=main odd=yes');
    expect(state).toMatchObject({
      state: 'done',
      rows: 50,
      isEvents: true,
      eventsScanned: 100,
      eventsTotal: 100,
      scope: { events: 100, hosts: 1, first: '2023-11-14T22:13:20.0000000Z' },
      diagnostics: [],
      error: null,
      limit: null,
    });
    const names = state.columns.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['_time', '_raw', '_id', 'n', 'many']));
    const page = await server.json<RowsPage>('GET', `/api/searches/${state.id}/rows?offset=10&limit=2`);
    expect(page).toMatchObject({ offset: 10, total: 50, complete: true });
    const [row] = page.rows;
    expect(row?.[names.indexOf('n')]).toBe('79');
    expect(row?.[names.indexOf('many')]).toEqual(['a', 'b79']);
    expect(row?.[names.indexOf('_time')]).toBe('2023-11-14T23:32:20.0000000Z');
    expect(row?.[names.indexOf('_id')]).toMatch(/^[0-9a-f]{32}$/);
  });

  test('that is faulty is refused with the place of the fault', async () => {
    const answer = await server.ask('POST', '/api/searches', { text: 'index=main | sort2 n' });
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as Failure;
    expect(error.code).toBe('search-faulty');
    expect(error.diagnostics?.[0]).toMatchObject({ severity: 'error', from: 13, to: 18 });
  });

  test('with a time that is none is refused', async () => {
    const answer = await server.ask('POST', '/api/searches', { text: 'index=main', earliest: 'soon' });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as Failure).error.code).toBe('bad-time');
  });

  test('is sorted by numbers, texts, times and several values, with nothing last', async () => {
    const state = await server.search('index=main | eval m=if(n%3==0, null(), n) | table _time n m many');
    const sorted = async (sort: string) => {
      const page = await server.json<RowsPage>(
        'GET',
        `/api/searches/${state.id}/rows?limit=100&sort=${sort}`,
      );
      return page.rows;
    };
    expect((await sorted('n')).slice(0, 3).map((row) => row[1])).toEqual(['0', '1', '2']);
    expect((await sorted('-n')).slice(0, 3).map((row) => row[1])).toEqual(['99', '98', '97']);
    expect((await sorted('_time'))[0]?.[1]).toBe('0');
    const byM = await sorted('-m');
    expect(byM[0]?.[2]).toBe('98');
    expect(byM.slice(-34).every((row) => row[2] === null)).toBe(true);
    expect((await sorted('many'))[1]?.[3]).toEqual(['a', 'b1']);
    const wrong = await server.ask('GET', `/api/searches/${state.id}/rows?sort=none`);
    expect(wrong.status).toBe(400);
  });

  test('pages through many rows in every way', async () => {
    const state = await server.search('| makeresults count=5000 | streamstats count AS n | table n');
    const page = async (offset: number, limit: number) =>
      (
        await server.json<RowsPage>('GET', `/api/searches/${state.id}/rows?offset=${offset}&limit=${limit}`)
      ).rows.flat();
    for (const [offset, limit] of [
      [0, 1],
      [31, 2],
      [32, 32],
      [4_990, 100],
      [4_999, 1],
      [5_000, 10],
      [100, 3_000],
    ] as const) {
      const expected = Array.from(
        { length: Math.max(0, Math.min(limit, 5_000 - offset)) },
        (_, at) => offset + at + 1,
      );
      expect(await page(offset, limit)).toEqual(expected);
    }
  });

  test('counts the events of its first stage over time', async () => {
    const state = await server.search('index=main odd=yes | stats count');
    const histogram = await server.json<Histogram>('GET', `/api/searches/${state.id}/histogram`);
    expect(histogram.bucketSeconds).toBe(60);
    expect(histogram.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(50);
    expect(String(histogram.from) <= String(state.scope?.first)).toBe(true);
  });

  test('is exported whole, with formulas made harmless', async () => {
    await server.store.write([sampleEvent('formula', { n: '=cmd()' }, {}, 'formula')]);
    const csv = await server.search('index=formula | table n');
    const text = await (await server.ask('GET', `/api/searches/${csv.id}/export?format=csv`)).text();
    expect(text).toBe("n\r\n'=cmd()\r\n");
    const all = await server.search('index=main | table n');
    const lines = await (await server.ask('GET', `/api/searches/${all.id}/export?format=json`)).text();
    expect(lines.trim().split('\n').length).toBe(100);
    expect(lines.startsWith('{"n":"99"}\n')).toBe(true);
  });

  test('tells its state as events until it has ended', async () => {
    const { id } = await server.json<SearchStarted>('POST', '/api/searches', {
      text: 'index=main | stats count',
    });
    const text = await (await server.ask('GET', `/api/searches/${id}/live`)).text();
    const states = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
    expect(states.at(-1)).toMatchObject({ state: 'done', rows: 1 });
  });

  test('that takes too long is stopped, and says which limit did it', async () => {
    const state = await server.search(slow, { seconds: 1 });
    expect(state).toMatchObject({
      state: 'failed',
      limit: { kind: 'seconds', value: 1 },
      error: { code: 'query-timeout' },
    });
  });

  test('is stopped when it is told to, and freed when it is told again', async () => {
    const { id } = await server.json<SearchStarted>('POST', '/api/searches', { text: slow });
    await server.ask('DELETE', `/api/searches/${id}`);
    expect(await server.json('GET', `/api/searches/${id}`)).toMatchObject({ state: 'cancelled' });
    await server.ask('DELETE', `/api/searches/${id}`);
    expect((await server.ask('GET', `/api/searches/${id}`)).status).toBe(404);
  });

  test('is kept in the history, once for each text and range', async () => {
    await server.search('index=main n=1');
    await server.search('index=main n=1');
    const entries = server.metadata.history.list('local').filter(({ text }) => text === 'index=main n=1');
    expect(entries).toMatchObject([{ rows: 1, earliest: null }]);
  });

  test('runs beside seven others', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, at) => server.search(`index=main n=${at} | stats count`)),
    );
    expect(all.map(({ state }) => state)).toEqual(Array(8).fill('done'));
  });
});
