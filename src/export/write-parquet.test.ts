import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTicks } from '../core/ticks.ts';
import type { FieldValue } from '../events/event.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { Parameters, sql } from '../store/sql.ts';
import { sampleEvent } from '../store/store.contract.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import type { ExportScope } from './export-scope.ts';
import { cellNames, typeOfCell } from './exported-event.ts';
import { writeExport } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-parquet-file-'));
const out = join(folder, 'out');
const start = 17_000_000_000_000_001n;
const hosts = ['ws01', "ws'02\t\\x", 'ws03\u0000日本'];
const texts = ['', 'plain', '日本語 "x"', '=1+1', 'a\r\nb\u0000\u001b[31m', '\\', "'", 'x'.repeat(20_000)];
const count = 40_000;
let store: Store;

function fieldsOf(at: number): Readonly<Record<string, FieldValue>> {
  const text = texts[at % texts.length] as string;
  return {
    ...(at % 3 === 0 && { CommandLine: text }),
    ...(at % 5 === 0 && { EventCode: String(at % 7) }),
    ...(at % 11 === 0 && { [`odd "${at % 3}".name`]: text }),
    ...(at % 13 === 0 && { list: [String(at), text] }),
  };
}

beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
  // Several batches, whose events lie between each other.
  for (let batch = 0; batch < 4; batch++)
    await store.write(
      Array.from({ length: count / 4 }, (_, row) => {
        const at = row * 4 + batch;
        const more = { host: hosts[at % hosts.length] as string, time: start + BigInt((at * 7919) % count) };
        const raw = at % 1_000 === 0 ? (texts[7] as string) : `raw ${at} ${texts[at % 7]}`;
        return sampleEvent(`event ${at}`, fieldsOf(at), { ...more, raw });
      }),
    );
  const scope: ExportScope = {
    hosts,
    earliest: start,
    latest: start + BigInt(count),
    asOf: start * 2n,
    addresses: [],
  };
  await writeExport(store, scope, {
    folder: out,
    form: 'exact',
    productVersion: '1',
    limits: {},
    sections: async function* () {
      yield { title: 'Scope', lines: [] };
    },
  });
}, 120_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const names = [...cellNames, '_raw', 'fields'];

async function parquetRows(): Promise<readonly (readonly Cell[])[]> {
  const parameters = new Parameters();
  const file = parameters.bind(join(out, 'events.parquet'), 'String');
  const query = {
    sql: sql`SELECT * FROM file(${file}, 'Parquet') SETTINGS max_threads = 1, input_format_parquet_preserve_order = 1`,
    parameters: parameters.values,
  };
  const columns = names.map((name, at): Column => ({ name, type: typeOfCell(at) ?? 'text' }));
  const rows: (readonly Cell[])[] = [];
  for await (const block of store.rows(query, columns)) rows.push(...block);
  return rows;
}

describe('the table of an export', () => {
  test('has the lines in their order, cell by cell', () => {
    const some = 3_000;
    const lines = readFileSync(join(out, 'events.jsonl'), 'utf8').split('\n', some);
    const rows: string[][] = parse(readFileSync(join(out, 'events.csv')), { from: 2, to: some + 1 });
    expect(rows.length).toBe(some);
    const cells = [...cellNames, 'fields'];
    for (const [at, line] of lines.entries()) {
      const event = JSON.parse(line);
      const wanted = cells.map((name) =>
        name === 'fields' ? JSON.stringify(event.fields) : String(event[name] ?? ''),
      );
      if (!isDeepStrictEqual(rows[at], wanted)) expect(rows[at]).toEqual(wanted);
    }
  });
});

describe('the Parquet file of an export', () => {
  test('has the lines in their order, cell by cell', async () => {
    const lines = readFileSync(join(out, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    const rows = await parquetRows();
    expect([lines.length, rows.length]).toEqual([count, count]);
    for (const [at, line] of lines.entries()) {
      const event = JSON.parse(line);
      const wanted = names.map((name) => (name === 'fields' ? event.fields : (event[name] ?? null)));
      const found = rows[at]?.map((cell, place) => {
        if (names[place] === 'fields') return JSON.parse(String(cell));
        return typeof cell === 'bigint' ? formatTicks(cell) : cell;
      });
      if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted);
    }
  });
});
