import type { Fields } from '../cim-rules.ts';

/** Says that a limit of fields cut some off. */
export function cutNote(fields: Fields, count: number): void {
  const note = `${count} more fields than are kept; the recorded text has them`;
  fields.keizu_note = fields.keizu_note === undefined ? note : [fields.keizu_note, note].flat();
}
