import { identifier, sql } from '../../store/sql.ts';
import type { Column } from '../../store/store.ts';
import type { Compilation } from './compilation.ts';
import type { NamedValue } from './open-select.ts';
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
  return `t${at}`;
}

export function tableRelation(source: TableSource, compilation: Compilation): Relation {
  const row = compilation.fresh('row');
  const values: NamedValue[] = [{ ref: row, value: sql`toInt64(${identifier('__row')})` }];
  const columns: RelationColumn[] = [];
  for (const [at, { name, type }] of source.fields.entries()) {
    const ref = compilation.fresh(name);
    values.push({ ref, value: identifier(placeName(at)) });
    columns.push({ name, type, ref });
  }
  return {
    kind: 'relation',
    from: compilation.read(identifier(source.table), values),
    columns,
    identity: row,
    listed: source.listed,
    rest: undefined,
    order: [{ ref: row, descending: false, nullsFirst: false, ascending: row }],
    timeOrder: source.timeOrder,
  };
}
