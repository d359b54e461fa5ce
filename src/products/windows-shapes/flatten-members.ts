import type { FieldValue } from '../../events/event.ts';
import { fieldValueOf, isObject, type JsonObject } from './json-text.ts';

const MAXIMUM_DEPTH = 16;

/** Adds the leaves below an object as (dotted name, value); what is deeper than 16 levels comes as JSON text. */
export function flattenMembers(
  object: JsonObject,
  prefix: string,
  into: [name: string, value: FieldValue][],
  depth = 0,
): void {
  for (const key in object) {
    const value = object[key];
    if (isObject(value) && depth < MAXIMUM_DEPTH) {
      flattenMembers(value, `${prefix}${key}.`, into, depth + 1);
      continue;
    }
    const made = fieldValueOf(value);
    if (made !== undefined) into.push([prefix + key, made]);
  }
}
