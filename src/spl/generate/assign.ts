import { toColumn } from '../coerce.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { Compilation } from './compilation.ts';
import type { NamedValue } from './open-select.ts';
import { type Relation, type RelationColumn, withColumns } from './relation.ts';

/** A field and what it is set to. */
export interface FieldValue {
  readonly name: string;
  readonly value: TypedSql;
}

/** The relation with fields set in every row; each value is computed from the rows as they were before. `also` are computed beside them. */
export function assignFields(
  relation: Relation,
  fields: readonly FieldValue[],
  compilation: Compilation,
  also: readonly NamedValue[] = [],
): Relation {
  const computed: NamedValue[] = [...also];
  const columns: RelationColumn[] = [];
  for (const { name, value } of fields) {
    const { sql, type } = toColumn(value);
    const ref = compilation.fresh(name);
    computed.push({ ref, value: sql });
    const number = value.number && type === 'text' ? compilation.fresh(`${name}_number`) : undefined;
    if (number && value.number) computed.push({ ref: number, value: value.number });
    columns.push({ name, type, ref, ...(value.nothing && { nothing: true }), ...(number && { number }) });
  }
  return withColumns(compilation.compute(relation, computed), columns);
}
