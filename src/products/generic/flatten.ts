import type { FieldValue } from '../../events/event.ts';
import type { JsonValue } from '../../formats/record.ts';
import { type Fields, freeName } from '../fields.ts';

/** Fields of one generic event, and levels of nesting; beyond them the recorded text has the rest. */
export const MAXIMUM_FIELDS = 1_000;
const MAXIMUM_DEPTH = 32;
const MAXIMUM_VALUES = 10_000;

type JsonObject = { readonly [key: string]: JsonValue };

/** Fields while they are collected: values of one name pile up. */
interface Collection {
  readonly values: Map<string, string[]>;
  taken: number;
  cut: number;
}

/**
 * Names and values as `spath` gives them: members joined by `.`, the items of an array below `{}`: `{"a":{"b":[1,2]}}` gives
 * `a.b{}` = 1, 2; `{"a":[{"b":1},{"b":2}]}` gives `a{}.b` = 1, 2. Null is no value, booleans are `true` and `false`.
 * Returns how many values a limit cut off.
 */
export function addFlattened(fields: Fields, object: JsonObject): number {
  const collection: Collection = { values: new Map(), taken: 0, cut: 0 };
  collectObject(collection, object, '', 0);
  for (const [name, values] of collection.values) {
    const value: FieldValue = values.length === 1 ? (values[0] as string) : values;
    fields[freeName(name)] = value;
  }
  return collection.cut;
}

function collectObject(collection: Collection, object: JsonObject, prefix: string, depth: number): void {
  for (const key in object) collect(collection, object[key], prefix + key, depth);
}

function collect(collection: Collection, value: JsonValue | undefined, name: string, depth: number): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') {
    put(collection, name, String(value));
    return;
  }
  if (depth >= MAXIMUM_DEPTH) {
    collection.cut++;
    return;
  }
  if (!Array.isArray(value)) {
    collectObject(collection, value as JsonObject, `${name}.`, depth + 1);
    return;
  }
  for (const item of value as readonly JsonValue[]) collect(collection, item, `${name}{}`, depth + 1);
}

function put(collection: Collection, name: string, text: string): void {
  if (text === '') return;
  const known = collection.values.get(name);
  if (
    (known === undefined && collection.values.size >= MAXIMUM_FIELDS) ||
    collection.taken >= MAXIMUM_VALUES
  ) {
    collection.cut++;
    return;
  }
  collection.taken++;
  if (known === undefined) collection.values.set(name, [text]);
  else known.push(text);
}
