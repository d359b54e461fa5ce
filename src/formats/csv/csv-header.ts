import { HEAD_BYTES } from '../format.ts';
import { cellsOf, scanRow } from './csv-row.ts';

/** How a table's text is laid out. */
export interface CsvLayout {
  readonly delimiter: string;
  /** Index of the header row: behind Excel's `sep=` line. */
  readonly start: number;
}

const delimiters = [',', '\t', ';'];
const ROWS_SEEN = 25;
/** The header of Splunk's export of `table _raw`: one column, which no other log begins with. */
const onlyRaw = /^(?:_raw|"_raw")\r?\n/;

/**
 * The layout of a table whose first row is a header, or undefined where the text does not look like one. Cautious, so that
 * a plain log with commas stays a log: the header's cells must look like names, and the rows below must have as many
 * cells (the Event Viewer's have one more). So a table without a header is read as lines of text.
 */
export function csvLayout(head: Uint8Array): CsvLayout | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const isAll = bytes.length < HEAD_BYTES;
  const said = /^sep=([,;\t])\r?\n/.exec(bytes.toString('latin1', 0, 8));
  const start = said ? said[0].length : 0;
  if (onlyRaw.test(bytes.toString('latin1', start, start + 16))) return { delimiter: ',', start };
  let best: CsvLayout | undefined;
  let most = 1;
  for (const delimiter of said ? [said[1] as string] : delimiters) {
    const columns = columnsOfTable(bytes, start, delimiter, isAll);
    if (columns > most) {
      best = { delimiter, start };
      most = columns;
    }
  }
  return best;
}

/** Number of columns of a table with a header; 0 where this delimiter makes none. */
function columnsOfTable(bytes: Buffer, start: number, delimiter: string, isAll: boolean): number {
  const rows: (readonly string[])[] = [];
  let bad = 0;
  for (let at = start; at < bytes.length && rows.length + bad <= ROWS_SEEN; ) {
    const scan = scanRow(bytes, at, delimiter.charCodeAt(0), isAll);
    if (scan.kind === 'open') break;
    if (scan.kind === 'bad') {
      if (rows.length === 0) return 0;
      bad++;
      const feed = bytes.indexOf(0x0a, at);
      if (feed < 0) break;
      at = feed + 1;
      continue;
    }
    if (scan.end > at)
      rows.push(
        cellsOf(bytes.toString('utf8', at, scan.end), delimiter, scan.hasQuotes ? 'strict' : 'none', 4096),
      );
    at = scan.next;
  }
  const [header, ...others] = rows;
  if (!header || !isHeader(header)) return 0;
  if (others.length === 0) return bad === 0 && header.length > 2 && header.every(isWord) ? header.length : 0;
  if (others.some((row) => row.some((cell, column) => cell !== '' && cell === header[column]))) return 0;
  const usual = others.filter((row) => isAsWide(row.length, header.length)).length;
  return usual >= 0.8 * (others.length + bad) ? header.length : 0;
}

function isAsWide(cells: number, columns: number): boolean {
  return Math.abs(cells - columns) <= Math.max(1, columns / 5);
}

function isHeader(cells: readonly string[]): boolean {
  if (cells.length < 2) return false;
  if (cells.length === 2 && !cells.every(isWord)) return false;
  if (new Set(cells).size < cells.length * 0.9) return false;
  return cells.every((cell, column) => isName(cell) || (cell === '' && column === 0));
}

const isWord = (text: string) => /^[\p{L}_@][\p{L}\p{N}_.@:-]*$/u.test(text);

/** Whether a cell may be a column's name: words, and nothing that values and messages have. */
function isName(text: string): boolean {
  if (text.length > 80 || !/\p{L}/u.test(text) || /^\s|^#/.test(text)) return false;
  if (/[=<>{}\r\n]|:\/\/|\d:\d\d|\d+\.\d+\.\d+|\d{4}-\d\d/.test(text)) return false;
  return text.trim().split(/\s+/).length <= 6;
}
