import { joinSql, type Sql, sql } from '../../store/sql.ts';
import { asText } from '../coerce.ts';
import type { Expression } from '../expression.ts';
import { numberText, textNumber } from '../number-text.ts';
import { share } from '../share.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { FunctionCall } from './eval-function.ts';

/** A never-null String as a JSON string. The engine escapes slashes, which JSON need not. */
export function jsonString(text: Sql): Sql {
  return sql`replaceAll(toJSONString(${text}), '\\\\/', '/')`;
}

/** Functions whose result is JSON, so that it is put into other JSON as it is. */
const jsonMakers: ReadonlySet<string> = new Set([
  'json',
  'json_append',
  'json_array',
  'json_delete',
  'json_extend',
  'json_keys',
  'json_object',
  'json_set',
  'json_set_exact',
  'mv_to_json_array',
]);

function isJson(expression: Expression | undefined): boolean {
  return expression?.kind === 'call' && jsonMakers.has(expression.name);
}

/** An argument as JSON: never null. A field's text that is a plain number is a number. */
export function jsonValue(call: FunctionCall, at: number): Sql {
  const value = call.argument(at);
  if (value.nothing) return sql`'null'`;
  if (isJson(call.call.args[at])) return sql`ifNull(${value.sql}, 'null')`;
  return jsonOf(value);
}

function jsonOf(value: TypedSql): Sql {
  switch (value.type) {
    case 'number':
    case 'time':
      return sql`ifNull(${asText(value)}, 'null')`;
    case 'boolean':
      return sql`if(isNull(${value.sql}), 'null', if(${value.sql}, 'true', 'false'))`;
    case 'string':
      return sql`if(isNull(${value.sql}), 'null', ${jsonString(sql`ifNull(${value.sql}, '')`)})`;
    case 'multivalue':
      return jsonArray(sql`arrayMap(value -> ${jsonString(sql`value`)}, ${value.sql})`);
    case 'text':
      return share(value.sql, (text) => {
        const number = numberText(textNumber(text));
        return sql`multiIf(isNull(${text}), 'null', ifNull(${number} = ${text}, 0), ifNull(${text}, ''), ${jsonString(sql`ifNull(${text}, '')`)})`;
      });
  }
}

/** Array(String) of JSON texts as a JSON array. */
export function jsonArray(elements: Sql): Sql {
  return sql`concat('[', arrayStringConcat(${elements}, ','), ']')`;
}

/** JSON texts known one by one as an array literal. */
export function elementsOf(values: readonly Sql[]): Sql {
  return sql`CAST([${joinSql(
    values.map((value) => sql`assumeNotNull(${value})`),
    sql`, `,
  )}], 'Array(String)')`;
}
