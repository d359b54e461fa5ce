import { joinSql, type Sql, sql } from '../../store/sql.ts';
import type { Compilation } from './compilation.ts';
import { orderClause, type Relation } from './relation.ts';

/** The relation with a column that numbers its rows from 1, by which it is ordered then. */
export function numberRows(
  relation: Relation,
  compilation: Compilation,
  ref = compilation.fresh('row'),
): Relation {
  const value = sql`row_number() OVER (${orderClause(relation.order)})`;
  return {
    ...compilation.compute(relation, [{ ref, value }]),
    order: [{ ref, descending: false, nullsFirst: false, ascending: ref }],
  };
}

/**
 * What ascends with the arrival of rows. `expression` is only valid over what `settle` gives, which numbers the rows
 * where their order is no single expression and someone has asked for it.
 */
export function arrival(
  relation: Relation,
  compilation: Compilation,
): { readonly expression: () => Sql; readonly settle: () => Relation } {
  const parts = relation.order.flatMap(({ ascending }) => (ascending ? [ascending] : []));
  if (parts.length === relation.order.length)
    return {
      expression: () => (parts.length === 0 ? sql`0` : sql`tuple(${joinSql(parts, sql`, `)})`),
      settle: () => relation,
    };
  const ref = compilation.fresh('row');
  let asked = false;
  return {
    expression: () => {
      asked = true;
      return ref;
    },
    settle: () => (asked ? numberRows(relation, compilation, ref) : relation),
  };
}
