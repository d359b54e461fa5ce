import { identifier, type Sql, sql } from '../../store/sql.ts';
import type { Cell, Column, ColumnType, Store } from '../../store/store.ts';
import { breathing } from './breath.ts';
import type { ResultFile } from './result-file.ts';

/** By which column rows are sorted. */
export interface RowSort {
  readonly column: string;
  readonly descending: boolean;
}

/** `-name` is descending. */
export function readRowSort(text: string): RowSort {
  const descending = text.startsWith('-');
  return { column: descending ? text.slice(1) : text, descending };
}

const rowsAtOnce = 65_536;

/** Keys by type: numbers before texts, numbers by their size, as SPL's `sort` has it; what has no value comes last. */
const keysOf: Readonly<Record<ColumnType, (direction: Sql) => Sql>> = {
  text: (direction) =>
    sql`isNull(k), isNull(toFloat64OrNull(k)), toFloat64OrNull(k) ${direction}, k ${direction}`,
  number: (direction) => sql`isNull(k), isNaN(k), k ${direction}`,
  time: (direction) => sql`isNull(k), k ${direction}`,
  multivalue: (direction) => sql`empty(k), k ${direction}`,
};

/**
 * The numbers of the rows in the order of a column; rows with the same value stay as they are. The engine sorts: the column
 * goes to a temporary table.
 */
export async function rowOrder(
  store: Store,
  file: ResultFile,
  { column, descending }: RowSort,
): Promise<Uint32Array | undefined> {
  const place = file.columns.findIndex(({ name }) => name === column);
  const type = file.columns[place]?.type;
  if (type === undefined) return undefined;
  const key: Column = { name: 'k', type };
  const table = await store.temporaryTable([key]);
  try {
    let waiting: (readonly Cell[])[] = [];
    for await (const rows of file.all(place)) {
      for (const row of rows) waiting.push(row);
      if (waiting.length < rowsAtOnce) continue;
      await table.append(waiting);
      waiting = [];
    }
    await table.append(waiting);
    const direction = descending ? sql`DESC` : sql`ASC`;
    const query = sql`SELECT __row FROM ${identifier(table.name)} ORDER BY ${keysOf[type](direction)}, __row`;
    const order = new Uint32Array(file.rows);
    const breath = breathing();
    let at = 0;
    for await (const rows of store.rows({ sql: query, parameters: {} }, [
      { name: '__row', type: 'number' },
    ])) {
      for (const [number] of rows) order[at++] = Number(number);
      await breath();
    }
    return order;
  } finally {
    await table.drop();
  }
}
