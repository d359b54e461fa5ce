import { joinSql, type Sql, sql } from '../../store/sql.ts';
import type { ColumnType } from '../../store/store.ts';
import type { TypedSql } from '../typed-sql.ts';

/** A field of the rows: `ref` is the column of the relation that has its value, under a name of our own making. */
export interface RelationColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly ref: Sql;
  /** See `TypedSql`. */
  readonly nothing?: true;
  readonly notNull?: true;
  readonly lowercase?: true;
  /** Where the rows have the same value as a number too. */
  readonly number?: Sql;
}

/** One key of the order of rows. Null comes last, or first where the order was turned round. */
export interface OrderKey {
  readonly ref: Sql;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** Where there is one, a never-null expression that ascends in this order; statistics sort by it. */
  readonly ascending?: Sql;
}

/**
 * What a step gives to the next: a named SELECT, the fields of its rows, the fields of raw events that were not read, and
 * the sort keys that give the rows their order. The SELECT itself is not ordered.
 */
export interface Relation {
  readonly kind: 'relation';
  /** Name of the SELECT in the statement's WITH. */
  readonly from: Sql;
  /** In the order in which they are shown. */
  readonly columns: readonly RelationColumn[];
  /** The search itself has said in which order columns are shown. */
  readonly listed: boolean;
  /** A column that no two rows have the same value of. */
  readonly identity: Sql | undefined;
  /** Raw events only. */
  readonly rest: EventRest | undefined;
  readonly order: readonly OrderKey[];
  /** Direction of `_time` where the rows are ordered by it first. */
  readonly timeOrder: 'ascending' | 'descending' | undefined;
  /** Rows that there are at most, where that is known. */
  readonly atMost?: number | undefined;
}

/** Fields of raw events that are no columns of the relation. */
export interface EventRest {
  /** The JSON column, for finding out which fields the rows have. */
  readonly json: Sql;
  /** Their names, as far as they were not taken away or overwritten. */
  readonly names: ReadonlySet<string>;
}

/** The column of a field. */
export function columnOf(relation: Relation, name: string): RelationColumn | undefined {
  return relation.columns.find((column) => column.name === name);
}

/** Names of all fields that rows may have here: in the search's own order, or by the alphabet. */
export function fieldNames(relation: Relation): string[] {
  const names = [...relation.columns.map((column) => column.name), ...(relation.rest?.names ?? [])];
  return relation.listed ? names : names.sort();
}

/** Whether rows are raw events with their texts, or all their fields: too much to be sorted. */
export function isWide(relation: Relation): boolean {
  return relation.rest !== undefined || columnOf(relation, '_raw') !== undefined;
}

/** A column as an expression sees it. */
export function typedColumn(column: RelationColumn): TypedSql {
  const { type, ref, nothing, notNull, lowercase, number } = column;
  return {
    sql: ref,
    type,
    ...(number && { number }),
    ...(nothing && { nothing }),
    ...(notNull && { notNull }),
    ...(lowercase && { lowercase }),
  };
}

/** The relation with columns put in: in place of the one of the same name, else at the end. */
export function withColumns(relation: Relation, added: readonly RelationColumn[]): Relation {
  const columns = [...relation.columns];
  for (const column of added) {
    const at = columns.findIndex((other) => other.name === column.name);
    if (at < 0) columns.push(column);
    else columns[at] = column;
  }
  return {
    ...relation,
    columns,
    rest: withoutRest(relation.rest, (name) => added.some((column) => column.name === name)),
  };
}

/** The rest without the names that the test picks. */
export function withoutRest(
  rest: EventRest | undefined,
  gone: (name: string) => boolean,
): EventRest | undefined {
  return rest && { ...rest, names: new Set([...rest.names].filter((name) => !gone(name))) };
}

/** Each sort key as it stands behind ORDER BY. */
export function orderTexts(keys: readonly OrderKey[]): Sql[] {
  return keys.map(({ ref, descending, nullsFirst }) => {
    const direction = descending ? sql`${ref} DESC` : ref;
    return nullsFirst ? sql`${direction} NULLS FIRST` : direction;
  });
}

/** Sort keys as the text behind ORDER BY. */
export function orderText(keys: readonly OrderKey[]): Sql {
  return joinSql(orderTexts(keys), sql`, `);
}

/** `ORDER BY …`, or nothing where rows have no order. */
export function orderClause(keys: readonly OrderKey[]): Sql {
  return keys.length === 0 ? sql`` : sql` ORDER BY ${orderText(keys)}`;
}

/** The same keys for the opposite order. */
export function reversedOrder(keys: readonly OrderKey[]): OrderKey[] {
  return keys.map(({ ref, descending, nullsFirst }) => ({
    ref,
    descending: !descending,
    nullsFirst: !nullsFirst,
  }));
}
