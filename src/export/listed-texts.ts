import { ByteText } from '../core/byte-text.ts';
import { writeCell } from './cell-bytes.ts';
import type { TableForm } from './table-cell.ts';

export interface ListedForm {
  /** What stands in front of a member of a line. */
  readonly key: Buffer;
  readonly form: TableForm;
  /** Commas behind a cell of the table. */
  readonly commas: number;
}

/**
 * The texts that the engine lists once for all rows of a column, as members of a line and as cells of the table: written once, then
 * copied for each row.
 */
export class ListedTexts {
  readonly #written: ByteText;
  /** By text: where its member begins and its cell; behind the last, the end. */
  readonly #places: Int32Array;
  /** By text: 1 where the form changed the cell. */
  readonly #changed: Uint8Array;

  constructor(bytes: Buffer, starts: Int32Array, ends: Int32Array, { key, form, commas }: ListedForm) {
    const count = starts.length;
    const written = new ByteText(count * 128);
    this.#written = written;
    this.#places = new Int32Array(count * 2 + 1);
    this.#changed = new Uint8Array(count);
    for (let at = 0; at < count; at++) {
      const [start, end] = [starts[at] as number, ends[at] as number];
      this.#places[at * 2] = written.length;
      if (start >= 0) {
        written.copy(key, 0, key.length);
        written.json(bytes, start, end);
      }
      this.#places[at * 2 + 1] = written.length;
      if (start >= 0 && writeCell(bytes, start, end, form, written)) this.#changed[at] = 1;
      written.text(','.repeat(commas));
    }
    this.#places[count * 2] = written.length;
  }

  /** Writes a text with the key in front; nothing where it is none. */
  member(text: number, into: ByteText): void {
    into.copy(this.#written.bytes, this.#places[text * 2] as number, this.#places[text * 2 + 1] as number);
  }

  /** Writes its cell and the commas behind. Gives the number of cells that the form changed. */
  cell(text: number, into: ByteText): number {
    into.copy(
      this.#written.bytes,
      this.#places[text * 2 + 1] as number,
      this.#places[text * 2 + 2] as number,
    );
    return this.#changed[text] as number;
  }
}
