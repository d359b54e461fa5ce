import { createHash } from 'node:crypto';
import { identifier, type Sql, sql } from '../store/sql.ts';

const longestRepeated = 60;

/**
 * SQL that uses a value several times. A long value is bound once, as a lambda's variable, so that nested expressions
 * grow with their length and not with its power. The variable is named after the value, so the same search always
 * gives the same SQL, and an inner variable can hide an outer one only if both have the same value.
 */
export function share(value: Sql, build: (value: Sql) => Sql): Sql {
  if (value.text.length <= longestRepeated) return build(value);
  const name = identifier(`s$${createHash('sha1').update(value.text).digest('hex').slice(0, 10)}`);
  return sql`arrayMap(${name} -> ${build(name)}, [${value}])[1]`;
}

/** The same for two values. */
export function shareBoth(left: Sql, right: Sql, build: (left: Sql, right: Sql) => Sql): Sql {
  return share(left, (first) => share(right, (second) => build(first, second)));
}
