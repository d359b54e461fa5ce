import { type Sql, sql } from '../../store/sql.ts';
import type { ColumnType } from '../../store/store.ts';
import { asText, isPresent, nothing } from '../coerce.ts';
import { type RelationColumn, typedColumn } from './relation.ts';

/** Null of a column's type: a multivalue field without values is an empty array. */
export function nullOf(type: ColumnType): Sql {
  return nothing(type).sql;
}

/** Whether a field has a value, as a condition. */
export function hasValue(column: RelationColumn): Sql {
  return isPresent(typedColumn(column));
}

/** A field as one text, a multivalue's values joined by line ends. Null where it has no value. */
export function joinedText(column: RelationColumn): Sql {
  if (column.type !== 'multivalue') return asText(typedColumn(column));
  return sql`if(empty(${column.ref}), NULL, arrayStringConcat(${column.ref}, '\n'))`;
}

/** A moment as ticks, see `Ticks`. */
export function ticksOf(time: Sql): Sql {
  return sql`reinterpretAsInt64(${time})`;
}
