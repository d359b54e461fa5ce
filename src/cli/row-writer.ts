import type { Cell, Column } from '../store/store.ts';
import { csvHeader, csvRow } from '../views/format-csv.ts';
import { jsonLine } from '../views/format-json.ts';
import { type TableLayout, type TableStyle, tableLayout } from './format-table.ts';
import { writeOut } from './write-out.ts';

type Rows = readonly (readonly Cell[])[];

/** Writes blocks of rows in one form. `end` must be called after the last block. */
export interface RowWriter {
  write(rows: Rows): Promise<void>;
  end(): Promise<void>;
}

/** Rows that settle a table's widths before the first one is shown. */
const sampleSize = 2_000;

/** The writer for a form of output. */
export function rowWriter(
  form: 'table' | 'json' | 'csv',
  columns: readonly Column[],
  out: NodeJS.WritableStream,
  style: TableStyle = {},
): RowWriter {
  return form === 'table' ? tableWriter(columns, out, style) : lineWriter(form, columns, out);
}

function lineWriter(form: 'json' | 'csv', columns: readonly Column[], out: NodeJS.WritableStream): RowWriter {
  let begun = form === 'json';
  const begin = async () => {
    if (!begun) await writeOut(out, `${csvHeader(columns)}\r\n`);
    begun = true;
  };
  return {
    async write(rows) {
      await begin();
      const lines = rows.map((row) =>
        form === 'json' ? `${jsonLine(columns, row)}\n` : `${csvRow(columns, row)}\r\n`,
      );
      await writeOut(out, lines.join(''));
    },
    end: begin,
  };
}

function tableWriter(columns: readonly Column[], out: NodeJS.WritableStream, style: TableStyle): RowWriter {
  let table: TableLayout | undefined;
  let waiting: (readonly Cell[])[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    let text = '';
    if (!table) {
      table = tableLayout(columns, waiting.slice(0, sampleSize), style);
      text += table.header;
    }
    for (const row of waiting) text += table.rowText(row);
    waiting = [];
    await writeOut(out, text);
  };
  return {
    async write(rows) {
      waiting = waiting.concat(rows);
      if (table || waiting.length >= sampleSize) await flush();
    },
    end: flush,
  };
}
