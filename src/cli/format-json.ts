import { formatTicks } from '../core/ticks.ts';
import type { Cell, Column } from '../store/store.ts';

function jsonCell(cell: Cell): unknown {
  if (typeof cell === 'bigint') return formatTicks(cell);
  if (typeof cell === 'number' && !Number.isFinite(cell)) return String(cell);
  return cell;
}

/**
 * A row as one line of JSON: an object of the fields that have a value; a multivalue field is an array, a time ISO 8601,
 * a number a number.
 */
export function jsonLine(columns: readonly Column[], row: readonly Cell[]): string {
  const members: [string, unknown][] = [];
  for (let at = 0; at < columns.length; at++) {
    const cell = row[at] ?? null;
    if (cell === null || (Array.isArray(cell) && cell.length === 0)) continue;
    members.push([(columns[at] as Column).name, jsonCell(cell)]);
  }
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}
