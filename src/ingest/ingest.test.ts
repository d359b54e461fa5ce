import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPath } from '../../test/shared-data.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { fieldText } from '../store/field-place.ts';
import { identifier, Parameters, sql } from '../store/sql.ts';
import { allRows } from '../store/store.contract.ts';
import type { Store, StoredFault } from '../store/store.ts';
import { type IngestOptions, type IngestProgress, ingest } from './ingest.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-ingest-'));
let store: Store;
beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
/** Writes a file into a folder of its own and gives its path. */
function file(content: string, name = 'log.jsonl'): string {
  const parent = join(folder, `files ${files++}`);
  mkdirSync(parent);
  const path = join(parent, name);
  writeFileSync(path, content);
  return path;
}

const stamp = (second: number) => `2023-08-16T04:54:${String(second).padStart(2, '0')}.1234567Z`;
const jsonLine = (second: number, more: object = {}) =>
  JSON.stringify({ timestamp: stamp(second), n: second, ...more });
const jsonLines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `${jsonLine(from + at)}\n`).join('');

async function numbersIn(index: string): Promise<readonly string[]> {
  const parameters = new Parameters();
  const query = sql`SELECT ${fieldText('n')} FROM events
WHERE ${identifier('index')} = ${parameters.bind(index, 'String')} ORDER BY _time`;
  const rows = await allRows(store, query, [{ name: 'n', type: 'text' }], parameters.values);
  return rows.map(([cell]) => String(cell));
}

describe('ingest', () => {
  test('puts records into the store and says what it did', async () => {
    const path = file(jsonLines(0, 3));
    const progress: IngestProgress[] = [];
    const summary = await ingest([path], store, { index: 'sum', onProgress: (now) => progress.push(now) });
    expect(summary).toEqual({
      files: 1,
      bytes: jsonLines(0, 3).length,
      records: 3,
      events: 3,
      duplicates: 0,
      faults: 0,
      seconds: expect.any(Number),
      products: { generic: 3 },
    });
    expect(progress.at(-1)).toMatchObject({ origin: path, records: 3 });
    expect(await numbersIn('sum')).toEqual(['0', '1', '2']);
  });

  test('adds nothing for the same file again, and the rest of a longer copy', async () => {
    const options = { index: 'again' };
    const path = file(jsonLines(0, 20));
    expect(await ingest([path], store, options)).toMatchObject({ events: 20, duplicates: 0 });
    expect(await ingest([path], store, options)).toMatchObject({ events: 0, duplicates: 20 });
    const longer = file(jsonLines(10, 30));
    expect(await ingest([longer, path], store, options)).toMatchObject({ events: 10, duplicates: 30 });
    expect((await numbersIn('again')).length).toBe(30);
  });

  test('keeps equal lines of a file as events of their own', async () => {
    const options = { index: 'equal' };
    const path = file(`${jsonLine(1)}\n${jsonLine(2)}\n${jsonLine(1)}\n`);
    expect(await ingest([path], store, options)).toMatchObject({ events: 3, duplicates: 0 });
    expect(await ingest([path], store, options)).toMatchObject({ events: 0, duplicates: 3 });
    expect(await numbersIn('equal')).toEqual(['1', '1', '2']);
  });

  test('knows lines without a time again, though they got the time of their arrival', async () => {
    const options = { index: 'timeless' };
    const path = file('{"n":1}\n{"n":2}\n');
    expect(await ingest([path], store, options)).toMatchObject({ events: 2, duplicates: 0 });
    expect(await ingest([path], store, options)).toMatchObject({ events: 0, duplicates: 2 });
    expect(await ingest([file('{"n":1}\n{"n":2}\n')], store, options)).toMatchObject({ events: 2 });
  });

  test('does the same in small batches, whatever the sizes', async () => {
    const path = file(jsonLines(0, 50));
    for (const [at, events] of [1, 7, 50, 1000].entries()) {
      const options: IngestOptions = { index: `batches ${at}`, batchLimits: { events, bytes: 1 << 20 } };
      expect(await ingest([path], store, options)).toMatchObject({ events: 50, duplicates: 0 });
      expect((await numbersIn(`batches ${at}`)).length).toBe(50);
    }
    const bySize: IngestOptions = { index: 'batches by size', batchLimits: { events: 1000, bytes: 10 } };
    expect(await ingest([path], store, bySize)).toMatchObject({ events: 50 });
  });

  test('puts what it could not read into the quarantine, once, and goes on', async () => {
    const faults: StoredFault[] = [];
    const options: IngestOptions = { index: 'faulty', onFault: (fault) => faults.push(fault) };
    const good = `${jsonLine(1)}\n`;
    const path = file(`${good}{"n": \n${jsonLine(2)}\n`);
    const missing = join(folder, 'missing');
    const empty = file('', 'empty.evtx');
    expect(await ingest([path, missing, empty], store, options)).toMatchObject({
      files: 2,
      events: 2,
      faults: 3,
    });
    expect(faults.map(({ origin, fault }) => [origin, fault.code])).toEqual([
      [path, 'bad-syntax'],
      [missing, 'unreadable'],
      [empty, 'empty'],
    ]);
    expect(faults[0]?.fault.offset).toBe(good.length);
    await ingest([path, missing, empty], store, { index: 'faulty' });
    expect((await store.scope(['faulty'], null, null)).faults).toBe(3);
  });

  test('leaves the truth of a demonstration case alone, but no other file of that name', async () => {
    const truth = file('{"keizu":{"version":1,\n"processes":[]}}\n', 'truth.json');
    expect(await ingest([truth], store, { index: 'truth' })).toMatchObject({
      files: 0,
      records: 0,
      faults: 0,
    });
    const other = file('{"n":1}\n', 'truth.json');
    expect(await ingest([other], store, { index: 'truth' })).toMatchObject({ files: 1, events: 1 });
  });

  test('takes the index that an export names, unless one is named for all', async () => {
    const exported = (index: string, second: number) =>
      JSON.stringify({
        preview: false,
        result: { _raw: jsonLine(second), _time: stamp(second), index, host: 'h', source: 's' },
      });
    const path = file(`${exported('of the export', 1)}\n${exported('of the export', 2)}\n`);
    await ingest([path], store);
    expect((await store.scope(['of the export'], null, null)).events).toBe(2);
    await ingest([path], store, { index: 'of the command' });
    expect((await store.scope(['of the command'], null, null)).events).toBe(2);
    expect((await store.scope(['of the export'], null, null)).events).toBe(2);
  });

  test('stops when it is told to; what was acknowledged stays, and it can be done again', async () => {
    const path = file(jsonLines(0, 40));
    const second = file(jsonLines(40, 60));
    const stop = new AbortController();
    const options: IngestOptions = {
      index: 'stopped',
      batchLimits: { events: 10, bytes: 1 << 20 },
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    };
    await expect(ingest([path, second], store, options)).rejects.toThrow('enough');
    const { events } = await store.scope(['stopped'], null, null);
    expect(events % 10).toBe(0);
    const rest = await ingest([path, second], store, { index: 'stopped' });
    expect(rest).toMatchObject({ events: 60 - events, duplicates: events });
  });

  test('fails with the failure of the store', async () => {
    const failing: Store = { ...store, writeEncoded: () => Promise.reject(new Error('disk on fire')) };
    const options: IngestOptions = { batchLimits: { events: 5, bytes: 1 << 20 } };
    await expect(ingest([file(jsonLines(0, 20))], failing, options)).rejects.toThrow('disk on fire');
  });

  const recordings = corpusPath('ts-evtx', 'test', 'fixtures', 'Security.evtx');
  test.skipIf(recordings === undefined)('reads a Windows log and knows it again', async () => {
    const options = { index: 'windows' };
    const summary = await ingest([recordings as string], store, options);
    expect(summary).toMatchObject({ files: 1, records: 1715, events: 1715, faults: 0 });
    expect(await ingest([recordings as string], store, options)).toMatchObject({
      events: 0,
      duplicates: 1715,
    });
  });
});

