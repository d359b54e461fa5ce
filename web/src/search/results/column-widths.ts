import type { ResultColumn } from '../../../../src/server/contracts/search.ts';
import type { ResultRow } from './use-rows.ts';

export const narrowest = 48;
const widest = 420;
/** Width of a character of the row's mono face, in pixels. */
const character = 6.95;
const padding = 22;

/** Columns of the whole text of a tree or an event take what is left. */
const broad = /^(_raw|tree|CommandLine|process|ParentCommandLine|Message)$/;

/** A first width for each column, from its name and the values of some rows. */
export function firstWidths(columns: readonly ResultColumn[], rows: readonly ResultRow[]): readonly number[] {
  return columns.map((column, at) => {
    if (column.type === 'time') return 186;
    let longest = column.name.length + 2;
    for (const row of rows.slice(0, 50)) {
      const cell = row[at] ?? null;
      const texts = Array.isArray(cell) ? cell.slice(0, 20) : [cell];
      for (const text of texts) longest = Math.max(longest, String(text ?? '').length);
    }
    const most = broad.test(column.name) ? 1400 : widest;
    return Math.round(Math.min(most, Math.max(narrowest, longest * character + padding)));
  });
}
