import type { FieldValue } from '../../events/event.ts';
import type { JsonValue } from '../../formats/record.ts';

export type JsonObject = { readonly [key: string]: JsonValue };

/** Whether a JSON value is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A scalar as text; undefined for null, absent, objects and arrays. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/**
 * A JSON value as a field's value: scalars as text, arrays of scalars as several texts, anything deeper as JSON text.
 * Null and an empty array are no value.
 */
export function fieldValueOf(value: JsonValue | undefined): FieldValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return textOf(value);
  if (Array.isArray(value)) {
    const texts: string[] = [];
    for (const item of value) if (item !== null) texts.push(textOf(item) ?? JSON.stringify(item));
    return texts.length === 0 ? undefined : texts.length === 1 ? texts[0] : texts;
  }
  return JSON.stringify(value);
}
