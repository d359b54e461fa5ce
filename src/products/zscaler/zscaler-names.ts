/** A value by the names that feeds give it, the usual one first; feeds are formats of the customer's own. */
export type NameOf = (...names: readonly string[]) => string | undefined;

/** What reads an entry by name, whatever the names' case. `None` and `NA` are none. */
export function nameReader(values: Iterable<readonly [string, string]>): NameOf {
  const byName = new Map<string, string>();
  for (const [name, value] of values) {
    if (value === '' || /^(?:none|na|n\/a|-)$/i.test(value)) continue;
    byName.set(name.toLowerCase(), value);
  }
  return (...names) => {
    for (const name of names) {
      const value = byName.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}
