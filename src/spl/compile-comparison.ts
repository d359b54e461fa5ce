import { type Sql, sql } from '../store/sql.ts';
import { anyValue, asNumber, asText, nothing } from './coerce.ts';
import type { SearchOperator } from './search-expression.ts';
import { share, shareBoth } from './share.ts';
import type { TypedSql } from './typed-sql.ts';

export type ComparisonOperator = SearchOperator;

const operators: Record<ComparisonOperator, Sql> = {
  '=': sql`=`,
  '!=': sql`!=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/**
 * Compares two values as eval does: numbers with numbers, else texts, case-sensitive; null where either is null. A field's
 * text that looks like a number is one unless the other side is a quoted literal. Of several values one has to satisfy.
 */
export function compare(
  operator: ComparisonOperator,
  left: TypedSql,
  right: TypedSql,
  variable: () => Sql,
): Sql {
  if (left.nothing || right.nothing) return nothing('boolean').sql;
  return anyValue(left, variable, (one) =>
    anyValue(right, variable, (other) => compareSingle(operators[operator], one, other)),
  );
}

function compareSingle(operator: Sql, left: TypedSql, right: TypedSql): Sql {
  if (left.type === 'boolean' && right.type === 'boolean') return sql`(${left.sql} ${operator} ${right.sql})`;
  if (left.type === 'time' && right.type === 'time') return sql`(${left.sql} ${operator} ${right.sql})`;
  if (left.type === 'string' || right.type === 'string')
    return sql`(${asText(left)} ${operator} ${asText(right)})`;
  if (left.type !== 'text' && right.type !== 'text')
    return sql`(${asNumber(left)} ${operator} ${asNumber(right)})`;
  if (left.type !== 'text') return compareText(operator, right, left, true);
  if (right.type !== 'text') return compareText(operator, left, right, false);
  return shareBoth(left.sql, right.sql, (one, other) => {
    const oneNumber = left.number ?? asNumber({ sql: one, type: 'text' });
    const otherNumber = right.number ?? asNumber({ sql: other, type: 'text' });
    return shareBoth(
      oneNumber,
      otherNumber,
      (first, second) =>
        sql`if(isNull(${first}) OR isNull(${second}), ${one} ${operator} ${other}, ${first} ${operator} ${second})`,
    );
  });
}

/** A field's text with a number: as numbers if the text is one, else as texts. */
function compareText(operator: Sql, text: TypedSql, number: TypedSql, flipped: boolean): Sql {
  const order = (one: Sql, other: Sql) =>
    flipped ? sql`${other} ${operator} ${one}` : sql`${one} ${operator} ${other}`;
  return share(text.sql, (value) => {
    const parsed = text.number ?? asNumber({ sql: value, type: 'text' });
    // A literal is never null, so a null comparison says that the text is no number.
    if (number.notNull && number.text)
      return sql`ifNull(${order(parsed, asNumber(number))}, ${order(value, number.text)})`;
    return share(
      parsed,
      (read) => sql`if(isNull(${read}), ${order(value, asText(number))}, ${order(read, asNumber(number))})`,
    );
  });
}
