import type { Ticks } from '../core/ticks.ts';
import type { Cell } from '../store/store.ts';

/** Cells of the ledger's own queries as what they are known to be; null and absent give the empty value. */
export function cellText(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

export function cellNumber(cell: Cell | undefined): number {
  return typeof cell === 'number' ? cell : 0;
}

export function cellTime(cell: Cell | undefined): Ticks | null {
  return typeof cell === 'bigint' ? cell : null;
}

export function cellTexts(cell: Cell | undefined): readonly string[] {
  return Array.isArray(cell) ? cell : [];
}

export function cellNumbers(cell: Cell | undefined): readonly number[] {
  return cellTexts(cell).map(Number);
}
