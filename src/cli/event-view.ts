import type { Cell, Column } from '../store/store.ts';

/** How a table shows raw events: when, where from, and the event as it came; their fields are too many for columns. */
const shown = ['_time', 'host', 'sourcetype', '_raw'];

export interface EventView {
  readonly columns: readonly Column[];
  readonly row: (row: readonly Cell[]) => readonly Cell[];
  /** Names of the columns that the table leaves out. */
  readonly hidden: readonly string[];
}

/** The columns of a table for people. Results of `table`, `stats` and their kin are shown whole. */
export function eventView(columns: readonly Column[]): EventView {
  const raw =
    columns.some(({ name }) => name === '_raw') && columns[0]?.name === '_time' && columns.length > 6;
  if (!raw) return { columns, row: (row) => row, hidden: [] };
  const at = columns.flatMap(({ name }, place) => (shown.includes(name) ? [place] : []));
  return {
    columns: at.map((place) => columns[place] as Column),
    row: (row) => at.map((place) => row[place] ?? null),
    hidden: columns.flatMap(({ name }) => (shown.includes(name) ? [] : [name])),
  };
}
