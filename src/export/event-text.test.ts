import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteText } from '../core/byte-text.ts';
import { formatTicks } from '../core/ticks.ts';
import { RowBinaryWriter } from '../store/row-binary-writer.ts';
import { RowSlices } from '../store/row-slices.ts';
import { wholeEventColumns } from '../store/whole-event.ts';
import { writeLine, writeRaw, writeRow } from './event-text.ts';
import { cellNames } from './exported-event.ts';
import { isNeutralised, type TableForm, tableCell } from './table-cell.ts';

interface Given {
  readonly raw: string;
  readonly cell: string | null;
  readonly key: string;
  readonly value: string;
  readonly ticks: bigint;
  readonly offset: bigint;
}

/** A block as the engine gives it, with one event; `cell` stands in `CommandLine`, and `key` in the JSON column as it is. */
function blockOf({ raw, cell, key, value, ticks, offset }: Given): Buffer {
  const writer = new RowBinaryWriter();
  writer.variableInteger(wholeEventColumns.length);
  for (const { name } of wholeEventColumns) writer.text(name);
  const isField = (at: number) => at >= 13 && at < wholeEventColumns.length - 1;
  for (const [at, { name, type }] of wholeEventColumns.entries())
    writer.text(
      type === 'time'
        ? "DateTime64(7, 'UTC')"
        : name === '_offset'
          ? 'UInt64'
          : name === 'fields'
            ? 'JSON(max_dynamic_paths=0)'
            : isField(at)
              ? 'LowCardinality(Nullable(String))'
              : 'String',
    );
  for (const [at, { name, type }] of wholeEventColumns.entries()) {
    if (type === 'time') writer.signed64(ticks);
    else if (name === '_offset') writer.unsigned64(offset);
    else if (name === '_raw') writer.text(raw);
    else if (name === 'fields') {
      writer.variableInteger(2);
      writer.text(key);
      writer.byte(0x15);
      writer.text(value);
      writer.text('list');
      // Array(Nullable(String))
      for (const code of [0x1e, 0x23, 0x15, 2, 0]) writer.byte(code);
      writer.text(value);
      writer.byte(1);
    } else if (!isField(at)) writer.text(name);
    else if (name !== 'CommandLine' || cell === null) writer.byte(1);
    else {
      writer.byte(0);
      writer.text(cell);
    }
  }
  return Buffer.concat(writer.chunks());
}

function written(given: Given, form: TableForm) {
  const row = new RowSlices(blockOf(given));
  expect(row.next()).toBe(true);
  const [line, cells, raw] = [new ByteText(16), new ByteText(16), new ByteText(16)];
  const changed = writeRow(row, writeLine(row, line), form, cells);
  writeRaw(row, raw);
  expect(row.next()).toBe(false);
  const text = ({ bytes, length }: ByteText) => bytes.toString('utf8', 0, length);
  return { line: text(line), cells: text(cells), raw: text(raw), changed };
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[=+\-@\t\r\n ;,"a\u3042\uff1d\u00a0\u3000]{0,6}$/),
);
const given = fc.record<Given>({
  raw: texts,
  cell: fc.option(texts),
  key: fc.constantFrom('TargetFilename', 'a%2Eb', '%', 'x%uD800'),
  value: texts,
  ticks: fc.bigInt({ min: -9_000_000_000_000_000n, max: 40_000_000_000_000_000n }),
  offset: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
});

const names: Readonly<Record<string, string>> = { 'a%2Eb': 'a.b', '%': '', 'x%uD800': 'x\ud800' };

describe('an event as text', () => {
  test('is the one that JSON.stringify and tableCell give of its values', () => {
    fc.assert(
      fc.property(given, fc.constantFrom<TableForm>('safe', 'exact'), (each, form) => {
        const { raw, cell, key, value, ticks, offset } = each;
        const { line, cells, raw: rawText, changed } = written(each, form);
        const others = JSON.stringify({ [names[key] ?? key]: value, list: [value, null] });
        const texts = cellNames.map((name) => {
          if (name === '_time' || name === '_indextime') return formatTicks(ticks);
          if (name === '_offset') return String(offset);
          return name === 'CommandLine' ? cell : cellNames.indexOf(name) < 12 ? name : null;
        });
        const members = cellNames.flatMap((name, at) => {
          const text = texts[at] ?? null;
          if (text === null) return [];
          return `${JSON.stringify(name)}:${name === '_offset' ? text : JSON.stringify(text)}`;
        });
        expect(line).toBe(`{${members.join(',')},"_raw":${JSON.stringify(raw)},"fields":${others}}\n`);
        const row = [...texts, others].map((text) => (text ? tableCell(text, form) : ''));
        expect(cells).toBe(`${row.join(',')}\r\n`);
        expect(rawText).toBe(`${raw}\n`);
        expect(changed).toBe(form === 'safe' && cell !== null && isNeutralised(cell) ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});
