const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** A row's place in the bytes: `[start, end)` without its line end, and where the next row begins. */
export interface RowBorder {
  readonly kind: 'row';
  readonly end: number;
  readonly next: number;
  readonly hasQuotes: boolean;
}

/** `open`: the row's end is not in sight. `bad`: a closing quote is followed by other text, or there is none. */
export type RowScan =
  | RowBorder
  | { readonly kind: 'open' }
  | { readonly kind: 'bad'; readonly reason: string };

/**
 * Finds the end of the row that begins at `start` (RFC 4180): a cell that begins with a quote ends at the quote that is
 * not doubled, and may hold line feeds; a quote within a cell that does not begin with one is text.
 */
export function scanRow(bytes: Buffer, start: number, delimiter: number, last: boolean): RowScan {
  const feed = bytes.indexOf(LF, start);
  const lineEnd = feed < 0 ? bytes.length : feed;
  if (!hasByte(bytes, QUOTE, start, lineEnd)) {
    if (feed < 0 && !last) return { kind: 'open' };
    return rowTo(bytes, start, lineEnd, false);
  }
  let at = start;
  for (;;) {
    if (bytes[at] === QUOTE) {
      const close = closingQuote(bytes, at + 1);
      if (close < 0) return last ? { kind: 'bad', reason: 'a quote that is never closed' } : { kind: 'open' };
      at = close + 1;
      if (at >= bytes.length || (bytes[at] === CR && at + 1 >= bytes.length)) {
        return last ? rowTo(bytes, start, bytes.length, true) : { kind: 'open' };
      }
      if (bytes[at] === CR && bytes[at + 1] === LF) at++;
      else if (bytes[at] !== LF && bytes[at] !== delimiter) {
        return { kind: 'bad', reason: 'text behind a closing quote' };
      }
    } else while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LF) at++;
    if (at >= bytes.length) return last ? rowTo(bytes, start, bytes.length, true) : { kind: 'open' };
    if (bytes[at] === LF) return rowTo(bytes, start, at, true);
    at++;
    if (at >= bytes.length && !last) return { kind: 'open' };
  }
}

function rowTo(bytes: Buffer, start: number, feed: number, hasQuotes: boolean): RowBorder {
  const end = feed > start && bytes[feed - 1] === CR ? feed - 1 : feed;
  return { kind: 'row', end, next: Math.min(feed + 1, bytes.length), hasQuotes };
}

/** Index of the quote that ends a cell whose text begins at `from`; -1 where it is not in sight. */
function closingQuote(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (at >= 0 && bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2);
  return at;
}

function hasByte(bytes: Buffer, byte: number, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === byte) return true;
  return false;
}

/**
 * How a row's quotes are read: there are `none`; `strict`ly, as `scanRow` found them; or `lax`, where a quote closes a cell
 * only before a delimiter or the row's end, and one that nothing closes is text.
 */
export type Quotes = 'none' | 'strict' | 'lax';

/** The cells of a row, its text given; no more than `most`. */
export function cellsOf(row: string, delimiter: string, quotes: Quotes, most: number): string[] {
  if (quotes === 'none') return row.split(delimiter, most);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const close = row[at] === '"' ? closeOf(row, at + 1, delimiter, quotes) : -1;
    let end = close + 1;
    if (close >= 0) cells.push(row.slice(at + 1, close).replaceAll('""', '"'));
    else {
      end = row.indexOf(delimiter, at);
      if (end < 0) end = row.length;
      cells.push(row.slice(at, end));
    }
    if (end >= row.length || cells.length >= most) return cells;
    at = end + 1;
  }
}

function closeOf(row: string, from: number, delimiter: string, quotes: 'strict' | 'lax'): number {
  let close = row.indexOf('"', from);
  while (close >= 0) {
    const next = row[close + 1];
    if (next === undefined || next === delimiter) return close;
    close = row.indexOf('"', close + (next === '"' ? 2 : 1));
    if (quotes === 'strict' && next !== '"') return -1;
  }
  return -1;
}
