import { formatTicks } from '../core/ticks.ts';
import type { Cell } from '../store/store.ts';

/** A number as the language prints it: 15 significant digits, no trailing zeros, whole numbers without a point. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e21
    ? value.toFixed(0)
    : String(Number(value.toPrecision(15)));
}

/** One value of a cell as text for people and for CSV; times in ISO 8601 with all seven digits. */
export function cellValues(cell: Cell): readonly string[] {
  if (cell === null) return [];
  if (typeof cell === 'string') return [cell];
  if (typeof cell === 'number') return [numberText(cell)];
  if (typeof cell === 'bigint') return [formatTicks(cell)];
  return cell;
}
