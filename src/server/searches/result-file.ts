import { type FileHandle, open, rm } from 'node:fs/promises';
import { formatTicks } from '../../core/ticks.ts';
import { formatNumber } from '../../spl/number-text.ts';
import { RowBinaryReader } from '../../store/row-binary-reader.ts';
import { RowBinaryWriter } from '../../store/row-binary-writer.ts';
import type { Cell, Column, ColumnType } from '../../store/store.ts';
import { writeCell } from '../../store/temporary-columns.ts';
import { breathing } from './breath.ts';

type Row = readonly Cell[];

/** Rows that are found and read at once. */
const groupSize = 32;

/**
 * The rows of a search, in a file, so that their number is not the memory's: rows in RowBinary, each with the number of its
 * cells in front, and in memory where each group of 32 begins. Rows that do not fill a group yet are kept in memory. Columns
 * may be added; rows from before have nothing there.
 */
export class ResultFile {
  readonly #path: string;
  #columns: readonly Column[] = [];
  readonly #file: FileHandle;
  /** Where each group begins, and at the end how long the file is. */
  readonly #starts: number[] = [0];
  #writer = new RowBinaryWriter();
  #tail: Row[] = [];

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  static async make(path: string): Promise<ResultFile> {
    return new ResultFile(path, await open(path, 'wx+', 0o600));
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  get rows(): number {
    return (this.#starts.length - 1) * groupSize + this.#tail.length;
  }

  get bytes(): number {
    return this.#starts.at(-1) ?? 0;
  }

  /**
   * Makes sure that there are the given columns, new ones behind the others, and gives the function that turns rows of the
   * given columns into rows of this file.
   */
  widen(columns: readonly Column[]): (row: Row) => Row {
    const known = new Set(this.#columns.map(({ name }) => name));
    const added = columns.filter(({ name }) => !known.has(name));
    if (added.length > 0) this.#columns = [...this.#columns, ...added];
    const places = this.#columns.map(({ name }) => columns.findIndex((column) => column.name === name));
    if (places.length === columns.length && places.every((place, at) => place === at)) {
      const isSame = this.#columns.every(({ type }, at) => type === columns[at]?.type);
      if (isSame) return (row) => row;
    }
    const wanted = this.#columns.map(({ type }) => type);
    return (row) => places.map((place, at) => cellAs(wanted[at] ?? 'text', row[place] ?? null));
  }

  /** Adds rows as `widen` makes them. One call at a time. */
  async append(block: readonly Row[]): Promise<void> {
    const rows = this.#tail.length === 0 ? block : [...this.#tail, ...block];
    const whole = rows.length - (rows.length % groupSize);
    const breath = breathing();
    const starts: number[] = [];
    const begin = this.bytes;
    this.#writer.clear();
    for (let at = 0; at < whole; at++) {
      this.#write(rows[at] as Row);
      if (at % groupSize !== groupSize - 1) continue;
      starts.push(begin + this.#writer.length);
      await breath();
    }
    await writeAll(this.#file, this.#writer.chunks(), begin);
    this.#tail = rows.slice(whole);
    for (const start of starts) this.#starts.push(start);
  }

  /** Rows in their order, from `offset` on. */
  async read(offset: number, limit: number): Promise<readonly Row[]> {
    const end = Math.min(offset + limit, this.rows);
    if (offset >= end) return [];
    const stored = this.#starts.length - 1;
    const first = Math.floor(offset / groupSize);
    const last = Math.min(Math.ceil(end / groupSize), stored);
    const tail = this.#tail;
    const rows = first < last ? await this.#groups(first, last) : [];
    if (end > stored * groupSize) rows.push(...tail.map(this.#whole));
    const before = Math.min(first, stored) * groupSize;
    return rows.slice(offset - before, end - before);
  }

  /** Rows by their numbers, in the order of these. */
  async pick(numbers: Uint32Array): Promise<readonly Row[]> {
    const groups = new Map<number, Promise<readonly Row[]>>();
    const picked: Row[] = [];
    for (const number of numbers) {
      const group = Math.floor(number / groupSize);
      const rows = groups.get(group) ?? this.read(group * groupSize, groupSize);
      groups.set(group, rows);
      picked.push((await rows)[number % groupSize] ?? []);
    }
    return picked;
  }

  /** All rows, a few thousand at a time; of one column only, where it is named by its place. */
  async *all(only?: number): AsyncGenerator<readonly Row[]> {
    const groups = this.#starts.length - 1;
    const step = 64;
    for (let at = 0; at < groups; at += step) yield await this.#groups(at, Math.min(at + step, groups), only);
    const tail =
      only === undefined ? this.#tail.map(this.#whole) : this.#tail.map((row) => [row[only] ?? null]);
    if (tail.length > 0) yield tail;
  }

  /** No more rows come: gives memory back. */
  settle(): void {
    this.#writer = new RowBinaryWriter();
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #groups(first: number, last: number, only?: number): Promise<Row[]> {
    const from = this.#starts[first] ?? 0;
    const bytes = Buffer.allocUnsafe((this.#starts[last] ?? from) - from);
    await readAll(this.#file, bytes, from);
    const reader = new RowBinaryReader(bytes);
    const rows: Row[] = [];
    const breath = breathing();
    while (!reader.atEnd) {
      rows.push(only === undefined ? this.#readRow(reader) : [this.#readOnly(reader, only)]);
      if (rows.length % groupSize === 0) await breath();
    }
    return rows;
  }

  #write(row: Row): void {
    this.#writer.variableInteger(row.length);
    for (let at = 0; at < row.length; at++)
      writeCell[(this.#columns[at] as Column).type](this.#writer, row[at] ?? null);
  }

  #readRow(reader: RowBinaryReader): Row {
    const cells = reader.variableInteger();
    return this.#columns.map(({ type }, at) => (at < cells ? readCell[type](reader) : null));
  }

  /** The row with nothing in the columns that came after it. */
  readonly #whole = (row: Row): Row =>
    row.length === this.#columns.length ? row : this.#columns.map((_, at) => row[at] ?? null);

  #readOnly(reader: RowBinaryReader, only: number): Cell {
    let wanted: Cell = null;
    const cells = reader.variableInteger();
    for (let at = 0; at < cells; at++) {
      const { type } = this.#columns[at] as Column;
      if (at === only) wanted = readCell[type](reader);
      else skipCell[type](reader);
    }
    return wanted;
  }
}

/** A cell as one of another type: parts of a result mostly agree on the types of columns. */
function cellAs(type: ColumnType, cell: Cell): Cell {
  if (cell === null) return null;
  if (type === 'multivalue') return Array.isArray(cell) ? cell : [textOf(cell)];
  if (type === 'text') return textOf(cell);
  return typeof cell === (type === 'time' ? 'bigint' : 'number') ? cell : null;
}

function textOf(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return formatNumber(cell);
  return typeof cell === 'bigint' ? formatTicks(cell) : cell.join('\n');
}

const readCell: Readonly<Record<ColumnType, (reader: RowBinaryReader) => Cell>> = {
  text: (reader) => (reader.byte() === 1 ? null : reader.text()),
  number: (reader) => (reader.byte() === 1 ? null : reader.float64()),
  time: (reader) => (reader.byte() === 1 ? null : reader.signed64()),
  multivalue: (reader) => {
    const count = reader.variableInteger();
    if (count === 0) return null;
    const values: string[] = [];
    for (let at = 0; at < count; at++) values.push(reader.text());
    return values;
  },
};

const skipEight = (reader: RowBinaryReader): void => {
  if (reader.byte() === 0) reader.skip(8);
};

const skipCell: Readonly<Record<ColumnType, (reader: RowBinaryReader) => void>> = {
  text: (reader) => {
    if (reader.byte() === 0) reader.skip(reader.variableInteger());
  },
  number: skipEight,
  time: skipEight,
  multivalue: (reader) => {
    for (let count = reader.variableInteger(); count > 0; count--) reader.skip(reader.variableInteger());
  },
};

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[], position: number): Promise<void> {
  let at = position;
  for (const chunk of chunks) {
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, done, chunk.length - done, at);
      done += bytesWritten;
      at += bytesWritten;
    }
  }
}

async function readAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new Error('the rows of a search are cut short');
    done += bytesRead;
  }
}
