import type { JsonValue, SourceRecord } from '../../formats/record.ts';
import { type Fields, firstText, freeName, newFields, noteCut } from '../fields.ts';
import { addFlattened } from '../generic/flatten.ts';
import { isNullText } from '../values/null-value.ts';

export type Members = { readonly [key: string]: JsonValue };

/** The members of a JSON object or the cells of a row; undefined for other records. */
export function membersOf(record: SourceRecord): Members | undefined {
  if (record.kind === 'json') return record.value;
  return record.kind === 'row' ? record.cells : undefined;
}

/** Normalised fields by which processes are told apart: a recorded field of such a name is kept as `extracted_…`. */
const identityFields = ['process', 'parent_process', 'grandparent_process', 'target_process'].flatMap(
  (role) => ['', '_id', '_guid', '_path', '_name', '_hash'].map((part) => role + part),
);

/** The recorded fields, nested ones by dotted names. Cells and members that are empty make none. */
export function recordedFields(members: Members): Fields {
  const fields = newFields();
  const cut = addFlattened(fields, members);
  for (const name of identityFields) {
    const recorded = fields[name];
    if (recorded === undefined) continue;
    fields[`extracted_${name}`] = recorded;
    delete fields[name];
  }
  if (cut > 0) noteCut(fields, cut);
  return fields;
}

/** Adds more recorded fields below a name; what is there already stays. */
export function addBelow(fields: Fields, name: string, members: Members): void {
  const more = newFields();
  addFlattened(more, { [name]: members });
  for (const key in more) fields[key] ??= more[key] as Fields[string];
}

/** What a recorded field says; undefined where it is absent or stands for nothing. */
export type Said = (name: string) => string | undefined;

/** Reads recorded fields by their own names. */
export function saidBy(fields: Fields): Said {
  return (name) => {
    const text = firstText(fields[`extracted_${name}`] ?? fields[freeName(name)]);
    return text === undefined || isNullText(text) ? undefined : text;
  };
}
