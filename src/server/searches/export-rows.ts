import { setTimeout } from 'node:timers/promises';
import { csvHeader, csvRow } from '../../views/format-csv.ts';
import { jsonLine } from '../../views/format-json.ts';
import { breathing } from './breath.ts';
import type { SearchJob } from './search-job.ts';

const rowsAtOnce = 500;

/** Milliseconds between two looks for more rows of a search that runs. */
const pause = 100;

/**
 * All rows of a search as text, the rows that are still to come included. Fails where the search does, so that a file that
 * is cut short is not taken for whole.
 */
export async function* exportText(job: SearchJob, format: 'csv' | 'json'): AsyncGenerator<string> {
  // The columns of CSV stand in front of all rows, and are known when all are there.
  while (job.isRunning && (!job.file || format === 'csv')) await setTimeout(pause);
  const { file } = job;
  const breath = breathing();
  if (file && format === 'csv') yield `${csvHeader(file.columns)}\r\n`;
  for (let offset = 0; file; ) {
    const wasRunning = job.isRunning;
    const rows = await file.read(offset, rowsAtOnce);
    offset += rows.length;
    if (rows.length > 0) {
      const lines = rows.map((row) =>
        format === 'csv' ? `${csvRow(file.columns, row)}\r\n` : `${jsonLine(file.columns, row)}\n`,
      );
      yield lines.join('');
      await breath();
    } else if (wasRunning) await setTimeout(pause);
    else break;
  }
  const { state } = job.state();
  if (state !== 'done') throw new Error(`the search was ${state} before its end`);
}
