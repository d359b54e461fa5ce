import { joinSql, type Sql, sql } from '../../store/sql.ts';
import type { Compilation } from './compilation.ts';
import { columnOf, type OrderKey, type Relation, type RelationColumn } from './relation.ts';
import { naturalKey } from './sort-keys.ts';
import { hasValue, nullOf } from './typed-column.ts';

/** Rows ready for GROUP BY. */
export interface GroupKeys {
  readonly relation: Relation;
  readonly keys: readonly RelationColumn[];
  /** For each key what has to be computed, over the groups, so that `order` can sort by it. */
  readonly natural: readonly (readonly { readonly ref: Sql; readonly value: Sql }[])[];
  /** Natural order of each key. */
  readonly order: readonly (readonly OrderKey[])[];
}

/**
 * The fields of BY: rows that miss one are left out, a row with several values goes into the group of each (with
 * `distinct` once for equal values).
 */
export function groupKeys(
  by: readonly string[],
  input: Relation,
  compilation: Compilation,
  options: { readonly distinct?: boolean },
): GroupKeys {
  const tests: Sql[] = [];
  const exploded: { ref: Sql; value: Sql }[] = [];
  const keys = by.map((name): RelationColumn => {
    const column = columnOf(input, name);
    if (!column || column.nothing) {
      tests.push(sql`0`);
      const ref = compilation.fresh(name);
      exploded.push({ ref, value: nullOf('text') });
      return { name, type: 'text', ref };
    }
    if (column.type !== 'multivalue') {
      if (!column.notNull) tests.push(hasValue(column));
      return column;
    }
    const ref = compilation.fresh(name);
    const values = options.distinct ? sql`arrayDistinct(${column.ref})` : column.ref;
    exploded.push({ ref, value: sql`arrayJoin(${values})` });
    return { name, type: 'text', ref };
  });
  const kept = tests.length > 0 ? compilation.keep(input, joinSql(tests, sql` AND `)) : input;
  const relation = exploded.length > 0 ? compilation.compute(kept, exploded) : kept;
  const natural = keys.map((key) =>
    naturalKey(key).map((value) => ({ ref: compilation.fresh(`${key.name}_key`), value })),
  );
  return {
    relation,
    keys: keys.map(withoutNumber),
    natural,
    order: natural.map((parts) => parts.map(({ ref }) => ({ ref, descending: false, nullsFirst: false }))),
  };
}

/** A key is all that is left of a row, so the number beside its text is gone. */
function withoutNumber({ number: _number, ...column }: RelationColumn): RelationColumn {
  return column;
}
