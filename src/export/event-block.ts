import {
  type ColumnBlock,
  type ObjectsOfBlock,
  readColumnBlocks,
  type TextsOfBlock,
} from '../store/column-block.ts';
import { objectText } from '../store/json-cell.ts';
import type { Cell } from '../store/store.ts';
import { wholeEventColumns } from '../store/whole-event.ts';

/** Whole events that the engine gave at once, by column: `wholeEventColumns`. */
export class EventBlock {
  /** What the texts lie in. */
  readonly bytes: Buffer;
  readonly rows: number;
  readonly #columns: ColumnBlock['columns'];

  constructor({ bytes, rows, columns }: ColumnBlock) {
    if (columns.length !== wholeEventColumns.length)
      throw new Error(`${columns.length} columns came where whole events have ${wholeEventColumns.length}`);
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.rows = rows;
    this.#columns = columns;
  }

  /** A column of texts. */
  texts(column: number): TextsOfBlock {
    const found = this.#columns[column];
    if (found?.kind !== 'texts') throw this.#another(column);
    return found;
  }

  /** A column of times or whole numbers, none null: the lower half of each in front of the higher, since large integers cost more. */
  halves(column: number): Uint32Array {
    const found = this.#columns[column];
    if (found?.kind !== 'numbers' || found.nulls !== undefined) throw this.#another(column);
    const { buffer, byteOffset, length } = found.values;
    return new Uint32Array(buffer, byteOffset, length * 2);
  }

  /** Times of a column. */
  times(column: number): BigInt64Array {
    const found = this.#columns[column];
    if (found?.kind !== 'numbers') throw this.#another(column);
    return found.values;
  }

  /** The JSON column. */
  objects(column: number): ObjectsOfBlock {
    const found = this.#columns[column];
    if (found?.kind !== 'objects') throw this.#another(column);
    return found;
  }

  /** A text as a string; null where there is none. */
  text(column: number, row: number): string | null {
    const { starts, ends, places } = this.texts(column);
    const at = places === undefined ? row : (places[row] as number);
    const start = starts[at] as number;
    return start < 0 ? null : this.bytes.toString('utf8', start, ends[at]);
  }

  /** An event as rows of `wholeEventColumns` have it. */
  cells(row: number): readonly Cell[] {
    return this.#columns.map((_, at) => this.#cell(at, row));
  }

  #cell(column: number, row: number): Cell {
    const found = this.#columns[column];
    if (found?.kind === 'numbers') {
      const value = found.values[row] as bigint;
      return wholeEventColumns[column]?.type === 'time' ? value : Number(BigInt.asUintN(64, value));
    }
    return found?.kind === 'objects' ? objectText(found, row, this.bytes) : this.text(column, row);
  }

  #another(column: number): Error {
    return new Error(`${wholeEventColumns[column]?.name} came as ${this.#columns[column]?.kind}`);
  }
}

/** The blocks of events in what the engine gave. */
export function* eventBlocks(bytes: Uint8Array): Generator<EventBlock, void, undefined> {
  for (const block of readColumnBlocks(bytes)) yield new EventBlock(block);
}
