import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openEmptyStore } from '../../test/empty-store.ts';
import { readColumnBlocks } from '../store/column-block.ts';
import { integer, joinSql, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { eventReference, type Observations, textColumns } from './observation.ts';
import { addObservationBlock } from './observation-block.ts';
import { ObservationBuilder } from './observation-builder.ts';
import { addObservation, observationColumns } from './observation-query.ts';

let store: Store;
openEmptyStore((opened) => {
  store = opened;
});

/** Bytes of a text in hexadecimal with a sign in front, or digits; the empty text is null. */
type Given = Readonly<Record<string, string>>;

const bytesGiven = (bytes: Uint8Array | string) => `x${Buffer.from(bytes).toString('hex')}`;
const words = ['', '-', 'N/A', '<Unknown process>', '<un\u212anown process>', '\ufeff木', 'C:\\a.exe'];
const guids = ['0badcafe-822d-6556-ec90-020000000700', '00000000-0000-0000-0000-000000000000', 'no guid'];
const text = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...words, ...guids).map(bytesGiven),
  fc.string({ unit: 'binary', maxLength: 70 }).map(bytesGiven),
  fc.uint8Array({ maxLength: 12 }).map(bytesGiven),
);
const edges = [0n, -1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n];
const whole = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...edges).map(String),
  fc.bigInt({ min: 1n, max: 0xffff_ffffn }).map(String),
);
const time = fc.bigInt({ min: -(10n ** 14n), max: 3n * 10n ** 16n }).map(String);

function anyOf({ name, type }: Column): fc.Arbitrary<string> {
  if (name === 'kind')
    return fc.constantFrom('start', 'end', 'boot', 'shutdown', 'sensor-start').map(bytesGiven);
  if (name === 'id') return fc.uuid().map(bytesGiven);
  if (type === 'time') return time;
  return type === 'number' ? whole : text;
}

const given: fc.Arbitrary<Given> = fc.record(
  Object.fromEntries(observationColumns.map((column) => [column.name, anyOf(column)])),
);

/** Gives the rows as a SELECT; `listed`: texts of which the engine is to give each once. */
function selectOf(rows: readonly Given[], listed: readonly string[], parameters: Parameters): Sql {
  const columns = observationColumns.map(({ name, type }): Sql => {
    const values = rows.map((row) => row[name] ?? '');
    const value = sql`arrayElement(${parameters.bind(values, 'Array(String)')}, place)`;
    if (type === 'time')
      return sql`reinterpret(assumeNotNull(toInt64OrNull(${value})), 'DateTime64(7, ''UTC'')')`;
    if (type === 'number') return sql`toInt64OrNull(${value})`;
    const bytes = sql`if(${value} = '', NULL, unhex(substring(${value}, 2)))`;
    return listed.includes(name) ? sql`toLowCardinality(${bytes})` : bytes;
  });
  return sql`SELECT ${joinSql(columns, sql`, `)} FROM (SELECT arrayJoin(range(1, ${integer(rows.length + 1)})) AS place)`;
}

function observed(observations: Observations): readonly unknown[] {
  const { length, texts, kind, until, pid, parentPid, parentGuidUnusable } = observations;
  return Array.from({ length }, (_, at) => [
    eventReference(observations, at),
    ...[kind, until, pid, parentPid, parentGuidUnusable].map((column) => column[at]),
    ...textColumns.map((name) => texts.text(observations[name][at] as number)),
  ]);
}

async function isSameBothWays(rows: readonly Given[], listed: readonly string[]): Promise<void> {
  const parameters = new Parameters();
  const query = { sql: selectOf(rows, listed, parameters), parameters: parameters.values };
  const one = new ObservationBuilder('h');
  for await (const block of store.rows(query, observationColumns))
    for (const row of block) expect(addObservation(one, row)).toBe(true);
  const other = new ObservationBuilder('h');
  for await (const bytes of store.columnBlocks(query))
    for (const block of readColumnBlocks(bytes)) addObservationBlock(other, block);
  expect(other.length).toBe(rows.length);
  expect(observed(other.finish())).toEqual(observed(one.finish()));
}

test('blocks say what their rows say, whatever is in them', async () => {
  const names = observationColumns.filter(({ type }) => type === 'text').map(({ name }) => name);
  const listable = fc.subarray(names.filter((name) => name !== 'id'));
  await fc.assert(
    fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 40 }), listable, isSameBothWays),
    { numRuns: 40 },
  );
});

test('so do blocks of many texts, some of them long', async () => {
  const row = (number: number): Given => ({
    kind: bytesGiven('start'),
    id: bytesGiven(String(number).padStart(32, '0')),
    time: '17000000000000000',
    arrival: '17000000000000001',
    pid: String(number),
    guid: bytesGiven(guids[0]?.replace('0000', String(number).padStart(4, '0')) ?? ''),
    commandLine: bytesGiven(number === 70 ? 'é'.repeat(500_000) : `a.exe ${number}`),
    image: bytesGiven(number % 2 === 0 ? 'C:\\a.exe' : 'C:\\ä.exe'),
  });
  await isSameBothWays(
    Array.from({ length: 1_500 }, (_, number) => row(number)),
    ['commandLine', 'image'],
  );
});
