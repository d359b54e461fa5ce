import { terminalText } from '../core/terminal-text.ts';
import type { Cell, Column } from '../store/store.ts';
import { cellValues, isShownAsDate } from '../views/cell-text.ts';
import { clockText } from '../views/clock-text.ts';
import { columnWidth } from './column-width.ts';

/** Columns narrower than this are never made narrower to fit a terminal. */
const narrowest = 12;

function cellLines(cell: Cell, column: Column, timezone: string): string[] {
  if (typeof cell === 'bigint' && isShownAsDate(column)) return [clockText(cell, timezone)];
  return cellValues(cell, column).map((value) => terminalText(value));
}

/** A rule below a header says where a column is; it need not be as long as the longest tree line. */
const longestRule = 80;

/** One cell of a megabyte must not fill every other row with as many blanks: wider ones push what follows aside. */
const longestAlignment = 200;

/** Cuts a text into pieces that are at most `width` columns wide. */
function wrap(text: string, width: number): string[] {
  if (columnWidth(text) <= width) return [text];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of text) {
    const wide = columnWidth(character);
    if (used + wide > width && piece !== '') {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += wide;
  }
  pieces.push(piece);
  return pieces;
}

/**
 * Widths that fit in `available` columns: what is fixed (times, numbers) and what is narrower than its share keeps its
 * natural width, the others share the rest alike. Where `available` is undefined none is narrowed to fit.
 */
function narrowed(
  natural: readonly number[],
  fixed: readonly boolean[],
  available: number | undefined,
): readonly number[] {
  if (available === undefined) return natural.map((width) => Math.min(width, longestAlignment));
  let rest = available - 2 * (natural.length - 1);
  const open = new Set<number>();
  for (const [at, width] of natural.entries()) {
    if (fixed[at]) rest -= width;
    else open.add(at);
  }
  for (const at of [...open].sort((one, other) => (natural[one] ?? 0) - (natural[other] ?? 0))) {
    const width = natural[at] ?? 0;
    if (width > Math.max(narrowest, Math.floor(rest / open.size))) break;
    open.delete(at);
    rest -= width;
  }
  const share = Math.max(narrowest, Math.floor(rest / Math.max(1, open.size)));
  return natural.map((width, at) => (open.has(at) ? Math.min(width, share) : width));
}

/** How a table is shown: wrapped to `width` columns; `_time` on the clock of `timezone` (an IANA name, default UTC). */
export interface TableStyle {
  readonly width?: number;
  readonly timezone?: string;
}

/** A table whose widths are settled: its header, and the lines of each row. All texts end with a line feed. */
export interface TableLayout {
  readonly header: string;
  rowText(row: readonly Cell[]): string;
}

/**
 * Lays out a table for a terminal by its first rows: a header, a rule, and each value of a multivalue field on a line of
 * its own. Text is made safe (`terminalText`). With a width, long cells are wrapped so that rows fit where possible;
 * nothing is cut off: a later row that is wider than its column pushes the next one aside. A table of one column is not
 * wrapped, so that trees keep their shape.
 */
export function tableLayout(
  columns: readonly Column[],
  sample: readonly (readonly Cell[])[],
  style: TableStyle = {},
): TableLayout {
  const { width, timezone = 'UTC' } = style;
  const names = columns.map((column) => terminalText(column.name));
  const natural = names.map((name, at) =>
    sample.reduce(
      (most, row) =>
        cellLines(row[at] ?? null, columns[at] as Column, timezone).reduce(
          (wide, line) => Math.max(wide, columnWidth(line)),
          most,
        ),
      columnWidth(name),
    ),
  );
  const single = columns.length === 1;
  const fixed = columns.map(({ type }) => type === 'time' || type === 'number');
  const widths = single ? natural : narrowed(natural, fixed, width);
  const lineOf = (texts: readonly string[]) =>
    `${texts
      .map((text, at) => {
        const blanks = ' '.repeat(Math.max(0, (widths[at] ?? 0) - columnWidth(text)));
        return columns[at]?.type === 'number' ? blanks + text : text + blanks;
      })
      .join('  ')
      .trimEnd()}\n`;
  return {
    header: lineOf(names) + lineOf(widths.map((wide) => '-'.repeat(Math.min(wide, longestRule)))),
    rowText(row) {
      const cells = columns.map((column, at) => {
        const lines = cellLines(row[at] ?? null, column, timezone);
        return single || width === undefined ? lines : lines.flatMap((line) => wrap(line, widths[at] ?? 1));
      });
      const height = Math.max(1, ...cells.map((lines) => lines.length));
      let text = '';
      for (let at = 0; at < height; at++) text += lineOf(cells.map((lines) => lines[at] ?? ''));
      return text;
    },
  };
}
