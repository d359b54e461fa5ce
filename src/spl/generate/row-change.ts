import { joinSql, type Sql, sql } from '../../store/sql.ts';

/** 1 where any of the values differs from the row before (null equals null), 0 in the first row. */
export function differsFromRowBefore(values: readonly Sql[], order: Sql): Sql {
  const all = sql`tuple(${joinSql(values, sql`, `)})`;
  const before = sql`lagInFrame(toNullable(cityHash64(toJSONString(${all})))) OVER (${order} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`;
  return sql`ifNull(${before} != cityHash64(toJSONString(${all})), 0)`;
}
