import { type Sql, sql } from '../../../store/sql.ts';
import { asMultivalue, asNumber, asText, nothing } from '../../coerce.ts';
import { textNumber } from '../../number-text.ts';
import type { TypedSql } from '../../typed-sql.ts';

/**
 * Builds a call over the numbers of a value: `call(number, suffix)`, where the suffix is `Array` if every value of a
 * multivalue has to be counted. What is no number is null, which every aggregate leaves out.
 */
export function overNumbers(value: TypedSql, call: (number: Sql, suffix: Sql) => Sql): Sql {
  if (value.type !== 'multivalue' || value.nothing) return call(asNumber(value), sql``);
  const numbers = sql`arrayMap(value -> ${textNumber(sql`value`)}, ${value.sql})`;
  return call(sql`CAST(${numbers}, 'Array(Nullable(Float64))')`, sql`Array`);
}

/** The same over texts. */
export function overTexts(value: TypedSql, call: (text: Sql, suffix: Sql) => Sql): Sql {
  if (value.type !== 'multivalue' || value.nothing) return call(asText(value), sql``);
  return call(value.sql, sql`Array`);
}

/** The value of a whole row, for functions that choose a row: never null where `present` is true. */
export function rowValue(value: TypedSql): { readonly sql: Sql; readonly present: Sql } {
  if (value.nothing) return { sql: nothing().sql, present: sql`0` };
  if (value.type === 'multivalue') return { sql: asMultivalue(value), present: sql`notEmpty(${value.sql})` };
  return { sql: value.sql, present: sql`isNotNull(${value.sql})` };
}

/** An aggregate without any value: null. */
export const noValue = { calls: [sql`count()`], finish: () => nothing() };
