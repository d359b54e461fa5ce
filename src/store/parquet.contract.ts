import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ByteText } from '../core/byte-text.ts';
import { identifier, Parameters, type Query, sql } from './sql.ts';
import type { Cell, Column, Store } from './store.ts';

/** A text with the key of its row. */
type Beside = readonly [key: string, text: string];

/** What every implementation of `Store` has to do about Parquet files. */
export function parquetContract(opened: () => Store): void {
  describe('Parquet files', () => {
    let folder = '';
    let target = '';
    let path = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'keizu-parquet-'));
      target = join(folder, "m'ade");
      path = join(folder, 'te\\xts');
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    function keepBeside(texts: readonly Beside[]): void {
      const written = new ByteText(1);
      for (const each of texts.flat()) {
        const bytes = Buffer.from(each);
        written.counted(bytes, 0, bytes.length);
      }
      writeFileSync(path, written.bytes.subarray(0, written.length));
    }

    function write(query: Query, texts: readonly Beside[], signal?: AbortSignal): Promise<number> {
      keepBeside(texts);
      const beside = { path, key: 'k', name: 'text `beside`' };
      return opened().writeParquet(query, beside, target, signal && { signal });
    }

    async function rowsOf(query: Query, columns: readonly Column[]): Promise<readonly (readonly Cell[])[]> {
      const rows: (readonly Cell[])[] = [];
      for await (const block of opened().rows(query, columns)) rows.push(...block);
      return rows;
    }

    function written(columns: readonly Column[]): Promise<readonly (readonly Cell[])[]> {
      const parameters = new Parameters();
      const made = sql`SELECT * FROM file(${parameters.bind(target, 'String')}, 'Parquet')
SETTINGS max_threads = 1, input_format_parquet_preserve_order = 1`;
      return rowsOf({ sql: made, parameters: parameters.values }, columns);
    }

    const numbered = (count: number): Query => {
      const parameters = new Parameters();
      const rows = parameters.bind(count, 'UInt64');
      return { sql: sql`SELECT toString(number) AS k FROM numbers(${rows})`, parameters: parameters.values };
    };
    const keys = (count: number) =>
      Array.from({ length: count }, (_, at): Beside => [String(at), `of ${at}`]);
    const two: readonly Column[] = [
      { name: 'k', type: 'text' },
      { name: 'text `beside`', type: 'text' },
    ];

    test('have the columns of the rows, and the texts behind them', async () => {
      const query: Query = {
        sql: sql`SELECT 'a' AS k, toLowCardinality('wörd "x"') AS t, CAST(NULL AS LowCardinality(Nullable(String))) AS ${identifier('o p')},
toDateTime64('2024-05-14 08:31:12.1234567', 7, 'UTC') AS at, toUInt64(18446744073709551615) AS n`,
        parameters: {},
      };
      expect(await write(query, [['a', '{"a":["1"]}']])).toBe(1);
      const names = ['k', 't', 'o p', 'at', 'n', 'text `beside`'];
      const columns = names.map((name): Column => ({ name, type: name === 'at' ? 'time' : 'text' }));
      const parameters = new Parameters();
      const file = sql`file(${parameters.bind(target, 'String')}, 'Parquet')`;
      const made = sql`SELECT k, t, ${identifier('o p')}, toDateTime64(at, 7, 'UTC'), toString(n), ${identifier('text `beside`')} FROM ${file}`;
      const rows = await rowsOf({ sql: made, parameters: parameters.values }, columns);
      const at = 17_156_754_721_234_567n;
      expect(rows).toEqual([['a', 'wörd "x"', null, at, '18446744073709551615', '{"a":["1"]}']]);
    });

    test('keep the order of many rows', async () => {
      expect(await write(numbered(300_000), keys(300_000))).toBe(300_000);
      expect(await written(two)).toEqual(keys(300_000));
    });

    test('end with the shorter of rows and texts', async () => {
      expect(await write(numbered(3), keys(2))).toBe(2);
      expect(await write(numbered(2), keys(3))).toBe(2);
      expect(await write(numbered(0), [])).toBe(0);
    });

    test('take the place of what was there', async () => {
      await write(numbered(5), keys(5));
      await write(numbered(1), keys(1));
      expect(await written(two)).toEqual(keys(1));
    });

    test('are refused where a text is of another row, where there are no texts, and where nothing can be written', async () => {
      await expect(write(numbered(2), [...keys(1), ['2', 'of 2']])).rejects.toMatchObject({
        code: 'query-failed',
      });
      const none = { path: join(folder, 'none'), key: 'k', name: 'n' };
      await expect(opened().writeParquet(numbered(2), none, target)).rejects.toThrow();
      keepBeside(keys(2));
      const beside = { ...none, path };
      await expect(opened().writeParquet(numbered(2), beside, join(path, 'made'))).rejects.toThrow();
    });

    test('that cannot be written whole are not said to be', async () => {
      keepBeside(keys(1_000));
      const full = { path, key: 'k', name: 't' };
      await expect(opened().writeParquet(numbered(1_000), full, '/dev/full')).rejects.toMatchObject({
        code: 'query-failed',
        message: '/dev/full was not written whole',
      });
    });

    test('end with their signal', async () => {
      await expect(write(numbered(1), keys(1), AbortSignal.abort())).rejects.toMatchObject({
        code: 'query-cancelled',
      });
      const stop = new AbortController();
      const endless: Query = {
        sql: sql`SELECT toString(number) AS k FROM numbers(1000000) WHERE sleepEachRow(0.001) = 0 SETTINGS max_block_size = 100`,
        parameters: {},
      };
      const running = write(endless, keys(1_000_000), stop.signal);
      setTimeout(() => stop.abort(), 200);
      await expect(running).rejects.toMatchObject({ code: 'query-cancelled' });
    });

    test('bind values whatever they hold, while other queries bind theirs', async () => {
      const value = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({
          unit: fc.constantFrom('\\', "'", '\t', '\n', '\r', '\0', '\b', '\f', 'N', '[', ',', '日'),
        }),
      );
      await fc.assert(
        fc.asyncProperty(
          value,
          fc.array(value),
          fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
          async (one, list, at) => {
            const parameters = new Parameters();
            const bound = [
              parameters.bind(one, 'String'),
              parameters.bind(list, 'Array(String)'),
              parameters.bind(at, 'Int64'),
              parameters.bind(null, 'Nullable(String)'),
            ];
            const query: Query = {
              sql: sql`SELECT 'a' AS k, ${bound[0] ?? sql``} AS one, ${bound[1] ?? sql``} AS list, toString(${bound[2] ?? sql``}) AS at, ${bound[3] ?? sql``} AS none`,
              parameters: parameters.values,
            };
            const other = async () => {
              const own = new Parameters();
              const text = sql`SELECT ${own.bind(`other ${one}`, 'String')}`;
              for await (const block of opened().rows({ sql: text, parameters: own.values }, two.slice(0, 1)))
                return block[0];
              return undefined;
            };
            const [rows, ...others] = await Promise.all([write(query, [['a', 'b']]), other(), other()]);
            expect(rows).toBe(1);
            expect(others).toEqual([[`other ${one}`], [`other ${one}`]]);
            const columns = ['k', 'one', 'list', 'at', 'none', 'text'].map(
              (name): Column => ({ name, type: name === 'list' ? 'multivalue' : 'text' }),
            );
            expect(await written(columns)).toEqual([
              ['a', one, list.length === 0 ? null : list, String(at), null, 'b'],
            ]);
          },
        ),
        { numRuns: 50 },
      );
    });
  });
}
