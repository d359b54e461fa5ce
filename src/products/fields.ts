import type { FieldValue } from '../events/event.ts';
import { eventMemberNames } from '../events/fields.ts';

/** The fields of an event while they are put together. Made by `newFields`, so that no name is special. */
export type Fields = Record<string, FieldValue>;

/** An empty set of fields without a prototype: `__proto__` and `constructor` are names like any other. */
export function newFields(): Fields {
  return Object.create(null) as Fields;
}

/** A field's text; of several values the first. */
export function firstText(value: FieldValue | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : value[0];
}

/** The name under which a recorded field is kept: that of a member of the event is kept as `extracted_…`. */
export function freeName(name: string): string {
  const first = name.charCodeAt(0);
  // Members start with `_`, h, s or i: most names need no look-up.
  if (first !== 95 && first !== 104 && first !== 115 && first !== 105) return name;
  return Object.hasOwn(eventMemberNames, name) ? `extracted_${name}` : name;
}

/** Says that a limit of fields cut some off. */
export function noteCut(fields: Fields, count: number): void {
  addNote(fields, `${count} more fields than are kept; the recorded text has them`);
}

/** Adds to what the event says of its own mapping. */
export function addNote(fields: Fields, note: string): void {
  fields.keizu_note = fields.keizu_note === undefined ? note : [fields.keizu_note, note].flat();
}
