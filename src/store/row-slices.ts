import { unwrapped } from './engine-type.ts';
import { skipJson } from './json-cell.ts';
import { RowBinaryReader } from './row-binary-reader.ts';

type Skip = (reader: RowBinaryReader) => number;

interface SlicedColumn {
  readonly isNullable: boolean;
  /** Goes past a value and gives where its bytes begin. */
  readonly skip: Skip;
}

/**
 * Walks rows in the form RowBinaryWithNamesAndTypes and tells where the bytes of each cell lie, for who hands them on as they
 * are: texts are UTF-8, times and whole numbers eight bytes (little-endian), a JSON value what `copyJson` reads.
 */
export class RowSlices {
  readonly block: Buffer;
  /** By column, of the row at which `next` stopped: where the cell begins, and where it ends. Null begins at -1. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly #reader: RowBinaryReader;
  readonly #cellReader: RowBinaryReader;
  readonly #columns: readonly SlicedColumn[];
  readonly #headEnd: number;
  #rowStart = 0;

  constructor(block: Uint8Array) {
    this.block = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    this.#reader = new RowBinaryReader(block);
    this.#cellReader = new RowBinaryReader(block);
    const count = this.#reader.variableInteger();
    for (let at = 0; at < count; at++) this.#reader.skipText();
    this.#columns = Array.from({ length: count }, () => slicedColumn(this.#reader.text()));
    this.#headEnd = this.#reader.place;
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
  }

  /** Goes to the next row; false where there is none. */
  next(): boolean {
    const reader = this.#reader;
    if (reader.atEnd) return false;
    const columns = this.#columns;
    this.#rowStart = reader.place;
    for (let at = 0; at < columns.length; at++) {
      const { isNullable, skip } = columns[at] as SlicedColumn;
      this.starts[at] = isNullable && reader.byte() === 1 ? -1 : skip(reader);
      this.ends[at] = reader.place;
    }
    return true;
  }

  /** A block that has this row alone. */
  rowAlone(): Buffer {
    const end = this.#reader.place;
    return Buffer.concat([this.block.subarray(0, this.#headEnd), this.block.subarray(this.#rowStart, end)]);
  }

  /** A reader at the beginning of a cell that is not null, until it is asked for again. */
  readerAt(column: number): RowBinaryReader {
    this.#cellReader.seek(this.starts[column] as number);
    return this.#cellReader;
  }
}

function slicedColumn(engineType: string): SlicedColumn {
  const bare = unwrapped(engineType, 'LowCardinality');
  const inner = unwrapped(bare, 'Nullable');
  return { isNullable: inner !== bare, skip: skipOf(inner) };
}

function skipOf(type: string): Skip {
  if (type === 'String') return (reader) => reader.skipText();
  if (type === 'UInt64' || /^DateTime64\(7/.test(type)) return skipEight;
  if (/^JSON(?:\(|$)/.test(type)) return skipValue;
  throw new Error(`a column of the type ${type} has no slices`);
}

function skipEight(reader: RowBinaryReader): number {
  const start = reader.place;
  reader.skip(8);
  return start;
}

function skipValue(reader: RowBinaryReader): number {
  const start = reader.place;
  skipJson(reader);
  return start;
}
