import { joinSql, type Sql, sql } from '../../store/sql.ts';
import { asMultivalue, asNumber } from '../coerce.ts';
import { numberText, textNumber } from '../number-text.ts';
import { share } from '../share.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';

/** Array(Float64): the numbers among the arguments; a multivalue gives each of its values. */
function numbers(values: readonly TypedSql[], variable: () => Sql): Sql {
  const parts = values.map((value) => {
    if (value.type !== 'multivalue') return sql`[${asNumber(value)}]`;
    const one = variable();
    return sql`arrayMap(${one} -> ${textNumber(one)}, ${value.sql})`;
  });
  const one = variable();
  const all = sql`arrayConcat(CAST([], 'Array(Nullable(Float64))'), ${joinSql(parts, sql`, `)})`;
  return sql`arrayMap(${one} -> assumeNotNull(${one}), arrayFilter(${one} -> isNotNull(${one}), ${all}))`;
}

/** Array(String): the arguments that are no numbers. */
function texts(values: readonly TypedSql[], variable: () => Sql): Sql {
  const parts = values
    .filter((value) => value.type !== 'number' && value.type !== 'time')
    .map((value) => {
      if (value.type === 'string') return asMultivalue(value);
      const one = variable();
      return sql`arrayFilter(${one} -> isNull(${textNumber(one)}), ${asMultivalue(value)})`;
    });
  return sql`arrayConcat(CAST([], 'Array(String)')${joinSql(
    parts.map((part) => sql`, ${part}`),
    sql``,
  )})`;
}

function ofNumbers(name: 'sum' | 'avg', summary: string): EvalFunction {
  return {
    name,
    category: 'statistics',
    minimum: 1,
    maximum: Number.POSITIVE_INFINITY,
    signature: `${name}(number, ...)`,
    summary,
    roles: ['number'],
    compile: (call) => ({
      sql: share(numbers(call.rest(0), call.variable), (values) => {
        const result = name === 'sum' ? sql`arraySum(${values})` : sql`arrayAvg(${values})`;
        return sql`if(empty(${values}), NULL, ${result})`;
      }),
      type: 'number',
    }),
  };
}

export const sum = ofNumbers('sum', 'The sum of the numbers; what is no number is left out.');
export const average = ofNumbers('avg', 'The mean of the numbers; what is no number is left out.');

/** Texts stand above numbers, so the least is a number if there is one and the greatest a text if there is one. */
function extreme(name: 'min' | 'max', call: FunctionCall): TypedSql {
  const values = call.rest(0);
  const numeric = numbers(values, call.variable);
  const best = (array: Sql) => (name === 'min' ? sql`arrayMin(${array})` : sql`arrayMax(${array})`);
  const number = share(numeric, (array) => sql`if(empty(${array}), NULL, ${best(array)})`);
  if (values.every((value) => value.type === 'number' || value.type === 'time' || value.nothing))
    return { sql: number, type: 'number' };
  const text = share(texts(values, call.variable), (array) => sql`if(empty(${array}), NULL, ${best(array)})`);
  const printed = numberText(number);
  return {
    sql: name === 'min' ? sql`coalesce(${printed}, ${text})` : sql`coalesce(${text}, ${printed})`,
    type: 'text',
  };
}

function extremeFunction(name: 'min' | 'max', summary: string): EvalFunction {
  return {
    name,
    category: 'statistics',
    minimum: 1,
    maximum: Number.POSITIVE_INFINITY,
    signature: `${name}(value, ...)`,
    summary,
    compile: (call) => extreme(name, call),
  };
}

export const minimum = extremeFunction('min', 'The least value; numbers are less than texts.');
export const maximum = extremeFunction('max', 'The greatest value; texts are greater than numbers.');
