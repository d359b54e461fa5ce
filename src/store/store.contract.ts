import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ByteText } from '../core/byte-text.ts';
import type { Event, FieldValue } from '../events/event.ts';
import { readColumnBlocks, type TextsOfBlock } from './column-block.ts';
import { fieldText, fieldValues, storedField } from './field-place.ts';
import { copyObject, objectText } from './json-cell.ts';
import { parquetContract } from './parquet.contract.ts';
import { RowBinaryReader } from './row-binary-reader.ts';
import { RowDecoder } from './row-decoder.ts';
import {
  identifier,
  joinSql,
  Parameters,
  type ParameterType,
  type ParameterValue,
  type Sql,
  sql,
} from './sql.ts';
import type { Cell, Column, QueryLimits, Store, StoredEvent, StoredFault } from './store.ts';
import { bindTime } from './time-sql.ts';

/** 2023-08-16T04:54:30.1234567Z. */
const start = 16_921_616_701_234_567n;

/** A made-up event; `id` makes its fingerprint. */
export function sampleEvent(
  id: string,
  fields: Readonly<Record<string, FieldValue>>,
  more: Partial<Event> = {},
  index = 'main',
): StoredEvent {
  const event: Event = {
    time: start,
    timeSource: 'TimeCreated',
    host: 'ws01',
    source: 'sample',
    sourcetype: 'sample',
    product: 'generic',
    eventClass: 'other',
    raw: id,
    fields,
    ...more,
  };
  const fingerprint = Buffer.alloc(16);
  fingerprint.write(id);
  return { event, index, arrival: start, origin: 'sample.log', offset: 7, fingerprint };
}

/** All rows of a query. */
export async function allRows(
  store: Store,
  text: Sql,
  columns: readonly Column[],
  parameters: Readonly<Record<string, ParameterValue>> = {},
  limits: QueryLimits = {},
): Promise<(readonly Cell[])[]> {
  const rows: (readonly Cell[])[] = [];
  for await (const block of store.rows({ sql: text, parameters }, columns, limits)) rows.push(...block);
  return rows;
}

