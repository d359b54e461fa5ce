import { jsonText } from '../core/terminal-text.ts';
import { formatTicks } from '../core/ticks.ts';
import { formatNumber } from '../spl/number-text.ts';
import type { Cell, Column } from '../store/store.ts';
import { epochText, isShownAsDate } from './cell-text.ts';

function jsonCell(cell: Exclude<Cell, null>, column: Column): string {
  if (typeof cell === 'bigint') return isShownAsDate(column) ? `"${formatTicks(cell)}"` : epochText(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? formatNumber(cell) : `"${formatNumber(cell)}"`;
  return jsonText(cell);
}

/**
 * A row as one line of JSON: an object of the fields that have a value; a multivalue field is an array, `_time` is
 * ISO 8601, any other time a number of epoch seconds, a number a number.
 */
export function jsonLine(columns: readonly Column[], row: readonly Cell[]): string {
  const members: string[] = [];
  for (const [at, column] of columns.entries()) {
    const cell = row[at] ?? null;
    if (cell === null || (Array.isArray(cell) && cell.length === 0)) continue;
    members.push(`${jsonText(column.name)}:${jsonCell(cell, column)}`);
  }
  return `{${members.join(',')}}`;
}
