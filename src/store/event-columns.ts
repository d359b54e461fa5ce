import type { FieldStorage } from '../events/field-dictionary.ts';
import { type HotField, hotFields } from '../events/fields.ts';
import { identifier, joinSql, type Sql, sql } from './sql.ts';

/** A column of the table of events. */
export interface EventColumn {
  readonly name: string;
  /** As in RowBinary and in casts. */
  readonly type: Sql;
  /** Compression, where it is not the engine's own choice. */
  readonly codec?: Sql;
}

const text = sql`String`;
const lowCardinality = sql`LowCardinality(String)`;
const time = sql`DateTime64(7, 'UTC')`;

/** Columns for what every event has, in the order in which rows are written. */
export const memberColumns: readonly EventColumn[] = [
  { name: '_id', type: sql`FixedString(16)` },
  { name: '_time', type: time, codec: sql`CODEC(DoubleDelta, LZ4)` },
  { name: '_indextime', type: time, codec: sql`CODEC(DoubleDelta, LZ4)` },
  { name: 'index', type: lowCardinality },
  { name: 'host', type: lowCardinality },
  { name: 'source', type: lowCardinality },
  { name: 'sourcetype', type: lowCardinality },
  { name: '_product', type: lowCardinality },
  { name: '_event_class', type: lowCardinality },
  { name: '_time_source', type: lowCardinality },
  { name: '_origin', type: lowCardinality },
  { name: '_offset', type: sql`UInt64` },
  { name: '_raw', type: text, codec: sql`CODEC(ZSTD(1))` },
];

/** Name of the JSON column for the fields that have no column of their own. */
export const jsonColumn = 'fields';

const hotTypes: Readonly<Record<FieldStorage, Sql>> = {
  text: sql`Nullable(String)`,
  'low-cardinality': sql`LowCardinality(Nullable(String))`,
};

/** Columns for fields of their own, null where the event has none or has several values. */
export function hotColumns(fields: readonly HotField[] = hotFields): readonly EventColumn[] {
  return fields.map((field) => ({ name: field.name, type: hotTypes[field.column] }));
}

/** All columns in the order in which rows are written; the JSON column is the last. */
export function eventColumns(fields: readonly HotField[] = hotFields): readonly EventColumn[] {
  return [...memberColumns, ...hotColumns(fields), { name: jsonColumn, type: sql`JSON` }];
}

/** `name type, …`: what `CREATE TABLE` takes. */
export function columnDefinitions(columns: readonly EventColumn[]): Sql {
  return joinSql(
    columns.map(({ name, type, codec }) =>
      codec === undefined ? sql`${identifier(name)} ${type}` : sql`${identifier(name)} ${type} ${codec}`,
    ),
    sql`, `,
  );
}

export function columnNames(columns: readonly EventColumn[]): Sql {
  return joinSql(
    columns.map(({ name }) => identifier(name)),
    sql`, `,
  );
}
