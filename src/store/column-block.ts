import { unwrapped } from './engine-type.ts';
import { RowBinaryReader } from './row-binary-reader.ts';

/** Texts of a column: by row, or by the place that `places` gives for a row, where the bytes begin and end. Null begins at -1. */
export interface TextsOfBlock {
  readonly kind: 'texts';
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Where the engine gives each text once. */
  readonly places: Uint8Array | Uint16Array | Uint32Array | undefined;
}

/** Whole numbers or times of a column, by row. */
export interface NumbersOfBlock {
  readonly kind: 'numbers';
  /** Of a UInt64 its bits. */
  readonly values: BigInt64Array;
  /** 1 where there is no value. */
  readonly nulls: Uint8Array | undefined;
}

/** Objects of a JSON column: members of all rows, one after another. */
export interface ObjectsOfBlock {
  readonly kind: 'objects';
  /** By row: how many members it and those before it have. */
  readonly counts: Uint32Array;
  /** By member: where its key, and where its value lies, the type of the value in front (`json-cell.ts`). */
  readonly keys: TextsOfBlock;
  readonly values: TextsOfBlock;
}

type ColumnOfBlock = TextsOfBlock | NumbersOfBlock | ObjectsOfBlock;

/** Rows that the engine gave at once, as columns. */
export interface ColumnBlock {
  /** What the texts lie in. */
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: readonly ColumnOfBlock[];
}

/**
 * Reads what `Store.columnBlocks` gives: ClickHouse's Native form, of texts, of Int64, UInt64 and DateTime64, and of JSON without
 * paths of their own. The texts stay where they are; numbers are copied. Another type is an error of ours. Source: ClickHouse,
 * `NativeWriter`, `SerializationLowCardinality` and `SerializationObject`.
 */
export function* readColumnBlocks(bytes: Uint8Array): Generator<ColumnBlock, void, undefined> {
  const reader = new RowBinaryReader(bytes);
  while (!reader.atEnd) {
    const count = reader.variableInteger();
    const rows = reader.variableInteger();
    const columns: ColumnOfBlock[] = [];
    for (let at = 0; at < count; at++) {
      const name = reader.text();
      columns.push(readColumn(bytes, reader, name, rows));
    }
    if (rows > 0) yield { bytes, rows, columns };
  }
}

function readColumn(bytes: Uint8Array, reader: RowBinaryReader, name: string, rows: number): ColumnOfBlock {
  const type = reader.text();
  const listed = unwrapped(type, 'LowCardinality');
  const inner = unwrapped(listed, 'Nullable');
  const isNullable = inner !== listed;
  if (inner === 'String')
    return listed === type
      ? readTexts(reader, rows, isNullable ? take(bytes, reader, rows) : undefined)
      : readListed(bytes, reader, rows, isNullable);
  if (listed === type && (/^U?Int64$/.test(inner) || /^DateTime64\(7/.test(inner))) {
    const nulls = isNullable ? take(bytes, reader, rows) : undefined;
    return { kind: 'numbers', values: new BigInt64Array(take(bytes, reader, rows * 8).buffer), nulls };
  }
  if (type === 'JSON(max_dynamic_paths=0)') return readObjects(bytes, reader, rows);
  throw new Error(`column ${name} is ${type}, of which no columns are read`);
}

function readTexts(reader: RowBinaryReader, count: number, nulls: Uint8Array | undefined): TextsOfBlock {
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const start = reader.skipText();
    starts[at] = nulls?.[at] === 1 ? -1 : start;
    ends[at] = reader.place;
  }
  return { kind: 'texts', starts, ends, places: undefined };
}

/** Bits of the flags in front of a list of texts: how wide places in it are, and whether the texts lie elsewhere. */
const widthBits = 0xffn;
const elsewhere = 0x100n;

const listReaders = [Uint8Array, Uint16Array, Uint32Array] as const;

/** Each text once, then a place among these for each row. Of what may be null, the first text stands for null. */
function readListed(
  bytes: Uint8Array,
  reader: RowBinaryReader,
  rows: number,
  isNullable: boolean,
): TextsOfBlock {
  if (rows === 0) return readTexts(reader, 0, undefined);
  const version = reader.unsigned64();
  const flags = reader.unsigned64();
  const List = listReaders[Number(flags & widthBits)];
  if (version !== 1n || (flags & elsewhere) !== 0n || List === undefined)
    throw new Error(`a list of texts of version ${version} with flags ${flags} is not read`);
  const texts = readTexts(reader, reader.number64(false), undefined);
  if (isNullable) texts.starts[0] = -1;
  if (reader.number64(false) !== rows) throw new Error('a list of texts is not of the rows of its block');
  const places = new List(take(bytes, reader, rows * List.BYTES_PER_ELEMENT).buffer);
  return { ...texts, places };
}

/** Version of the form of objects in which the members of all rows follow the counts, where no path has a column of its own. */
const objectVersion = 0n;

function readObjects(bytes: Uint8Array, reader: RowBinaryReader, rows: number): ObjectsOfBlock {
  const counts = new Uint32Array(rows);
  if (rows > 0) {
    const version = reader.unsigned64();
    const [most, own] = [reader.variableInteger(), reader.variableInteger()];
    if (version !== objectVersion || most !== 0 || own !== 0)
      throw new Error(`objects of version ${version} with ${own} of ${most} paths of their own are not read`);
    // Whole numbers of eight bytes; a block has far fewer members.
    const words = new Uint32Array(take(bytes, reader, rows * 8).buffer);
    for (let row = 0; row < rows; row++) counts[row] = words[row * 2] as number;
  }
  const members = counts[rows - 1] ?? 0;
  const keys = readTexts(reader, members, undefined);
  return { kind: 'objects', counts, keys, values: readTexts(reader, members, undefined) };
}

/** A copy of the next bytes, which begins where numbers of any width may. */
function take(bytes: Uint8Array, reader: RowBinaryReader, count: number): Uint8Array<ArrayBuffer> {
  const from = reader.place;
  if (from + count > bytes.length) throw new RangeError('a column goes past the end of the block');
  reader.skip(count);
  // A Buffer's own `slice` copies nothing.
  return Uint8Array.prototype.slice.call(bytes, from, from + count) as Uint8Array<ArrayBuffer>;
}
