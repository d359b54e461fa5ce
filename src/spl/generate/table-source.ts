import { identifier, joinSql, type Sql, sql } from '../../store/sql.ts';
import type { Column } from '../../store/store.ts';
import type { Compilation } from './compilation.ts';
import type { Relation, RelationColumn } from './relation.ts';

/** Rows that an operator gave, in a temporary table whose columns are named by their place. */
export interface TableSource {
  readonly kind: 'table';
  readonly table: string;
  /** The fields, in the order of the table's columns. */
  readonly fields: readonly Column[];
  readonly timeOrder: Relation['timeOrder'];
  readonly listed: boolean;
}

/** Name of a temporary table's column by its place. */
export function placeName(at: number): string {
  return `c${at}`;
}

export function tableRelation(source: TableSource, compilation: Compilation): Relation {
  const row = compilation.fresh('row');
  const values: Sql[] = [sql`toInt64(__row) AS ${row}`];
  const columns: RelationColumn[] = [];
  for (const [at, { name, type }] of source.fields.entries()) {
    const ref = compilation.fresh(name);
    values.push(sql`${identifier(placeName(at))} AS ${ref}`);
    columns.push({ name, type, ref });
  }
  return {
    kind: 'relation',
    from: compilation.define(sql`SELECT ${joinSql(values, sql`, `)} FROM ${identifier(source.table)}`),
    columns,
    identity: row,
    listed: source.listed,
    rest: undefined,
    order: [{ ref: row, descending: false, nullsFirst: false, ascending: row }],
    timeOrder: source.timeOrder,
  };
}
