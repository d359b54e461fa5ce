import { fieldAliases } from '../../events/fields.ts';
import { memberColumns } from '../../store/event-columns.ts';
import type { FieldCatalogue } from '../../store/store.ts';

export interface KnownField {
  readonly name: string;
  /** Events that have it; undefined for what every event has. */
  readonly events: number | undefined;
  readonly multivalue: boolean;
  /** The field that it stands for, where it is an alias. */
  readonly aliasOf?: string;
}

/** What every event has and people use. */
const members: readonly string[] = memberColumns.map(({ name }) => name).filter((name) => name !== '_id');

/** The fields that a search of the store can name: members, fields of events, aliases; those of most events first. */
export function fieldNames(catalogue: FieldCatalogue): readonly KnownField[] {
  const known = new Map<string, KnownField>();
  for (const name of members) known.set(name, { name, events: undefined, multivalue: false });
  for (const [name, { events, multivalue }] of catalogue) known.set(name, { name, events, multivalue });
  for (const [alias, target] of fieldAliases) {
    const facts = catalogue.get(target);
    if (!known.has(alias) && facts) known.set(alias, { name: alias, ...facts, aliasOf: target });
  }
  const rank = ({ events }: KnownField) => events ?? Number.POSITIVE_INFINITY;
  return [...known.values()].toSorted(
    (one, other) =>
      (rank(one) === rank(other) ? 0 : rank(other) - rank(one)) || (one.name < other.name ? -1 : 1),
  );
}

/** What begins with a text, in any letter case, before what only has it within; others are left out. */
export function matching<Item>(
  items: readonly Item[],
  text: string,
  nameOf: (item: Item) => string,
): readonly Item[] {
  if (text === '') return items;
  const wanted = text.toLowerCase();
  const places = items.map((item) => ({ item, at: nameOf(item).toLowerCase().indexOf(wanted) }));
  return [...places.filter(({ at }) => at === 0), ...places.filter(({ at }) => at > 0)].map(
    ({ item }) => item,
  );
}
