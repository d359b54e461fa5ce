import type { Cell } from '../../store/store.ts';
import { formatNumber } from '../number-text.ts';

/** A cell's value or values as the language prints them. */
export function cellValues(cell: Cell): string | readonly string[] | null {
  if (typeof cell === 'number') return formatNumber(cell);
  if (typeof cell === 'bigint') return secondsText(cell);
  return cell;
}

/** A cell as one text; several values with blanks between. */
export function cellText(cell: Cell): string | null {
  const values = cellValues(cell);
  return values === null || typeof values === 'string' ? values : values.join(' ');
}

/** Ticks as seconds since 1970, with no more digits than needed. */
function secondsText(ticks: bigint): string {
  const sign = ticks < 0n ? '-' : '';
  const digits = (ticks < 0n ? -ticks : ticks).toString().padStart(8, '0');
  const fraction = digits.slice(-7).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -7)}${fraction === '' ? '' : `.${fraction}`}`;
}
