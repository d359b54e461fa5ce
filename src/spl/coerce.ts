import { type Sql, sql } from '../store/sql.ts';
import type { ColumnType } from '../store/store.ts';
import { numberText, textNumber, timeText } from './number-text.ts';
import { share } from './share.ts';
import type { SqlType, TypedSql } from './typed-sql.ts';

const nothingOf: Record<SqlType, Sql> = {
  text: sql`CAST(NULL, 'Nullable(String)')`,
  string: sql`CAST(NULL, 'Nullable(String)')`,
  number: sql`CAST(NULL, 'Nullable(Float64)')`,
  time: sql`CAST(NULL, 'Nullable(DateTime64(7, ''UTC''))')`,
  multivalue: sql`CAST([], 'Array(String)')`,
  boolean: sql`CAST(NULL, 'Nullable(UInt8)')`,
};

/** A value that is null in every row. */
export function nothing(type: SqlType = 'text'): TypedSql {
  return { sql: nothingOf[type], type, nothing: true };
}

/** The one value of a multivalue; null where there is none or more than one, which has no scalar meaning. */
function single(values: Sql): Sql {
  return share(values, (several) => sql`if(length(${several}) = 1, ${several}[1], NULL)`);
}

/** Nullable(String): the value as the language prints it. */
export function asText(typed: TypedSql): Sql {
  if (typed.nothing) return nothingOf.text;
  if (typed.text) return typed.text;
  const write: Record<SqlType, () => Sql> = {
    text: () => typed.sql,
    string: () => typed.sql,
    number: () => numberText(typed.sql),
    time: () => timeText(typed.sql),
    multivalue: () => single(typed.sql),
    boolean: () => share(typed.sql, (test) => sql`if(${test}, 'True', if(isNull(${test}), NULL, 'False'))`),
  };
  return write[typed.type]();
}

/** Nullable(Float64): the value where it is a number or a text that looks like one, else null. */
export function asNumber(typed: TypedSql): Sql {
  if (typed.nothing) return nothingOf.number;
  if (typed.number) return typed.number;
  const read: Record<SqlType, () => Sql> = {
    text: () => textNumber(typed.sql),
    string: () => textNumber(typed.sql),
    number: () => typed.sql,
    time: () => sql`toFloat64(${typed.sql})`,
    multivalue: () => textNumber(single(typed.sql)),
    boolean: () => nothingOf.number,
  };
  return read[typed.type]();
}

/** Nullable(Int64): a number without its fraction; null for what no whole number holds (infinity, nan, 1e300). */
export function wholeNumber(value: Sql): Sql {
  return sql`accurateCastOrNull(trunc(${value}), 'Int64')`;
}

/** Array(String): no value is the empty array, a single value an array of one. */
export function asMultivalue(typed: TypedSql): Sql {
  if (typed.nothing) return nothingOf.multivalue;
  if (typed.type === 'multivalue') return typed.sql;
  if (typed.notNull) return sql`[${asText(typed)}]`;
  return share(
    asText(typed),
    (text) => sql`if(isNull(${text}), ${nothingOf.multivalue}, [assumeNotNull(${text})])`,
  );
}

/** Epoch seconds within which a number is taken as a time: the years 1900 to 2299, all that the engine holds. */
const firstSecond = sql`-2208988800`;
const lastSecond = sql`10413791999`;

/** Nullable(DateTime64(7,'UTC')): numbers are epoch seconds; null for what is no time. */
export function asTime(typed: TypedSql): Sql {
  if (typed.nothing) return nothingOf.time;
  if (typed.type === 'time') return typed.sql;
  // A decimal text keeps digits that a double would lose.
  if (typed.type === 'text' && !typed.number) {
    return share(
      sql`toDecimal64OrNull(${typed.sql}, 7)`,
      (ticks) =>
        sql`if(${ticks} BETWEEN ${firstSecond} AND ${lastSecond}, CAST(${ticks}, 'Nullable(DateTime64(7, ''UTC''))'), NULL)`,
    );
  }
  return share(
    asNumber(typed),
    (seconds) =>
      sql`if(${seconds} BETWEEN ${firstSecond} AND ${lastSecond}, CAST(fromUnixTimestamp64Micro(${wholeNumber(sql`round(${seconds} * 1000000)`)}, 'UTC'), 'Nullable(DateTime64(7, ''UTC''))'), NULL)`,
  );
}

