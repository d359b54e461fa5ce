import { type Sql, sql } from '../../store/sql.ts';
import { asNumber } from '../coerce.ts';
import type { SortKey } from '../plan.ts';
import type { Compilation } from './compilation.ts';
import { columnOf, type OrderKey, type Relation, type RelationColumn, typedColumn } from './relation.ts';
import { joinedText, ticksOf } from './typed-column.ts';

interface Computed {
  readonly ref: Sql;
  readonly value: Sql;
}

/** Columns to be computed so that rows can be ordered, and the keys that use them. */
export interface SortColumns {
  readonly computed: readonly Computed[];
  readonly keys: readonly OrderKey[];
}

/**
 * Keys of `sort`: fields that are missing come last in both directions. `auto` ranks numbers before addresses before
 * text, which is the documented order wherever two values are of one sort.
 */
export function sortColumns(
  fields: readonly SortKey[],
  relation: Relation,
  compilation: Compilation,
): SortColumns {
  const computed: Computed[] = [];
  const keys: OrderKey[] = [];
  for (const { field, descending, as } of fields) {
    const column = columnOf(relation, field);
    if (!column || column.nothing) continue;
    for (const value of keyValues(column, as)) {
      const ref = compilation.fresh(`${field}_key`);
      computed.push({ ref, value });
      keys.push({ ref, descending, nullsFirst: false });
    }
  }
  return { computed, keys };
}

/** The natural order that rows of `stats` have by a field of BY. */
export function naturalKey(column: RelationColumn): Sql[] {
  return keyValues(column, 'auto');
}

function keyValues(column: RelationColumn, as: SortKey['as']): Sql[] {
  if (column.type === 'number' && as !== 'str') return [column.ref];
  if (column.type === 'time' && as !== 'str') return [ticksOf(column.ref)];
  const text = joinedText(column);
  const number = asNumber(typedColumn(column));
  const address = sql`toIPv6OrNull(${text})`;
  const rank = sql`if(isNull(${text}), NULL, multiIf(isNotNull(${number}), 0, isNotNull(${address}), 1, 2))`;
  switch (as) {
    case 'num':
      return [number];
    case 'str':
      return [text];
    case 'ip':
      return [address];
    case 'auto':
      return [rank, number, address, text];
  }
}
