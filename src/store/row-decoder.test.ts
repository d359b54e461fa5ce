import { describe, expect, test } from 'vitest';
import { RowBinaryWriter } from './row-binary-writer.ts';
import { RowDecoder } from './row-decoder.ts';
import type { Cell, Column } from './store.ts';

const columns: readonly Column[] = [
  { name: 'said', type: 'text' },
  { name: 'number', type: 'number' },
];

/** A block as the engine gives it. */
function blockOf(type: 'Int64' | 'UInt64', rows: readonly (readonly [string, bigint])[]): Uint8Array {
  const writer = new RowBinaryWriter();
  writer.byte(columns.length);
  for (const { name } of columns) writer.text(name);
  writer.text('LowCardinality(String)');
  writer.text(type);
  for (const [text, number] of rows) {
    writer.text(text);
    if (type === 'Int64') writer.signed64(number);
    else writer.unsigned64(number);
  }
  return Buffer.concat(writer.chunks());
}

function decoded(decoder: RowDecoder, block: Uint8Array): readonly (readonly Cell[])[] {
  return decoder.decode(block);
}

describe('rows of blocks', () => {
  test('texts that come again and again, and ever new ones, over many blocks', () => {
    const decoder = new RowDecoder(columns);
    const said = (at: number) =>
      ['svchost.exe', 'é', '', `new ${at}`, `${'ü'.repeat(200)}${at % 7}`][at % 5] ?? '';
    for (let block = 0; block < 5; block++) {
      const rows = Array.from({ length: 2_500 }, (_, at): readonly [string, bigint] => [
        said(block * 2_500 + at),
        BigInt(at),
      ]);
      expect(decoded(decoder, blockOf('Int64', rows))).toEqual(rows.map(([text, at]) => [text, Number(at)]));
    }
    for (let block = 0; block < 3; block++) {
      const rows = Array.from({ length: 2_500 }, (_, at): readonly [string, bigint] => [
        `same ${at % 3}`,
        1n,
      ]);
      expect(decoded(decoder, blockOf('Int64', rows))).toEqual(rows.map(([text]) => [text, 1]));
    }
  });

  test('texts whose bytes share a place are told apart', () => {
    // "Aa" and "BB" have one sum.
    const rows = Array.from({ length: 3_000 }, (_, at): readonly [string, bigint] => [
      at % 2 ? 'Aa' : 'BB',
      0n,
    ]);
    expect(decoded(new RowDecoder(columns), blockOf('Int64', rows)).map(([text]) => text)).toEqual(
      rows.map(([text]) => text),
    );
  });

  test.each([
    ['Int64', [0n, -1n, 1n << 32n, -(1n << 63n), (1n << 63n) - 1n, 9_007_199_254_740_993n, -4_294_967_297n]],
    ['UInt64', [0n, (1n << 64n) - 1n, 1n << 63n, 9_007_199_254_740_993n]],
  ] as const)('numbers of %s are the nearest that there are', (type, numbers) => {
    const rows = numbers.map((number): readonly [string, bigint] => ['', number]);
    expect(decoded(new RowDecoder(columns), blockOf(type, rows)).map(([, number]) => number)).toEqual(
      numbers.map(Number),
    );
  });

  test('parts have every row once, and none is empty', () => {
    const rows = Array.from({ length: 2_001 }, (_, at): readonly [string, bigint] => ['', BigInt(at)]);
    const parts = [...new RowDecoder(columns).parts(blockOf('Int64', rows))];
    expect(parts.every(({ length }) => length > 0)).toBe(true);
    expect(parts.flat().map(([, number]) => number)).toEqual(rows.map(([, number]) => Number(number)));
    expect([...new RowDecoder(columns).parts(blockOf('Int64', []))]).toEqual([]);
  });
});
