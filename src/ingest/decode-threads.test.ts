import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunkOf, eventTemplate, evtxFile, systemValues } from '../../test/evtx-writer.ts';
import { corpusPath } from '../../test/shared-data.ts';
import { zipOf } from '../../test/zip-writer.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { identifier, Parameters, sql } from '../store/sql.ts';
import { allRows } from '../store/store.contract.ts';
import type { Store, StoredFault } from '../store/store.ts';
import { type IngestOptions, ingest } from './ingest.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-threads-'));
const mixed = join(folder, 'mixed');
let store: Store;
beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
  writeMixed();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const jsonLine = (n: number) =>
  `${JSON.stringify({ timestamp: `2023-08-16T04:${String(n % 60).padStart(2, '0')}:30Z`, n: String(n), [`f${n % 7}`]: 'x' })}\n`;
const jsonLines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => jsonLine(from + at)).join('');
const eventXml = (id: number, channel: string) =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>` +
  `<Provider Name="P"/><EventID>1</EventID><TimeCreated SystemTime="2023-08-16T04:54:30.1234567Z"/>` +
  `<EventRecordID>${id}</EventRecordID><Channel>${channel}</Channel><Computer>h</Computer></System>` +
  `<EventData><Data Name="n">${id}</Data><Data Name="n">again</Data></EventData></Event>\n`;
const eventXmls = (from: number, to: number, channel: string) =>
  Array.from({ length: to - from }, (_, at) => eventXml(from + at, channel)).join('');

/** Files of several kinds with faults and with events that others have too: the first file's are to be kept. */
function writeMixed(): void {
  const inner = join(mixed, 'b folder');
  mkdirSync(inner, { recursive: true });
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(mixed, name), content);
  put('a large.jsonl', `${jsonLines(0, 6000)}{"n": \n`);
  put('a later.xml', eventXmls(0, 3000, 'C'));
  put('b folder/equal lines.jsonl', jsonLines(0, 20) + jsonLines(0, 20));
  put('b folder/same events.xml', eventXmls(2990, 3010, 'C'));
  put('c empty.evtx', '');
  put('d bytes.bin', Buffer.from([0, 1, 2, 3, 255, 254]));
  put('e one.jsonl', jsonLine(5));
  put('f.jsonl.gz', gzipSync(jsonLines(5990, 6020)));
  const events = [1n, 2n, 3n].map((id) => ({ id, template: eventTemplate(), values: systemValues(id) }));
  const evtx = evtxFile([chunkOf(events)]);
  put(
    'g.zip',
    zipOf([
      { name: 'x/log.jsonl', content: Buffer.from(`${jsonLines(6020, 6030)}{"n"`) },
      { name: 'truth.json', content: Buffer.from('{"keizu":{"version":1}}') },
      { name: 'log.evtx', content: evtx },
      { name: 'bad', content: Buffer.from(jsonLine(1)), crc: 7 },
    ]),
  );
  put('h.evtx', evtx);
  put('i cut.evtx', evtx.subarray(0, 5000));
  put('truth.json', '{"keizu":{"version":1,\n"processes":[]}}\n');
  const recordings = corpusPath('ts-evtx', 'test', 'fixtures', 'Security.evtx');
  if (recordings !== undefined) copyFileSync(recordings, join(mixed, 'z.evtx'));
}

/** All that is stored of an index but its name, the fingerprints, which it is part of, and when things arrived. */
async function stored(index: string): Promise<readonly (readonly unknown[])[]> {
  const names = ['time', 'host', 'source', 'sourcetype', 'product', 'origin', 'offset', 'raw', 'fields'];
  const parameters = new Parameters();
  const query = sql`SELECT if(_time_source LIKE '%arrival%', '', toString(_time)), host, source, sourcetype, _product, _origin,
toString(_offset), _raw, toString(fields) FROM events
WHERE ${identifier('index')} = ${parameters.bind(index, 'String')} ORDER BY _origin, _offset, _raw`;
  const columns = names.map((name) => ({ name, type: 'text' as const }));
  return allRows(store, query, columns, parameters.values);
}

interface Outcome {
  readonly summary: object;
  readonly faults: readonly (readonly unknown[])[];
  readonly rows: readonly (readonly unknown[])[];
}

async function outcome(options: IngestOptions & { readonly index: string }): Promise<Outcome> {
  const faults: StoredFault[] = [];
  const summary = await ingest([mixed], store, { ...options, onFault: (fault) => faults.push(fault) });
  return {
    summary: { ...summary, seconds: 0 },
    faults: faults.map(({ origin, fault }) => [origin, fault]),
    rows: await stored(options.index),
  };
}

describe('decoding in threads', () => {
  test('stores and tells the same as decoding in one, whatever the number of threads and the size of batches', async () => {
    const expected = await outcome({ index: 'threads 0', threads: 0 });
    expect(expected.faults.length).toBeGreaterThan(3);
    expect(expected.rows.length).toBeGreaterThan(9000);
    expect(expected.summary).toMatchObject({ duplicates: expect.any(Number), events: expected.rows.length });
    for (const threads of [1, 2, 3]) {
      expect(await outcome({ index: `threads ${threads}`, threads })).toEqual(expected);
    }
    const batchLimits = { events: 700, bytes: 1 << 20 };
    expect(await outcome({ index: 'small batches', threads: 2, batchLimits })).toEqual(expected);
  });

  test('knows everything again', async () => {
    const options = { index: 'again', threads: 2 };
    const { events, duplicates } = await ingest([mixed], store, options);
    expect(await ingest([mixed], store, options)).toMatchObject({
      events: 0,
      duplicates: events + duplicates,
    });
  });

  test('comes to an end with far more files than may be under way', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let n = 0; n < 300; n++) writeFileSync(join(many, `${n}.jsonl`), jsonLine(n));
    const options: IngestOptions = {
      index: 'many',
      threads: 2,
      batchLimits: { events: 1000, bytes: 1 << 19 },
    };
    expect(await ingest([many], store, options)).toMatchObject({ files: 300, events: 300 });
  });

  test('stops when it is told to, and can be done again', async () => {
    const stop = new AbortController();
    const options: IngestOptions = {
      index: 'stopped',
      threads: 2,
      batchLimits: { events: 100, bytes: 1 << 20 },
      signal: stop.signal,
      onProgress: ({ events }) => {
        if (events >= 500) stop.abort(new Error('enough'));
      },
    };
    await expect(ingest([mixed], store, options)).rejects.toThrow('enough');
    const { events } = await store.scope(['stopped'], null, null);
    const whole = await stored('threads 0');
    expect(events).toBeGreaterThanOrEqual(500);
    expect(events).toBeLessThan(whole.length);
    expect(await ingest([mixed], store, { index: 'stopped', threads: 2 })).toMatchObject({
      events: whole.length - events,
    });
  });

  test('fails with the failure of the store', async () => {
    const failing: Store = { ...store, writeEncoded: () => Promise.reject(new Error('disk on fire')) };
    const options: IngestOptions = { threads: 2, batchLimits: { events: 100, bytes: 1 << 20 } };
    await expect(ingest([mixed], failing, options)).rejects.toThrow('disk on fire');
  });
});
