import { unwrapped } from './engine-type.ts';
import { readJsonText } from './json-cell.ts';
import { KnownTexts } from './known-texts.ts';
import { RowBinaryReader } from './row-binary-reader.ts';
import type { Cell, Column, ColumnType } from './store.ts';

type ReadCell = (reader: RowBinaryReader) => Cell;

const rowsOfPart = 1_000;

/**
 * Decodes blocks in the form RowBinaryWithNamesAndTypes to cells as `columns` wants them; the header says what the engine
 * gave. Each block has the header in front. A type that cannot become the wanted cell is an error of ours.
 */
export class RowDecoder {
  readonly #columns: readonly Column[];
  /** By column. */
  readonly #known: readonly KnownTexts[];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    this.#known = columns.map(() => new KnownTexts());
  }

  decode(block: Uint8Array): readonly (readonly Cell[])[] {
    const rows: (readonly Cell[])[] = [];
    for (const part of this.parts(block)) for (const row of part) rows.push(row);
    return rows;
  }

  /** The same a thousand rows at a time, none empty: those that are read and forgotten cost the collector next to nothing. */
  *parts(block: Uint8Array): Generator<readonly (readonly Cell[])[]> {
    const reader = new RowBinaryReader(block);
    const cells = this.#header(reader);
    while (!reader.atEnd) {
      const rows: Cell[][] = [];
      while (rows.length < rowsOfPart && !reader.atEnd) {
        const row: Cell[] = new Array(cells.length);
        for (let at = 0; at < cells.length; at++) row[at] = (cells[at] as ReadCell)(reader);
        rows.push(row);
      }
      yield rows;
    }
  }

  #header(reader: RowBinaryReader): readonly ReadCell[] {
    const count = reader.variableInteger();
    if (count !== this.#columns.length) {
      throw new Error(`the query gives ${count} columns, ${this.#columns.length} were expected`);
    }
    for (let at = 0; at < count; at++) reader.text();
    return this.#columns.map((column, at) =>
      cellReader(reader.text(), column, this.#known[at] as KnownTexts),
    );
  }
}

function cellReader(engineType: string, column: Column, known: KnownTexts): ReadCell {
  const bare = unwrapped(engineType, 'LowCardinality');
  const inner = unwrapped(bare, 'Nullable');
  const read = valueReaders[column.type](inner, known);
  if (read === undefined) {
    throw new Error(`column ${column.name} is ${engineType} where ${column.type} was expected`);
  }
  return inner === bare ? read : (reader) => (reader.byte() === 1 ? null : read(reader));
}

const valueReaders: Readonly<
  Record<ColumnType, (engineType: string, known: KnownTexts) => ReadCell | undefined>
> = {
  text: textReader,
  number: numberReader,
  multivalue: (engineType) => {
    const element = unwrapped(engineType, 'Array');
    return element === engineType ? undefined : arrayReader(element);
  },
  time: timeReader,
};

function textReader(engineType: string, known: KnownTexts): ReadCell | undefined {
  if (engineType === 'String') return (reader) => reader.knownText(known);
  if (/^JSON(?:\(|$)/.test(engineType)) return readJsonText;
  if (engineType === 'Nothing') return () => null;
  return undefined;
}

const integerBytes: Readonly<Record<string, 1 | 2 | 4>> = { '8': 1, '16': 2, '32': 4 };

function numberReader(engineType: string): ReadCell | undefined {
  if (engineType === 'Float64') return (reader) => reader.float64();
  if (engineType === 'Float32') return (reader) => reader.float32();
  if (engineType === 'UInt64') return (reader) => reader.number64(false);
  if (engineType === 'Int64') return (reader) => reader.number64(true);
  if (engineType === 'Bool') return (reader) => reader.byte();
  if (engineType === 'Nothing') return () => null;
  const [, unsigned, bits = ''] = /^(U?)Int(8|16|32)$/.exec(engineType) ?? [];
  const bytes = integerBytes[bits];
  if (bytes === undefined) return undefined;
  return (reader) => reader.integer(bytes, unsigned === '');
}

function arrayReader(element: string): ReadCell | undefined {
  const bare = unwrapped(element, 'LowCardinality');
  const inner = unwrapped(bare, 'Nullable');
  const nullable = inner !== bare;
  if (inner !== 'String' && inner !== 'Nothing') return undefined;
  return (reader) => {
    const values: string[] = [];
    const count = reader.variableInteger();
    for (let at = 0; at < count; at++) {
      if (nullable && reader.byte() === 1) continue;
      values.push(reader.text());
    }
    return values.length === 0 ? null : values;
  };
}

const ticksPrecision = 7;

function timeReader(engineType: string): ReadCell | undefined {
  if (engineType === 'Nothing') return () => null;
  const [, precision] = /^DateTime64\((\d)/.exec(engineType) ?? [];
  if (precision === undefined) return undefined;
  const digits = Number(precision) - ticksPrecision;
  if (digits === 0) return (reader) => reader.signed64();
  const scale = 10n ** BigInt(Math.abs(digits));
  return digits < 0 ? (reader) => reader.signed64() * scale : (reader) => reader.signed64() / scale;
}
