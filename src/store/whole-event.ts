import { hotColumns, jsonColumn } from './event-columns.ts';
import { identifier, joinSql, type Sql, sql } from './sql.ts';
import type { Column } from './store.ts';

/** Members that every event has, in order, with what reads them. */
const members: readonly (Column & { readonly sql: Sql })[] = [
  { name: '_id', type: 'text', sql: sql`lower(hex(events._id))` },
  { name: '_time', type: 'time', sql: sql`_time` },
  { name: '_indextime', type: 'time', sql: sql`_indextime` },
  { name: 'index', type: 'text', sql: identifier('index') },
  { name: 'host', type: 'text', sql: sql`host` },
  { name: 'source', type: 'text', sql: sql`source` },
  { name: 'sourcetype', type: 'text', sql: sql`sourcetype` },
  { name: '_product', type: 'text', sql: sql`_product` },
  { name: '_event_class', type: 'text', sql: sql`_event_class` },
  { name: '_time_source', type: 'text', sql: sql`_time_source` },
  { name: '_origin', type: 'text', sql: sql`_origin` },
  { name: '_offset', type: 'number', sql: sql`_offset` },
  { name: '_raw', type: 'text', sql: sql`_raw` },
];

/** The names of `members`. */
export const wholeEventMembers: readonly string[] = members.map(({ name }) => name);

/** Names of the fields that have a column of their own; null where an event has none, or several values. */
export const wholeEventFields: readonly string[] = hotColumns().map(({ name }) => name);

/** What a SELECT of whole events names: the members, the fields with columns of their own, and the JSON column of all others. */
export const wholeEvent: Sql = joinSql(
  [...members.map((member) => member.sql), ...wholeEventFields.map(identifier), identifier(jsonColumn)],
  sql`, `,
);

/** The same for some of the names, as columns of these names; what stands beside has to call the engine's own `_id` `events._id`. */
export function namedEvent(names: readonly string[]): Sql {
  const named = names.map((name) => {
    const member = members.find((each) => each.name === name);
    return sql`${member?.sql ?? identifier(name)} AS ${identifier(name)}`;
  });
  return joinSql(named, sql`, `);
}

/** Its columns. */
export const wholeEventColumns: readonly Column[] = [
  ...members.map(({ name, type }) => ({ name, type })),
  ...wholeEventFields.map((name): Column => ({ name, type: 'text' })),
  { name: jsonColumn, type: 'text' },
];

/** Where the column of a name stands among them. */
export function wholeEventPlace(name: string): number {
  return wholeEventColumns.findIndex((column) => column.name === name);
}
