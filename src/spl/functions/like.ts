import { type Sql, sql } from '../../store/sql.ts';
import { anyValue, asText, nothing } from '../coerce.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction } from './eval-function.ts';

/** Whole-text, case-sensitive match with `%` (any run) and `_` (one character). A backslash is an ordinary character. */
export function likePattern(text: TypedSql, pattern: TypedSql, variable: () => Sql): TypedSql {
  if (text.nothing || pattern.nothing) return nothing('boolean');
  const escaped = sql`replaceAll(${asText(pattern)}, '\\\\', '\\\\\\\\')`;
  return {
    sql: anyValue(text, variable, (one) => sql`like(${asText(one)}, ${escaped})`),
    type: 'boolean',
  };
}

export const like: EvalFunction = {
  name: 'like',
  category: 'comparison',
  minimum: 2,
  maximum: 2,
  signature: 'like(text, pattern)',
  summary:
    'True if the text matches the pattern, in which % is any run of characters and _ is one; case-sensitive.',
  compile: (call) => likePattern(call.argument(0), call.argument(1), call.variable),
};
