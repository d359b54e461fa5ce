import type { Sql } from '../store/sql.ts';

/**
 * What an expression is in SQL. `text`: Nullable(String) that counts as a number where it looks like one (a field's
 * value). `string`: Nullable(String) that never does (a quoted literal and what is made of text alone). `number`:
 * Nullable(Float64). `time`: Nullable(DateTime64(7,'UTC')), a number of epoch seconds to the language. `multivalue`:
 * Array(String), empty being null. `boolean`: Nullable(UInt8), never a field's value.
 */
export type SqlType = 'text' | 'string' | 'number' | 'time' | 'multivalue' | 'boolean';

export interface TypedSql {
  readonly sql: Sql;
  readonly type: SqlType;
  /** Null in every row: a field that no row has, or `null()`. It takes any type where a type is asked for. */
  readonly nothing?: true;
  /** The same value as a number (Nullable(Float64)) where that need not be read from its text. */
  readonly number?: Sql;
  /** The same value as text where that need not be printed from the number. */
  readonly text?: Sql;
  /** Never null: tests of it need no guard, so that the engine can use the sort key. */
  readonly notNull?: true;
  /** Text in lower case only (`host`): a case-insensitive comparison is a plain one. */
  readonly lowercase?: true;
}
