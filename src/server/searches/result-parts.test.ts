import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeServer } from '../../../test/made-server.ts';
import { runSearch } from '../../spl/run.ts';
import { sampleEvent } from '../../store/store.contract.ts';
import type { Cell } from '../../store/store.ts';
import type { RowsPage, SearchState } from '../contracts/search.ts';
import { resultCell } from './result-cell.ts';

let server: Awaited<ReturnType<typeof makeServer>>;

/** Enough events to come in parts: some at the same moment, a burst, a hole, fields that only a time has. */
const total = 26_000;

beforeAll(async () => {
  server = await makeServer();
  const start = 17_000_000_000_000_000n;
  const events = Array.from({ length: total }, (_, n) => {
    const second = n < 8_000 ? n : n < 20_000 ? 9_000 : n + 50_000;
    return {
      ...sampleEvent(
        `e${n}`,
        {
          n: String(n),
          [`of ${Math.floor(n / 6_000)}`]: 'x',
          ...(n % 10 === 0 && { tens: ['a', String(n)] }),
        },
        { time: start + BigInt(second) * 10_000_000n, host: `h${n % 7}`, raw: `number ${n}` },
      ),
      offset: n,
    };
  });
  for (let at = 0; at < total; at += 5_000) await server.store.write(events.slice(at, at + 5_000));
  await server.session();
});
afterAll(() => server.close());

/** The rows of a search that is run at once, as objects without what is not there. */
async function whole(text: string, range: object): Promise<readonly object[]> {
  const run = await runSearch(server.store, text, { eventIds: true, ...range });
  const rows: object[] = [];
  for await (const block of run.rows)
    for (const row of block) rows.push(plain(run.columns, row.map(resultCell)));
  return rows;
}

function plain(columns: readonly { readonly name: string }[], row: readonly (Cell | unknown)[]): object {
  return Object.fromEntries(
    columns.map(({ name }, at) => [name, row[at] ?? null]).filter(([, cell]) => cell !== null),
  );
}

async function inParts(text: string, range: object): Promise<readonly object[]> {
  const state = await server.search(text, range);
  expect(state).toMatchObject({ state: 'done', eventsScanned: state.eventsTotal, error: null });
  const rows: object[] = [];
  while (rows.length < state.rows) {
    const path = `/api/searches/${state.id}/rows?offset=${rows.length}&limit=10000`;
    const page = await server.json<RowsPage>('GET', path);
    for (const row of page.rows) rows.push(plain(state.columns, row));
  }
  return rows;
}

describe('a result in parts', () => {
  test.each([
    'index=main',
    'index=main tens=*',
    'index=main n=1*7 | eval m=n*2 | table m host tens',
    'index=main | rename "of *" AS "was *" | fields n was*',
    'index=main | rex field=_raw "number (?<digits>\\\\d+)" | where digits%1000=3 | fields - _raw',
    'index=main nosuch=1',
  ])('is the whole result: %s', async (text) => {
    expect(await inParts(text, {})).toEqual(await whole(text, {}));
  });

  test('keeps to the range of the search', async () => {
    const first = 17_000_000_000_000_000n + 500n * 10_000_000n;
    const range = { earliest: '1700000500', latest: '1700060000.5' };
    const bounds = { earliest: first, latest: 17_000_600_005_000_000n };
    const rows = await inParts('index=main | table n', range);
    expect(rows).toEqual(await whole('index=main | table n', bounds));
    expect(rows.length).toBeGreaterThan(15_000);
  });

  test('moves on while it is made', async () => {
    const { id } = await server.json<{ id: string }>('POST', '/api/searches', {
      text: 'index=main | table n',
    });
    const text = await (await server.ask('GET', `/api/searches/${id}/live`)).text();
    const scanned = [...text.matchAll(/"eventsScanned":(\d+)/g)].map(([, count]) => Number(count));
    expect(scanned.toSorted((one, other) => one - other)).toEqual(scanned);
    expect(scanned.at(-1)).toBe(total);
  });

  test('tells its first rows at once, and not when the time has come to tell something', async () => {
    const { scope } = server.store;
    let look = () => {};
    const looked = new Promise<void>((give) => {
      look = give;
    });
    vi.spyOn(server.store, 'scope').mockImplementation(async (...asked) => {
      await looked;
      return scope.apply(server.store, asked);
    });
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const asked = { text: 'index=main | table n', earliest: '1700000001' };
      const { id } = await server.json<{ id: string }>('POST', '/api/searches', asked);
      const { body } = await server.ask('GET', `/api/searches/${id}/live`);
      const states: SearchState[] = [];
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        look();
        for (const [, data = ''] of new TextDecoder().decode(chunk).matchAll(/^data: (.*)$/gm))
          states.push(JSON.parse(data));
      }
      expect(states.map(({ state }) => state)).toEqual(['running', 'running', 'done']);
      const [before, first, last] = states.map(({ rows }) => rows);
      expect(before).toBe(0);
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThan(last ?? 0);
    } finally {
      vi.useRealTimers();
      vi.restoreAllMocks();
    }
  });
});
