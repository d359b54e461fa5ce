import { RowBinaryWriter } from './row-binary-writer.ts';
import { identifier, joinSql, type Sql, sql } from './sql.ts';
import type { Cell, Column, ColumnType } from './store.ts';

const types: Readonly<Record<ColumnType, Sql>> = {
  text: sql`Nullable(String)`,
  number: sql`Nullable(Float64)`,
  multivalue: sql`Array(String)`,
  time: sql`Nullable(DateTime64(7, 'UTC'))`,
};

/** Declares the columns of a temporary table, `__row` first. */
export function temporaryColumns(columns: readonly Column[]): Sql {
  return joinSql(
    [sql`__row UInt64`, ...columns.map(({ name, type }) => sql`${identifier(name)} ${types[type]}`)],
    sql`, `,
  );
}

/** Rows of a temporary table in RowBinary; the first gets the number `from`. */
export function encodeRows(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  from: number,
): readonly Uint8Array[] {
  const writer = new RowBinaryWriter();
  for (let at = 0; at < rows.length; at++) {
    writer.unsigned64(BigInt(from + at));
    const row = rows[at] ?? [];
    for (let column = 0; column < columns.length; column++) {
      writeCell[(columns[column] as Column).type](writer, row[column] ?? null);
    }
  }
  return writer.chunks();
}

/** Writes a cell of a column's type; a TypeError where it is of another. */
export const writeCell: Readonly<Record<ColumnType, (writer: RowBinaryWriter, cell: Cell) => void>> = {
  text: (writer, cell) => {
    writer.byte(cell === null ? 1 : 0);
    if (cell !== null) writer.text(expected(typeof cell === 'string', cell) as string);
  },
  number: (writer, cell) => {
    writer.byte(cell === null ? 1 : 0);
    if (cell !== null) writer.float64(expected(typeof cell === 'number', cell) as number);
  },
  multivalue: (writer, cell) => {
    const values = cell === null ? [] : (expected(Array.isArray(cell), cell) as readonly string[]);
    writer.variableInteger(values.length);
    for (const value of values) writer.text(value);
  },
  time: (writer, cell) => {
    writer.byte(cell === null ? 1 : 0);
    if (cell !== null) writer.signed64(expected(typeof cell === 'bigint', cell) as bigint);
  },
};

function expected(holds: boolean, cell: Cell): Cell {
  if (!holds) throw new TypeError(`a cell of another type than its column: ${typeof cell}`);
  return cell;
}
