import { fileText } from '../core/terminal-text.ts';
import type { Cell, Column } from '../store/store.ts';
import { cellValues } from './cell-text.ts';

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a spreadsheet takes for the beginning of a formula; a Japanese one takes the wide forms, too. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A CSV cell (RFC 4180). A spreadsheet would run a text that begins with `=`, `+`, `-`, `@`, a tab or a line end as a
 * formula, and command lines are written by attackers: such a text gets an apostrophe in front, unless it is a number. What
 * a terminal would obey is made visible (`fileText`). A semicolon is quoted, since some countries' spreadsheets divide there.
 */
function csvCell(text: string): string {
  const safe = fileText(formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text);
  return /[",;\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The header line, without its line end. */
export function csvHeader(columns: readonly Column[]): string {
  return columns.map((column) => csvCell(column.name)).join(',');
}

/** A row, without its line end. The values of a multivalue field are joined with line feeds. */
export function csvRow(columns: readonly Column[], row: readonly Cell[]): string {
  return columns.map((column, at) => csvCell(cellValues(row[at] ?? null, column).join('\n'))).join(',');
}