/** The conformance suite of the port: what every implementation of `Store` has to do. `open` opens the same store again. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(async () => {
      await store.close();
    });

    const one = async (text: Sql, type: Column['type'], parameters: Parameters = new Parameters()) => {
      const rows = await allRows(store, text, [{ name: 'x', type }], parameters.values);
      return rows.map(([cell]) => cell);
    };
    const inIndex = (index: string, parameters: Parameters): Sql =>
      sql`FROM events WHERE ${identifier('index')} = ${parameters.bind(index, 'String')}`;

    test('gives blocks as the engine made them, until it is told to stop', async () => {
      const query = {
        sql: sql`SELECT number AS n, toString(number) AS t FROM numbers(200000)`,
        parameters: {},
      };
      const decoder = new RowDecoder([
        { name: 'n', type: 'number' },
        { name: 't', type: 'text' },
      ]);
      let rows = 0;
      for await (const block of store.blocks(query)) {
        for (const [, text] of decoder.decode(block)) if (text !== String(rows++)) expect.fail(`row ${rows}`);
      }
      expect(rows).toBe(200_000);
      const signal = AbortSignal.abort();
      const stopped = store.blocks(query, { signal })[Symbol.asyncIterator]();
      await expect(stopped.next()).rejects.toMatchObject({ code: 'query-cancelled' });
    });

    test('gives blocks of columns', async () => {
      const query = {
        sql: sql`SELECT number::Int64 AS n, if(number % 3 = 0, NULL, toString(number)) AS t,
toLowCardinality(if(number % 2 = 0, NULL, toString(number))) AS l, toLowCardinality(toString(number % 5)) AS f,
if(number % 7 = 0, NULL, number::Int64) AS o, fromUnixTimestamp64Second(number::Int64)::DateTime64(7, 'UTC') AS d
FROM numbers(200000)`,
        parameters: {},
      };
      let from = 0;
      for await (const bytes of store.columnBlocks(query))
        for (const { rows, columns } of readColumnBlocks(bytes)) {
          const told = (column: number, row: number): string | bigint | null => {
            const found = columns[column];
            if (found?.kind === 'numbers')
              return found.nulls?.[row] === 1 ? null : (found.values[row] as bigint);
            const { starts, ends, places } = found as TextsOfBlock;
            const at = places === undefined ? row : (places[row] as number);
            const start = starts[at] as number;
            return start < 0 ? null : Buffer.from(bytes.slice(start, ends[at])).toString();
          };
          for (let row = 0; row < rows; row++) {
            const n = from + row;
            const wanted = [
              BigInt(n),
              n % 3 === 0 ? null : String(n),
              n % 2 === 0 ? null : String(n),
              String(n % 5),
              n % 7 === 0 ? null : BigInt(n),
              BigInt(n) * 10_000_000n,
            ];
            if (wanted.some((cell, column) => told(column, row) !== cell)) expect.fail(`row ${n}`);
          }
          from += rows;
        }
      expect(from).toBe(200_000);
      const signal = AbortSignal.abort();
      const stopped = store.columnBlocks(query, { signal })[Symbol.asyncIterator]();
      await expect(stopped.next()).rejects.toMatchObject({ code: 'query-cancelled' });
      const odd = { sql: sql`SELECT [1]`, parameters: {} };
      for await (const bytes of store.columnBlocks(odd))
        expect(() => [...readColumnBlocks(bytes)]).toThrow('of which no columns are read');
    });

    test('gives columns of objects', async () => {
      const query = {
        sql: sql`SELECT (number + 18446744073709000000)::UInt64 AS u,
if(number % 2 = 0, '{}', concat('{"b":["', toString(number), '",null],"a%2Eb":"', toString(number), '"}'))::JSON(max_dynamic_paths = 0) AS o
FROM numbers(50000)`,
        parameters: {},
      };
      const texts: string[] = [];
      const copied: string[] = [];
      for await (const bytes of store.columnBlocks(query))
        for (const { rows, columns } of readColumnBlocks(bytes)) {
          const [numbers, objects] = columns;
          if (numbers?.kind !== 'numbers' || objects?.kind !== 'objects') expect.fail('other columns came');
          const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          const reader = new RowBinaryReader(block);
          for (let row = 0; row < rows; row++) {
            const bits: bigint = numbers.values[row] as bigint;
            const at = BigInt.asUintN(64, bits) - 18446744073709000000n;
            if (at !== BigInt(texts.length)) expect.fail(`row ${texts.length} is ${at}`);
            texts.push(objectText(objects, row, block));
            const into = new ByteText(64);
            copyObject(objects, row, reader, { block, into });
            copied.push(into.bytes.toString('utf8', 0, into.length));
          }
        }
      const wanted = (key: string) =>
        Array.from({ length: 50_000 }, (_, n) =>
          n % 2 === 0 ? '{}' : JSON.stringify({ [key]: String(n), b: [String(n), null] }),
        );
      expect(texts).toEqual(wanted('a%2Eb'));
      expect(copied).toEqual(wanted('a.b'));
    });

    parquetContract(() => store);

    describe('write', () => {
      test('leaves out events that it has, in the batch and before it, and counts them', async () => {
        const event = (id: string) => sampleEvent(id, { n: id }, {}, 'dedup');
        expect(await store.write([event('a'), event('b'), event('b')])).toEqual({
          written: 2,
          duplicates: 1,
        });
        expect(await store.write([event('a'), event('c')])).toEqual({ written: 1, duplicates: 1 });
        expect(await store.write([event('a'), event('c')])).toEqual({ written: 0, duplicates: 2 });
        expect(await store.write([])).toEqual({ written: 0, duplicates: 0 });
        expect((await store.scope(['dedup'], null, null)).events).toBe(3);
      });

      test('knows an event again whose time was only that of its arrival', async () => {
        const event = (time: bigint) =>
          sampleEvent('no time', { a: 'b' }, { time, timeSource: 'arrival' }, 'arrival');
        expect(await store.write([event(start)])).toEqual({ written: 1, duplicates: 0 });
        expect(await store.write([event(start + 10_000_000_000n)])).toEqual({ written: 0, duplicates: 1 });
      });

      test('takes batches at the same time without writing an event twice', async () => {
        const batch = Array.from({ length: 50 }, (_, n) =>
          sampleEvent(`same ${n}`, { n: `${n}` }, {}, 'race'),
        );
        const summaries = await Promise.all([store.write(batch), store.write(batch), store.write(batch)]);
        expect(summaries.reduce((sum, { written }) => sum + written, 0)).toBe(50);
        expect((await store.scope(['race'], null, null)).events).toBe(50);
      });

      test('keeps every member of an event', async () => {
        const stored = sampleEvent(
          'members',
          {},
          { raw: "wörd\0\n'\\", source: 'S', eventClass: 'dns' },
          'members',
        );
        await store.write([stored]);
        const parameters = new Parameters();
        const names = [
          '_time',
          '_indextime',
          'index',
          'host',
          'source',
          'sourcetype',
          '_product',
          '_event_class',
        ];
        const more = ['_time_source', '_origin', '_offset', '_raw'];
        const columns = [...names, ...more].map((column): Column => {
          if (column === '_offset') return { name: column, type: 'number' };
          return {
            name: column,
            type: names.indexOf(column) < 2 && names.includes(column) ? 'time' : 'text',
          };
        });
        const list = joinSql(
          columns.map((column) => identifier(column.name)),
          sql`, `,
        );
        const rows = await allRows(
          store,
          sql`SELECT ${list} ${inIndex('members', parameters)}`,
          columns,
          parameters.values,
        );
        expect(rows).toEqual([
          [
            start,
            start,
            'members',
            'ws01',
            'S',
            'sample',
            'generic',
            'dns',
            'TimeCreated',
            'sample.log',
            7,
            "wörd\0\n'\\",
          ],
        ]);
      });

      test.each([
        ['1601-01-01', -116_444_736_000_000_000n],
        ['one tick before 1970', -1n],
        ['the last digit', start + 1n],
        ['the year 9999', 2_534_023_007_999_999_999n],
      ])('keeps a time to the tick: %s', async (id, time) => {
        await store.write([sampleEvent(id, {}, { time }, `time ${id}`)]);
        const parameters = new Parameters();
        const from = inIndex(`time ${id}`, parameters);
        const exact = sql`${from} AND _time = ${bindTime(parameters, time)}`;
        expect(await one(sql`SELECT _time ${exact}`, 'time', parameters)).toEqual([time]);
      });

      test('gives fields back, whatever their names and values', async () => {
        const fields = {
          Image: 'C:\\Windows\\cmd.exe',
          'process.name': 'dotted',
          'list{}': ['one', '', 'thrée\0'],
          'a b': '',
          '"quoted`': "it's \\ \n",
          日本: '値',
          '2020-01-01': '2020-01-01',
          number: '0010',
          long: 'x'.repeat(100_000),
        };
        await store.write([sampleEvent('fields', fields, {}, 'fields')]);
        for (const [field, value] of Object.entries(fields)) {
          const parameters = new Parameters();
          const from = inIndex('fields', parameters);
          const found =
            typeof value === 'string'
              ? await one(sql`SELECT ${fieldText(field)} ${from}`, 'text', parameters)
              : await one(sql`SELECT ${fieldValues(field)} ${from}`, 'multivalue', parameters);
          expect(found, field).toEqual([value]);
        }
      });

      test('gives back any names and values that a source could hold', async () => {
        let run = 0;
        const name = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => text !== '__proto__');
        const text = fc.string({ unit: 'grapheme', maxLength: 20 });
        const value = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }));
        await fc.assert(
          fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 5 }), async (fields) => {
            const index = `any ${run++}`;
            await store.write([sampleEvent('any', fields, {}, index)]);
            for (const [field, expected] of Object.entries(fields)) {
              const parameters = new Parameters();
              const query = sql`SELECT ${fieldValues(field)} ${inIndex(index, parameters)}`;
              expect(await one(query, 'multivalue', parameters)).toEqual([[expected].flat()]);
            }
          }),
          { numRuns: 15 },
        );
      });

      test('holds one value and several values of the same field', async () => {
        const write = (id: string, fields: Record<string, FieldValue>) =>
          store.write([sampleEvent(id, fields, { time: start + BigInt(id) }, 'mixed')]);
        for (const field of ['Image', 'cold']) {
          await write('1', { [field]: 'one' });
          await write('2', { [field]: ['two', 'three'] });
          await write('3', {});
        }
        await write('4', { Image: 'four', cold: ['five', 'six'] });
        await write('5', { Image: ['seven', 'eight'], cold: 'nine' });
        const values = async (field: string) => {
          const parameters = new Parameters();
          const { sql: place, type } = storedField(field, { events: 1, multivalue: true });
          expect(type).toBe('multivalue');
          return one(sql`SELECT ${place} ${inIndex('mixed', parameters)} ORDER BY _time`, type, parameters);
        };
        expect(await values('Image')).toEqual([
          ['one'],
          ['two', 'three'],
          null,
          ['four'],
          ['seven', 'eight'],
        ]);
        expect(await values('cold')).toEqual([null, null, null, ['five', 'six'], ['nine']]);
      });

      test('takes an event of a thousand fields', async () => {
        const fields = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`wide ${n}`, `${n}`]));
        await store.write([sampleEvent('wide', fields, {}, 'wide')]);
        const parameters = new Parameters();
        const query = sql`SELECT ${fieldText('wide 2999')} ${inIndex('wide', parameters)}`;
        expect(await one(query, 'text', parameters)).toEqual(['2999']);
      });
    });

    describe('catalogue', () => {
      test('names the fields of what was written, and not those of duplicates again', async () => {
        const batch = [
          sampleEvent('k1', { 'only here': 'a', 'dotted.here': 'x' }, {}, 'catalogue'),
          sampleEvent('k2', { 'only here': ['a', 'b'] }, {}, 'catalogue'),
        ];
        await store.write(batch);
        await store.write(batch);
        const catalogue = await store.catalogue();
        expect(catalogue.get('only here')).toEqual({ events: 2, multivalue: true });
        expect(catalogue.get('dotted.here')).toEqual({ events: 1, multivalue: false });
        expect(catalogue.has('never seen')).toBe(false);
        await store.write([sampleEvent('k3', { 'never seen': 'now' }, {}, 'catalogue')]);
        expect((await store.catalogue()).get('never seen')).toEqual({ events: 1, multivalue: false });
      });
    });

    describe('quarantine and scope', () => {
      const badAt = (offset: number, arrival = start): StoredFault => ({
        fault: { kind: 'fault', code: 'truncated', message: "it's cut", offset },
        origin: 'bad.evtx',
        arrival,
        index: 'scope',
      });

      test('counts events, hosts, times and each fault once', async () => {
        const event = (n: number) =>
          sampleEvent(`scope ${n}`, {}, { time: start + BigInt(n), host: `h${n % 2}` }, 'scope');
        await store.write([event(1), event(2), event(3), event(4)]);
        await store.quarantine([badAt(1), badAt(2)]);
        await store.quarantine([badAt(1, start + 1n)]);
        await store.quarantine([]);
        expect(await store.scope(['scope'], null, null)).toEqual({
          events: 4,
          hosts: 2,
          first: start + 1n,
          last: start + 4n,
          faults: 2,
        });
        const part = await store.scope(['scope', 'absent'], start + 2n, start + 4n);
        expect(part).toMatchObject({ events: 2, first: start + 2n, last: start + 3n });
      });

      test('says of an empty scope that nothing is there', async () => {
        const empty = { events: 0, hosts: 0, first: null, last: null, faults: 0 };
        expect(await store.scope(['absent'], null, null)).toEqual(empty);
      });
    });

    describe('rows', () => {
      test('keeps the types of cells', async () => {
        const columns: readonly Column[] = [
          { name: 'text', type: 'text' },
          { name: 'none', type: 'text' },
          { name: 'number', type: 'number' },
          { name: 'nan', type: 'number' },
          { name: 'infinite', type: 'number' },
          { name: 'count', type: 'number' },
          { name: 'flag', type: 'number' },
          { name: 'time', type: 'time' },
          { name: 'no time', type: 'time' },
          { name: 'values', type: 'multivalue' },
          { name: 'no values', type: 'multivalue' },
        ];
        const query = sql`SELECT 'é', CAST(NULL AS Nullable(String)), 0.1, CAST('nan' AS Float64), -1 / 0, count(),
toUInt8(1), toDateTime64('2023-08-16 04:54:30.1234567', 7, 'UTC'), CAST(NULL AS Nullable(DateTime64(7, 'UTC'))),
['a', ''], CAST([] AS Array(String))`;
        expect(await allRows(store, query, columns)).toEqual([
          [
            'é',
            null,
            0.1,
            Number.NaN,
            Number.NEGATIVE_INFINITY,
            1,
            1,
            16_921_616_701_234_567n,
            null,
            ['a', ''],
            null,
          ],
        ]);
      });

      test('gives all rows of a long result in order', async () => {
        const rows = await one(sql`SELECT number FROM numbers(300000) ORDER BY number`, 'number');
        expect(rows.length).toBe(300_000);
        expect(rows.every((cell, at) => cell === at)).toBe(true);
      });

      const round = async (value: ParameterValue, type: ParameterType, as: Column['type']) => {
        const parameters = new Parameters();
        return (await one(sql`SELECT ${parameters.bind(value, type)}`, as, parameters))[0];
      };

      test.each([
        '',
        ' ',
        'é日😀',
        "it's",
        '\\',
        "\\'",
        '\\N',
        'NULL',
        '\0',
        '\t\r\n\b\f',
        '{p1:String}',
        '%',
        '`',
      ])('binds %j as it is', async (text) => {
        expect(await round(text, 'String', 'text')).toBe(text);
        expect(await round(text, 'Nullable(String)', 'text')).toBe(text);
        expect(await round([text, 'x', text], 'Array(String)', 'multivalue')).toEqual([text, 'x', text]);
      });

      test('binds any text and any list', async () => {
        const text = fc.string({ unit: 'grapheme' });
        await fc.assert(
          fc.asyncProperty(text, fc.array(text, { minLength: 1 }), async (value, list) => {
            expect(await round(value, 'String', 'text')).toBe(value);
            expect(await round(list, 'Array(String)', 'multivalue')).toEqual(list);
          }),
          { numRuns: 50 },
        );
      });

      test.each([
        0,
        -1.5,
        1e300,
        5e-324,
        2 ** 60,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
      ])('binds the number %d', async (value) => {
        expect(await round(value, 'Float64', 'number')).toBe(value);
      });

      test('binds null, the empty list and whole numbers of 64 bits', async () => {
        expect(await round(null, 'Nullable(String)', 'text')).toBeNull();
        expect(await round([], 'Array(String)', 'multivalue')).toBeNull();
        const parameters = new Parameters();
        const big = parameters.bind(9_007_199_254_740_993n, 'Int64');
        expect(await one(sql`SELECT toString(${big})`, 'text', parameters)).toEqual(['9007199254740993']);
      });

      test('binds the values of queries that run at the same time each to its own', async () => {
        const texts = Array.from({ length: 40 }, (_, n) => `query ${n}`);
        const found = await Promise.all(texts.map((text) => round(text, 'String', 'text')));
        expect(found).toEqual(texts);
      });

      test('can be left in the middle, and the store goes on', async () => {
        for (let time = 0; time < 20; time++) {
          for await (const block of store.rows(
            { sql: sql`SELECT number FROM numbers(1000000)`, parameters: {} },
            [{ name: 'n', type: 'number' }],
          )) {
            expect(block.length).toBeGreaterThan(0);
            break;
          }
        }
        expect(await one(sql`SELECT 1`, 'number')).toEqual([1]);
      });

      const endless = sql`SELECT sum(sipHash64(number)) FROM numbers(1000000000000)`;
      const ended = (limits: QueryLimits, text = endless) =>
        allRows(store, text, [{ name: 'x', type: 'number' }], {}, limits);

      test('stops at the limit of time', async () => {
        await expect(ended({ seconds: 0.2 })).rejects.toMatchObject({ code: 'query-timeout' });
      });

      test('stops at the limit of memory', async () => {
        const greedy = sql`SELECT length(groupArray(number)) FROM numbers(100000000)`;
        await expect(ended({ memoryBytes: 20_000_000 }, greedy)).rejects.toMatchObject({
          code: 'query-memory',
        });
        expect(await one(sql`SELECT 1`, 'number')).toEqual([1]);
      });

      test('stops when it is told to: before, in the middle of the work, between blocks', async () => {
        await expect(ended({ signal: AbortSignal.abort() })).rejects.toMatchObject({
          code: 'query-cancelled',
        });
        const working = new AbortController();
        setTimeout(() => working.abort(), 100);
        await expect(ended({ signal: working.signal })).rejects.toMatchObject({ code: 'query-cancelled' });
        const between = new AbortController();
        const numbers = { sql: sql`SELECT number FROM numbers(10000000)`, parameters: {} };
        const reading = async () => {
          const columns: readonly Column[] = [{ name: 'n', type: 'number' }];
          for await (const _ of store.rows(numbers, columns, { signal: between.signal })) between.abort();
        };
        await expect(reading()).rejects.toMatchObject({ code: 'query-cancelled' });
      });

      test('stops however soon after its start it is told to, also where threads are scarce', async () => {
        const started = Array.from({ length: 12 }, (_, at) => {
          const stop = new AbortController();
          const run = ended({ signal: stop.signal });
          setTimeout(() => stop.abort(), at);
          return expect(run).rejects.toMatchObject({ code: 'query-cancelled' });
        });
        await Promise.all(started);
        expect(await one(sql`SELECT 1`, 'number')).toEqual([1]);
      });

      test('lets queries wait for each other, and one that was cancelled meanwhile go', async () => {
        const waiting = new AbortController();
        const slow = Array.from({ length: 12 }, () =>
          one(sql`SELECT sum(number) FROM numbers(20000000)`, 'number'),
        );
        const late = ended({ signal: waiting.signal });
        waiting.abort();
        await expect(late).rejects.toMatchObject({ code: 'query-cancelled' });
        expect(new Set((await Promise.all(slow)).flat())).toEqual(new Set([199_999_990_000_000]));
      });

      test('says what the engine found wrong', async () => {
        const failed = ended({}, sql`SELECT no_such_column FROM events`);
        await expect(failed).rejects.toMatchObject({ name: 'StoreError', code: 'query-failed' });
        await expect(failed).rejects.toThrow(/no_such_column/);
      });

      test('does not take one type of cell for another', async () => {
        await expect(ended({}, sql`SELECT 'text'`)).rejects.toThrow(/column x is String/);
      });
    });

    describe('temporary tables', () => {
      const columns: readonly Column[] = [
        { name: 'a `b', type: 'text' },
        { name: 'n', type: 'number' },
        { name: 'm', type: 'multivalue' },
        { name: 't', type: 'time' },
      ];

      test('give back what was appended, in order', async () => {
        const table = await store.temporaryTable(columns);
        const rows: (readonly Cell[])[] = [
          ['x\0', 1.5, ['a', ''], start],
          [null, null, null, null],
          ['', Number.NaN, ['é'], -1n],
        ];
        await table.append(rows.slice(0, 2));
        await table.append(rows.slice(2));
        await table.append([]);
        const all = sql`SELECT * FROM ${identifier(table.name)} ORDER BY __row`;
        const found = await allRows(store, all, [{ name: '__row', type: 'number' }, ...columns]);
        expect(found).toEqual(rows.map((row, at) => [at, ...row]));
        await table.drop();
        await table.drop();
        await expect(allRows(store, all, columns)).rejects.toMatchObject({ code: 'query-failed' });
      });

      test('refuse a cell of another type', async () => {
        const table = await store.temporaryTable([{ name: 'n', type: 'number' }]);
        await expect(table.append([['1']])).rejects.toThrow(TypeError);
      });
    });

    test('answers queries while batches are written', async () => {
      const batches = Array.from({ length: 8 }, (_, batch) =>
        Array.from({ length: 200 }, (_, n) => sampleEvent(`${batch} ${n}`, { n: `${n}` }, {}, 'busy')),
      );
      const writes = Promise.all(batches.map((batch) => store.write(batch)));
      const reads = Promise.all(batches.map(() => store.scope(['busy'], null, null)));
      for (const { written } of await writes) expect(written).toBe(200);
      for (const { events } of await reads) expect(events % 200).toBe(0);
      expect((await store.scope(['busy'], null, null)).events).toBe(1600);
    });

    test('has everything but the temporary tables after it was closed and opened', async () => {
      const before = await store.scope([], null, null);
      const catalogue = await store.catalogue();
      await store.temporaryTable([{ name: 'x', type: 'text' }]);
      await store.close();
      await store.close();
      store = await open();
      expect(await store.scope([], null, null)).toEqual(before);
      expect(await store.catalogue()).toEqual(catalogue);
      expect(before.events).toBeGreaterThan(0);
    });
  });
}
