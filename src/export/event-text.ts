import type { ByteText } from '../core/byte-text.ts';
import { copyObject } from '../store/json-cell.ts';
import { RowBinaryReader } from '../store/row-binary-reader.ts';
import { writeCell } from './cell-bytes.ts';
import type { EventBlock } from './event-block.ts';
import { cellColumns, cellNames, idColumn, othersColumn, rawColumn, typeOfCell } from './exported-event.ts';
import { ListedTexts } from './listed-texts.ts';
import { TimeWriter, writeWhole } from './number-text.ts';
import type { TableForm } from './table-cell.ts';

const [braceClose, quote, newline] = [...'}"\n'].map((sign) => sign.charCodeAt(0)) as [
  number,
  number,
  number,
];
/** What stands in front of each member of a line; every event has the first. */
const keys = cellNames.map((name, at) => Buffer.from(`${at === 0 ? '{' : ','}${JSON.stringify(name)}:`));
const rawKey = Buffer.from(',"_raw":');
const othersKey = Buffer.from(',"fields":');
const rowEnd = Buffer.from('\r\n');
const commas = Buffer.alloc(cellNames.length, ',');

/** Bytes of a text within others, until these are changed. */
export interface Slice {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A column that some event of the block has a value in. */
interface Part {
  readonly key: Buffer;
  /** Commas behind the cell: one, and one more for each column without values that follows. */
  readonly commas: number;
  readonly values: Values;
}

type Values =
  | { readonly kind: 'listed'; readonly texts: ListedTexts; readonly places: ArrayLike<number> }
  | { readonly kind: 'texts'; readonly starts: Int32Array; readonly ends: Int32Array }
  | { readonly kind: 'times'; readonly halves: Uint32Array; readonly writer: TimeWriter }
  | { readonly kind: 'wholes'; readonly halves: Uint32Array };

/** Writes the events of a block as lines, rows of the table, and raw texts. */
export class EventText {
  readonly #block: EventBlock;
  readonly #form: TableForm;
  readonly #parts: readonly Part[];
  readonly #raw: { readonly starts: Int32Array; readonly ends: Int32Array };
  readonly #id: { readonly starts: Int32Array; readonly ends: Int32Array };
  readonly #reader: RowBinaryReader;

  constructor(block: EventBlock, form: TableForm) {
    this.#block = block;
    this.#form = form;
    this.#raw = block.texts(rawColumn);
    this.#id = block.texts(idColumn);
    this.#reader = new RowBinaryReader(block.bytes);
    const filled = cellColumns.flatMap((column, at) => (isEmpty(block, column, at) ? [] : [at]));
    this.#parts = filled.map((at, index) => {
      const following = filled[index + 1] ?? cellNames.length;
      return this.#part(at, following - at);
    });
  }

  #part(at: number, after: number): Part {
    const block = this.#block;
    const column = cellColumns[at] as number;
    const key = keys[at] as Buffer;
    const writer = timeWriters[at];
    if (writer !== undefined)
      return { key, commas: after, values: { kind: 'times', halves: block.halves(column), writer } };
    if (typeOfCell(at) === 'number')
      return { key, commas: after, values: { kind: 'wholes', halves: block.halves(column) } };
    const { starts, ends, places } = block.texts(column);
    if (places === undefined) return { key, commas: after, values: { kind: 'texts', starts, ends } };
    const texts = new ListedTexts(block.bytes, starts, ends, { key, form: this.#form, commas: after });
    return { key, commas: after, values: { kind: 'listed', texts, places } };
  }

  /** Writes an event as an object and a line end. Gives the object of its other fields as it lies in `into`. */
  line(row: number, into: ByteText): Slice {
    const block = this.#block.bytes;
    for (const { key, values } of this.#parts) {
      switch (values.kind) {
        case 'listed':
          values.texts.member(values.places[row] as number, into);
          break;
        case 'texts': {
          const start = values.starts[row] as number;
          if (start < 0) break;
          into.copy(key, 0, key.length);
          into.json(block, start, values.ends[row] as number);
          break;
        }
        case 'times':
          into.copy(key, 0, key.length);
          into.byte(quote);
          values.writer.write(values.halves, row, into);
          into.byte(quote);
          break;
        case 'wholes':
          into.copy(key, 0, key.length);
          writeWhole(values.halves, row, into);
          break;
      }
    }
    into.copy(rawKey, 0, rawKey.length);
    into.json(block, this.#raw.starts[row] as number, this.#raw.ends[row] as number);
    into.copy(othersKey, 0, othersKey.length);
    const start = into.length;
    copyObject(this.#block.objects(othersColumn), row, this.#reader, { block, into });
    const end = into.length;
    into.byte(braceClose);
    into.byte(newline);
    return { bytes: into.bytes, start, end };
  }

  /** Writes an event as a row of the table; `others` is the object that `line` wrote. Gives the number of cells that the form changed. */
  cells(row: number, others: Slice, into: ByteText): number {
    const block = this.#block.bytes;
    let changed = 0;
    for (const { values, commas: after } of this.#parts) {
      switch (values.kind) {
        case 'listed':
          changed += values.texts.cell(values.places[row] as number, into);
          continue;
        case 'texts': {
          const start = values.starts[row] as number;
          if (start >= 0 && writeCell(block, start, values.ends[row] as number, this.#form, into)) changed++;
          break;
        }
        case 'times':
          values.writer.write(values.halves, row, into);
          break;
        case 'wholes':
          writeWhole(values.halves, row, into);
          break;
      }
      into.copy(commas, 0, after);
    }
    // An object begins no formula.
    writeCell(others.bytes, others.start, others.end, this.#form, into);
    into.copy(rowEnd, 0, rowEnd.length);
    return changed;
  }

  /** Writes the key and the object of the other fields, which `line` wrote: what the Parquet file is made of besides the store. */
  others(row: number, others: Slice, into: ByteText): void {
    into.counted(this.#block.bytes, this.#id.starts[row] as number, this.#id.ends[row] as number);
    into.counted(others.bytes, others.start, others.end);
  }

  /** Writes the raw text and a line end. */
  raw(row: number, into: ByteText): void {
    into.copy(this.#block.bytes, this.#raw.starts[row] as number, this.#raw.ends[row] as number);
    into.byte(newline);
  }
}

/** Most fields that have columns of their own are in no event of a block. */
function isEmpty(block: EventBlock, column: number, at: number): boolean {
  if (typeOfCell(at) !== 'text') return false;
  const { starts, places } = block.texts(column);
  // The engine may list a text that no row has.
  for (let row = 0; row < block.rows; row++) {
    const at = places === undefined ? row : (places[row] as number);
    if ((starts[at] as number) >= 0) return false;
  }
  return true;
}

const timeWriters = cellNames.map((_, at) => (typeOfCell(at) === 'time' ? new TimeWriter() : undefined));
