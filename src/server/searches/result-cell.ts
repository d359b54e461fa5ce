import { formatTicks } from '../../core/ticks.ts';
import { formatNumber } from '../../spl/number-text.ts';
import type { Cell } from '../../store/store.ts';
import type { ResultCell } from '../contracts/search.ts';

/** A cell as it crosses to the page. */
export function resultCell(cell: Cell): ResultCell {
  if (typeof cell === 'bigint') return formatTicks(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : formatNumber(cell);
  return Array.isArray(cell) ? [...(cell as readonly string[])] : (cell as string | null);
}
