import { formatTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { formatNumber } from '../spl/number-text.ts';
import type { Cell, Column } from '../store/store.ts';

/** A moment as epoch seconds, with all digits of the fraction that it has. */
export function epochText(ticks: Ticks): string {
  const size = ticks < 0n ? -ticks : ticks;
  const fraction = (size % TICKS_PER_SECOND).toString().padStart(7, '0').replace(/0+$/, '');
  return `${ticks < 0n ? '-' : ''}${size / TICKS_PER_SECOND}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Whether a time is shown as a date. To the language a time is epoch seconds; only `_time` is shown otherwise. */
export function isShownAsDate(column: Column): boolean {
  return column.name === '_time';
}

/** The values of a cell as text; `_time` in ISO 8601 with all seven digits. */
export function cellValues(cell: Cell, column: Column): readonly string[] {
  if (cell === null) return [];
  if (typeof cell === 'string') return [cell];
  if (typeof cell === 'number') return [formatNumber(cell)];
  if (typeof cell === 'bigint') return [isShownAsDate(column) ? formatTicks(cell) : epochText(cell)];
  return cell;
}
