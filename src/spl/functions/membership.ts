import { joinSql, type Sql, sql } from '../../store/sql.ts';
import { anyValue, nothing } from '../coerce.ts';
import { compare } from '../compile-comparison.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction } from './eval-function.ts';

/** Whether a value equals one of the members: exactly, case-sensitive, without wildcards. */
export function isMember(operand: TypedSql, members: readonly TypedSql[], variable: () => Sql): TypedSql {
  if (operand.nothing) return nothing('boolean');
  const test = anyValue(operand, variable, (one) => {
    const literals = members.filter((member) => member.type === 'string');
    const others = members.filter((member) => member.type !== 'string');
    const asSet =
      (one.type === 'text' || one.type === 'string') && literals.length > 1
        ? [
            sql`${one.sql} IN (${joinSql(
              literals.map((member) => member.sql),
              sql`, `,
            )})`,
          ]
        : literals.map((member) => compare('=', one, member, variable));
    const rest = others.map((member) => compare('=', one, member, variable));
    return sql`(${joinSql([...asSet, ...rest], sql` OR `)})`;
  });
  return { sql: test, type: 'boolean' };
}

export const inList: EvalFunction = {
  name: 'in',
  category: 'comparison',
  minimum: 2,
  maximum: Number.POSITIVE_INFINITY,
  signature: 'in(value, member, ...)',
  summary: 'True if the value equals one of the members exactly.',
  compile: (call) => isMember(call.argument(0), call.rest(1), call.variable),
};
