import { fault } from '../../core/fault.ts';
import type { ReadLimits } from '../../core/limits.ts';
import { HEAD_BYTES } from '../format.ts';
import { tooLong } from '../line-cutter.ts';
import type { ReadItem, RowRecord } from '../record.ts';
import type { RecordCutter, Stretch } from '../record-cutter.ts';
import { splunkRowItems } from '../splunk-export.ts';
import { csvLayout } from './csv-header.ts';
import { cellsOf, type Quotes, scanRow } from './csv-row.ts';

const LF = 0x0a;
const CR = 0x0d;
/** A row of more cells is no row of a log: 16 MiB of commas would be as many named cells. */
const CELLS_MOST = 20_000;

/**
 * Rows of a table with a header. Where a row's quotes do not pair, its first line is read as a row by itself, behind a
 * fault, and reading goes on with the next line.
 */
export function csvCutter(limits: ReadLimits): RecordCutter {
  return new CsvCutter(limits);
}

class CsvCutter implements RecordCutter {
  private readonly limits: ReadLimits;
  private delimiter: string | undefined;
  private columns: readonly string[] | undefined;
  private isSplunk = false;
  private rows = 0;
  private headerOffset = 0;
  /** Where the line began that is too long and passed over. */
  private skipped: number | undefined;

  constructor(limits: ReadLimits) {
    this.limits = limits;
  }

  read(stretch: Stretch, items: ReadItem[]): number {
    const { bytes, offset, last } = stretch;
    const { recordBytes } = this.limits;
    let at = 0;
    if (this.delimiter === undefined) {
      const layout = csvLayout(bytes.subarray(0, HEAD_BYTES));
      this.delimiter = layout?.delimiter ?? ',';
      at = layout?.start ?? 0;
      this.headerOffset = offset + at;
    }
    while (at < bytes.length) {
      if (this.skipped !== undefined) {
        const feed = bytes.indexOf(LF, at);
        if (feed < 0 && !last) return bytes.length;
        this.endSkipped(offset + (feed < 0 ? bytes.length : feed), items);
        at = feed < 0 ? bytes.length : feed + 1;
        continue;
      }
      // No further than a row may reach, with its line end: so a quote without its pair costs no more than that.
      const full = bytes.length - at > recordBytes + 2;
      const part = full ? bytes.subarray(0, at + recordBytes + 2) : bytes;
      const scan = scanRow(part, at, this.delimiter.charCodeAt(0), last && !full);
      if (scan.kind === 'row' && scan.end - at <= recordBytes) {
        if (scan.end > at) this.readRow(stretch, at, scan.end, scan.hasQuotes ? 'strict' : 'none', items);
        at = scan.next;
        continue;
      }
      if (scan.kind === 'open' && !full) return at;
      const feed = bytes.indexOf(LF, at);
      if (feed < 0 && !last && bytes.length - at <= recordBytes + 1) return at;
      const lineEnd = feed < 0 ? bytes.length : feed;
      const end = lineEnd > at && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
      if (end - at > recordBytes || (feed < 0 && !last)) {
        this.skipped = offset + at;
        continue;
      }
      const reason =
        scan.kind === 'bad' ? scan.reason : `a quote that is not closed within ${recordBytes} bytes`;
      items.push(fault('bad-syntax', `a row with ${reason}`, offset + at, end - at));
      this.readRow(stretch, at, end, 'lax', items);
      at = Math.min(lineEnd + 1, bytes.length);
    }
    if (last) this.end(stretch, items);
    return bytes.length;
  }

  private readRow({ bytes, offset }: Stretch, start: number, end: number, quotes: Quotes, items: ReadItem[]) {
    const raw = bytes.toString('utf8', start, end);
    const cells = cellsOf(raw, this.delimiter as string, quotes, CELLS_MOST + 1);
    if (cells.length > CELLS_MOST) {
      this.rows++;
      items.push(fault('too-large', `a row of more than ${CELLS_MOST} cells`, offset + start, end - start));
      return;
    }
    if (!this.columns) {
      this.columns = columnNames(cells);
      this.isSplunk = this.columns.includes('_raw');
      return;
    }
    this.rows++;
    const row: RowRecord = { kind: 'row', cells: named(cells, this.columns), raw, offset: offset + start };
    const found = this.isSplunk ? splunkRowItems(row, this.limits) : undefined;
    if (!found) items.push(row);
    else for (const item of found) items.push(item);
  }

  private endSkipped(end: number, items: ReadItem[]): void {
    if (this.skipped === undefined) return;
    this.rows++;
    items.push(tooLong('row', this.skipped, end - this.skipped, this.limits));
    this.skipped = undefined;
  }

  private end({ bytes, offset }: Stretch, items: ReadItem[]): void {
    this.endSkipped(offset + bytes.length, items);
    if (this.columns && this.rows === 0) {
      items.push(
        fault('empty', 'a header and no rows', this.headerOffset, offset + bytes.length - this.headerOffset),
      );
    }
  }
}

/** Names of columns: one without a name, or with the name of one before it, is `column N` (from 1). */
function columnNames(cells: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return cells.map((cell, at) => {
    const trimmed = cell.trim();
    const name = trimmed === '' || seen.has(trimmed) ? columnName(at) : trimmed;
    seen.add(name);
    return name;
  });
}

const columnName = (at: number) => `column ${at + 1}`;

function named(cells: readonly string[], columns: readonly string[]): Readonly<Record<string, string>> {
  const row: Record<string, string> = {};
  for (let at = 0; at < cells.length; at++) {
    const name = columns[at] ?? columnName(at);
    // Assigned, `__proto__` would set the prototype and lose the cell.
    if (name === '__proto__') Object.defineProperty(row, name, { value: cells[at], enumerable: true });
    else row[name] = cells[at] as string;
  }
  return row;
}
