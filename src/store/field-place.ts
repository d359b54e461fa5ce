import { hotFields } from '../events/fields.ts';
import { jsonColumn } from './event-columns.ts';
import { encodeJsonKey } from './json-key.ts';
import { identifier, type Sql, sql } from './sql.ts';
import type { FieldFacts } from './store.ts';

const hot: ReadonlySet<string> = new Set(hotFields.map((field) => field.name));

/**
 * Where the events table has a field, as SQL over that table. A field with one value is Nullable(String). A hot field of an
 * event with several values has null in its column and the array in the JSON column.
 */
export function fieldText(name: string): Sql {
  return hot.has(name) ? identifier(name) : jsonText(name);
}

/** A field that some event has several values of, as Array(String); no value is the empty array. */
export function fieldValues(name: string): Sql {
  const one = fieldText(name);
  return sql`if(isNotNull(${one}), [assumeNotNull(${one})], ${jsonArray(name)})`;
}

/** The field as the catalogue knows it: text, or values where any event has several. */
export function storedField(
  name: string,
  facts: FieldFacts,
): { readonly sql: Sql; readonly type: 'text' | 'multivalue' } {
  return facts.multivalue
    ? { sql: fieldValues(name), type: 'multivalue' }
    : { sql: fieldText(name), type: 'text' };
}

/** A field with one value in the JSON column, Nullable(String). */
export function jsonText(name: string): Sql {
  return sql`${identifier(jsonColumn)}.${identifier(encodeJsonKey(name))}.:String`;
}

function jsonArray(name: string): Sql {
  const path = sql`${identifier(jsonColumn)}.${identifier(encodeJsonKey(name))}`;
  return sql`CAST(${path}.:${identifier('Array(Nullable(String))')} AS Array(String))`;
}