/** UInt8: whether there is a value. */
export function isPresent(typed: TypedSql): Sql {
  if (typed.nothing) return sql`0`;
  if (typed.notNull) return sql`1`;
  return typed.type === 'multivalue' ? sql`notEmpty(${typed.sql})` : sql`isNotNull(${typed.sql})`;
}

/** What a value is as a column of the result. Booleans have no column: callers report them before. */
export function toColumn(typed: TypedSql): { readonly sql: Sql; readonly type: ColumnType } {
  const columns: Record<SqlType, ColumnType> = {
    text: 'text',
    string: 'text',
    number: 'number',
    time: 'time',
    multivalue: 'multivalue',
    boolean: 'text',
  };
  const sqlText = typed.type === 'boolean' ? asText(typed) : typed.sql;
  return { sql: typed.nothing ? nothingOf[typed.type] : sqlText, type: columns[typed.type] };
}

/** The type that can hold any of the values, as the branches of `if` or the arguments of `coalesce` need. */
export function commonType(values: readonly TypedSql[]): SqlType {
  const types = new Set(values.filter((value) => !value.nothing).map((value) => value.type));
  if (types.size === 0) return 'text';
  if (types.size === 1) return [...types][0] as SqlType;
  if (types.has('multivalue')) return 'multivalue';
  if ([...types].every((type) => type === 'number' || type === 'time')) return 'number';
  return 'text';
}

/** The value as SQL of the given type. */
export function convert(typed: TypedSql, type: SqlType): Sql {
  if (typed.nothing) return nothingOf[type];
  const conversions: Record<SqlType, () => Sql> = {
    text: () => asText(typed),
    string: () => asText(typed),
    number: () => asNumber(typed),
    time: () => asTime(typed),
    multivalue: () => asMultivalue(typed),
    boolean: () => (typed.type === 'boolean' ? typed.sql : nothingOf.boolean),
  };
  return conversions[type]();
}

/**
 * One value made of several (`build` gets them in one type). Where texts and numbers meet, the result is text that is
 * a number again without reading it.
 */
export function unify(values: readonly TypedSql[], build: (values: readonly Sql[]) => Sql): TypedSql {
  const type = commonType(values);
  const made = build(values.map((value) => convert(value, type)));
  const mixed = type === 'text' && values.some((value) => value.type === 'number' || value.number);
  return mixed ? { sql: made, type, number: build(values.map(asNumber)) } : { sql: made, type };
}

/** Runs `build` on a value, or on each value of a multivalue (each a never-null String). */
export function mapText(typed: TypedSql, variable: () => Sql, build: (text: Sql) => Sql): TypedSql {
  if (typed.nothing) return nothing();
  if (typed.type !== 'multivalue') return { sql: build(asText(typed)), type: 'text' };
  const value = variable();
  return { sql: sql`arrayMap(${value} -> ${build(value)}, ${typed.sql})`, type: 'multivalue' };
}

/** Whether any value of the operand passes; null where it has none. `test` gives UInt8 or Nullable(UInt8). */
export function anyValue(typed: TypedSql, variable: () => Sql, test: (text: TypedSql) => Sql): Sql {
  if (typed.type !== 'multivalue' || typed.nothing) return test(typed);
  const value = variable();
  const passed = test({ sql: value, type: 'text', notNull: true });
  return share(
    typed.sql,
    (values) => sql`if(empty(${values}), NULL, arrayExists(${value} -> ifNull(${passed}, 0), ${values}))`,
  );
}
