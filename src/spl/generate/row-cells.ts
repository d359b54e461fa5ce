import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { plainGuid } from '../../lineage/start-key.ts';
import type { Cell, Column } from '../../store/store.ts';
import { cellText } from './cell-text.ts';

/** Reads cells of rows by the names of their columns; a column that is not there reads as absent. */
export class RowCells {
  readonly #places: ReadonlyMap<string, number>;

  constructor(columns: readonly Column[]) {
    this.#places = new Map(columns.map(({ name }, at) => [name, at]));
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** The text of a cell; several values with blanks between. Empty text is absent. */
  text(row: readonly Cell[], name: string): string | undefined {
    const place = this.#places.get(name);
    const text = place === undefined ? null : cellText(row[place] ?? null);
    return text === null || text === '' ? undefined : text;
  }

  /** The text of a cell, without the words that sensors write for "nothing". */
  said(row: readonly Cell[], name: string): string | undefined {
    const text = this.text(row, name);
    return text === undefined || /^(-|n\/a|<unknown process>)$/i.test(text) ? undefined : text;
  }

  /** A process id in decimal or, with 0x in front, in hexadecimal. */
  processId(row: readonly Cell[], name: string): number | undefined {
    const text = this.text(row, name);
    return text !== undefined && /^(0x[0-9a-f]{1,16}|\d{1,15})$/i.test(text) ? Number(text) : undefined;
  }

  /** A GUID in lower case without braces. */
  guid(row: readonly Cell[], name: string): string | undefined {
    const text = this.text(row, name);
    return text === undefined ? undefined : plainGuid(text);
  }

  /** A time, epoch seconds or an ISO 8601 text. */
  time(row: readonly Cell[], name: string): Ticks | undefined {
    const place = this.#places.get(name);
    const cell = place === undefined ? null : (row[place] ?? null);
    if (typeof cell === 'bigint') return cell;
    const text = cellText(cell);
    if (text === null) return undefined;
    const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d*))?$/.exec(text) ?? [];
    if (whole === undefined) return parseIsoTicks(text);
    return BigInt(whole) * TICKS_PER_SECOND + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  }
}