describe('arrival', () => {
  const arrivalsIn = async (index: string): Promise<readonly bigint[]> => {
    const parameters = new Parameters();
    const query = sql`SELECT _indextime FROM events
WHERE ${identifier('index')} = ${parameters.bind(index, 'String')} ORDER BY _time`;
    const rows = await allRows(store, query, [{ name: 'arrival', type: 'time' }], parameters.values);
    return rows.map(([cell]) => cell as bigint);
  };

  test('of the file: one for all of its events', async () => {
    const path = file(jsonLines(0, 2));
    utimesSync(path, 1_700_000_000.5, 1_700_000_000.5);
    const summary = await ingest([path], store, { index: 'of file', arrival: { kind: 'file-time' } });
    expect(summary.arrivalsUnknown).toBe(0);
    expect(await arrivalsIn('of file')).toEqual([17_000_000_005_000_000n, 17_000_000_005_000_000n]);
  });

  test('of a field, and now where an event has none', async () => {
    const path = file(`${jsonLine(0, { received: '2023-08-16T05:24:30Z' })}\n${jsonLine(1)}\n`);
    const before = BigInt(Date.now()) * 10_000n;
    const summary = await ingest([path], store, {
      index: 'of field',
      arrival: { kind: 'field', name: 'received' },
    });
    expect(summary.arrivalsUnknown).toBe(1);
    const [named, now = 0n] = await arrivalsIn('of field');
    expect(named).toBe(16_921_634_700_000_000n);
    expect(now).toBeGreaterThanOrEqual(before);
  });

  test("the event's own time, and that of an export", async () => {
    await ingest([file(jsonLines(3, 4))], store, { index: 'own', arrival: { kind: 'field', name: '_time' } });
    expect(await arrivalsIn('own')).toEqual([16_921_616_431_234_567n]);
    const exported = JSON.stringify({
      preview: false,
      result: { _raw: 'a line', _time: '2023-08-16T04:54:30Z', _indextime: '1692161999' },
    });
    await ingest([file(exported)], store, {
      index: 'exported',
      arrival: { kind: 'field', name: '_indextime' },
    });
    expect(await arrivalsIn('exported')).toEqual([16_921_619_990_000_000n]);
  });
});
