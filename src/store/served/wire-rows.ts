import { RowBinaryWriter } from '../row-binary-writer.ts';
import { RowDecoder } from '../row-decoder.ts';
import type { Cell, Column, ColumnType } from '../store.ts';
import { writeCell } from '../temporary-columns.ts';

const types: Readonly<Record<ColumnType, string>> = {
  text: 'Nullable(String)',
  number: 'Nullable(Float64)',
  multivalue: 'Array(String)',
  time: "Nullable(DateTime64(7, 'UTC'))",
};

/** Rows as RowBinaryWithNamesAndTypes, in which the engine gives rows, too. */
export function encodeWireRows(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): readonly Uint8Array[] {
  const writer = new RowBinaryWriter();
  writer.variableInteger(columns.length);
  for (const { name } of columns) writer.text(name);
  for (const { type } of columns) writer.text(types[type]);
  for (const row of rows) {
    for (let at = 0; at < columns.length; at++)
      writeCell[(columns[at] as Column).type](writer, row[at] ?? null);
  }
  return writer.chunks();
}

export function decodeWireRows(columns: readonly Column[], bytes: Uint8Array): readonly (readonly Cell[])[] {
  return new RowDecoder(columns).decode(bytes);
}
