import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteText } from '../core/byte-text.ts';
import { formatTicks } from '../core/ticks.ts';
import { RowBinaryWriter } from '../store/row-binary-writer.ts';
import { wholeEventColumns } from '../store/whole-event.ts';
import { eventBlocks } from './event-block.ts';
import { EventText } from './event-text.ts';
import { cellNames } from './exported-event.ts';
import { isNeutralised, type TableForm, tableCell } from './table-cell.ts';

interface Given {
  readonly raw: string;
  readonly cell: string | null;
  readonly key: string;
  readonly value: string;
  readonly ticks: bigint;
  readonly offset: bigint;
  /** Whether the engine lists texts once for all rows. */
  readonly isListed: boolean;
}

/** A block as the engine gives it, with one event; `cell` stands in `CommandLine`, and `key` in the JSON column as it is. */
function blockOf({ raw, cell, key, value, ticks, offset, isListed }: Given): Buffer {
  const writer = new RowBinaryWriter();
  const texts = (values: readonly string[]) => {
    for (const each of values) writer.text(each);
  };
  writer.variableInteger(wholeEventColumns.length);
  writer.variableInteger(1);
  for (const [at, { name, type }] of wholeEventColumns.entries()) {
    writer.text(name);
    if (type === 'time') {
      writer.text("DateTime64(7, 'UTC')");
      writer.signed64(ticks);
    } else if (name === '_offset') {
      writer.text('UInt64');
      writer.unsigned64(offset);
    } else if (name === 'fields') {
      writer.text('JSON(max_dynamic_paths=0)');
      writer.unsigned64(0n);
      texts(['', '']);
      writer.unsigned64(2n);
      texts([key, 'list']);
      const [one, list] = [new RowBinaryWriter(), new RowBinaryWriter()];
      one.byte(0x15);
      one.text(value);
      // Array(Nullable(String))
      for (const code of [0x1e, 0x23, 0x15, 2, 0]) list.byte(code);
      list.text(value);
      list.byte(1);
      for (const each of [one, list]) {
        writer.variableInteger(each.length);
        for (const chunk of each.chunks()) writer.raw(chunk);
      }
    } else {
      const isField = at >= 13;
      const text = name === '_raw' ? raw : name === 'CommandLine' ? cell : isField ? null : name;
      const type = isField ? 'Nullable(String)' : 'String';
      if (isListed && name !== '_raw') {
        writer.text(`LowCardinality(${type})`);
        // Version, flags with places of one byte, texts, rows, places.
        for (const whole of [1n, 0x600n, 2n]) writer.unsigned64(whole);
        texts(['', text ?? '']);
        writer.unsigned64(1n);
        writer.byte(text === null ? 0 : 1);
      } else {
        writer.text(type);
        if (isField) writer.byte(text === null ? 1 : 0);
        writer.text(text ?? '');
      }
    }
  }
  return Buffer.concat(writer.chunks());
}

function written(given: Given, form: TableForm) {
  const [block] = [...eventBlocks(blockOf(given))];
  if (block === undefined) throw new Error('the block has no events');
  const [line, cells, raw] = [new ByteText(16), new ByteText(16), new ByteText(16)];
  const event = new EventText(block, form);
  const changed = event.cells(0, event.line(0, line), cells);
  event.raw(0, raw);
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
  isListed: fc.boolean(),
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
