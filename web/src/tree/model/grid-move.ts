import { type RowArrays, rowKinds } from './row-buffer.ts';

/** A key press in the grid that only moves: which row is current afterwards; `undefined` for other keys. */
export function moveByKey(rows: RowArrays, row: number, key: string, page: number): number | undefined {
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return stepTo(rows, Math.min(last, row + 1), 1);
    case 'ArrowUp':
      return stepTo(rows, Math.max(0, row - 1), -1);
    case 'Home':
      return stepTo(rows, 0, 1);
    case 'End':
      return stepTo(rows, last, -1);
    case 'PageDown':
      return stepTo(rows, Math.min(last, row + page), -1);
    case 'PageUp':
      return stepTo(rows, Math.max(0, row - page), 1);
    default:
      return undefined;
  }
}

/** Section lines are passed over. */
function stepTo(rows: RowArrays, row: number, step: number): number {
  let at = row;
  while (rows.kind[at] === rowKinds.section && at + step >= 0 && at + step < rows.length) at += step;
  return rows.kind[at] === rowKinds.section ? at - step : at;
}

/** The next row, from the one after `row` on and around, whose name begins with the letters. */
export function typeAhead(
  rows: RowArrays,
  row: number,
  letters: string,
  nameOf: (row: number) => string,
): number | undefined {
  const sought = letters.toLowerCase();
  // While letters are added, the current row may still be the one.
  const from = letters.length > 1 ? 0 : 1;
  for (let step = from; step < rows.length + from; step += 1) {
    const at = (row + step) % rows.length;
    if (rows.kind[at] !== rowKinds.section && nameOf(at).toLowerCase().startsWith(sought)) return at;
  }
  return undefined;
}

/** The nearest of the positions after (or before) one, around the end. */
export function nextOf(positions: readonly number[], at: number, back: boolean): number | undefined {
  if (positions.length === 0) return undefined;
  if (back) return positions.findLast((each) => each < at) ?? positions.at(-1);
  return positions.find((each) => each > at) ?? positions[0];
}
