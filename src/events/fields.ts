import { accountFields } from './dictionary/account-fields.ts';
import { fileRegistryFields } from './dictionary/file-registry-fields.ts';
import { networkFields } from './dictionary/network-fields.ts';
import { processFields } from './dictionary/process-fields.ts';
import { proxyFields } from './dictionary/proxy-fields.ts';
import { windowsFields } from './dictionary/windows-fields.ts';
import type { FieldDefinition, FieldStorage } from './field-dictionary.ts';

/** A field that the store keeps in a column of its own. */
export type HotField = FieldDefinition & { readonly column: FieldStorage };

/**
 * The field dictionary: what is known of fields by name. It is not a limit: an event may have any other field, which
 * then lives in the JSON column. Names are case-sensitive.
 */
export const fieldDefinitions: readonly FieldDefinition[] = [
  ...windowsFields,
  ...processFields,
  ...accountFields,
  ...networkFields,
  ...proxyFields,
  ...fileRegistryFields,
];

/** Fields with a typed column, in the order of the columns. */
export const hotFields: readonly HotField[] = fieldDefinitions.filter(
  (definition): definition is HotField => definition.column !== undefined,
);

/**
 * Other names of fields: name in a search → name in the event. An event may itself have a field of that name (Security
 * 5058 has a `ProviderName`, generic JSON may have an `EventID`): a search resolves an alias to the event's own field of
 * that name where it has one, else to the target.
 */
export const fieldAliases: ReadonlyMap<string, string> = new Map(
  fieldDefinitions.flatMap((definition) =>
    (definition.aliases ?? []).map((alias) => [alias, definition.name] as const),
  ),
);

/**
 * Names by which a search reaches what an event has besides `fields` (see `Event` and the store). A field of a record
 * that has such a name is kept as `extracted_<name>`, as Splunk does.
 */
export const eventMemberNames = {
  _time: 'when it happened',
  _indextime: 'when it arrived',
  _raw: 'the record as it came',
  _time_source: 'which clock `_time` was taken from, and whether it is in doubt',
  _event_class: 'what the event tells, whichever product told it',
  _product: 'the product whose mapping read the record',
  host: 'computer, in lower case',
  source: 'where it came from, as Splunk names it',
  sourcetype: 'form of the record, as Splunk names it',
  index: 'index',
} as const;
