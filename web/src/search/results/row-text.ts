import type { ResultCell } from '../../../../src/server/contracts/search.ts';

/** A cell as it is copied: the lines of a multivalue cell one below the other, byte for byte. */
export function cellText(cell: ResultCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return Array.isArray(cell) ? cell.join('\n') : String(cell);
}

/** Cells as a line that a spreadsheet takes: separated by tabs, quoted where a cell has tabs, quotes or lines. */
export function rowText(cells: readonly ResultCell[]): string {
  return cells
    .map(cellText)
    .map((text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join('\t');
}
