import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import { hotFields } from '../events/fields.ts';
import { jsonColumn } from '../store/event-columns.ts';
import { decodeJsonKey } from '../store/json-key.ts';
import { identifier, joinSql, Parameters, sql, textLiteral } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import type { StoredFields } from './summarise-event.ts';

/** What the store has of an event. */
export interface EventDetails {
  readonly id: string;
  readonly time: Ticks;
  readonly arrival: Ticks;
  readonly host: string;
  readonly product: string;
  readonly eventClass: EventClass;
  readonly timeSource: string;
  readonly fields: StoredFields;
}

const columns: readonly Column[] = [
  { name: 'id', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'arrival', type: 'time' },
  { name: 'host', type: 'text' },
  { name: 'product', type: 'text' },
  { name: 'class', type: 'text' },
  { name: 'time_source', type: 'text' },
  { name: 'hot', type: 'multivalue' },
  { name: 'others', type: 'text' },
];

// Hot fields as `name=value`: an array leaves no place for null.
const hot = joinSql(
  hotFields.map(({ name }) => sql`concat(${textLiteral(`${name}=`)}, ${identifier(name)})`),
  sql`, `,
);

const idsPerStatement = 5_000;

/** Reads events whole, by id; `time` narrows what is read. Ids that the store has not are left out. */
export async function readEventDetails(
  store: Store,
  events: readonly { readonly id: string; readonly time: Ticks }[],
): Promise<ReadonlyMap<string, EventDetails>> {
  const found = new Map<string, EventDetails>();
  for (let at = 0; at < events.length; at += idsPerStatement) {
    const some = events.slice(at, at + idsPerStatement);
    const times = some.map(({ time }) => time);
    const first = times.reduce((a, b) => (b < a ? b : a));
    const last = times.reduce((a, b) => (b > a ? b : a));
    const parameters = new Parameters();
    const ids = parameters.bind([...new Set(some.map(({ id }) => id))], 'Array(String)');
    const query = sql`SELECT lower(hex(_id)), _time, _indextime, host, _product, _event_class, _time_source,
arrayMap(x -> assumeNotNull(x), arrayFilter(x -> isNotNull(x), [${hot}])), replaceAll(toJSONString(${identifier(jsonColumn)}), '\\\\/', '/')
FROM events WHERE _time >= ${bindTime(parameters, first)} AND _time <= ${bindTime(parameters, last)}
AND _id IN (SELECT CAST(unhex(arrayJoin(${ids})) AS FixedString(16)))`;
    for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns)) {
      for (const [id, time, arrival, host, product, eventClass, timeSource, hotValues, others] of block) {
        found.set(String(id), {
          id: String(id),
          time: time as Ticks,
          arrival: arrival as Ticks,
          host: String(host),
          product: String(product),
          eventClass: eventClass as EventClass,
          timeSource: String(timeSource),
          fields: fieldsOf(hotValues as readonly string[] | null, String(others)),
        });
      }
    }
  }
  return found;
}

function fieldsOf(hotValues: readonly string[] | null, others: string): StoredFields {
  const fields: Record<string, string | readonly string[]> = Object.create(null);
  for (const each of hotValues ?? []) {
    const at = each.indexOf('=');
    fields[each.slice(0, at)] = each.slice(at + 1);
  }
  const parsed: unknown = JSON.parse(others);
  if (typeof parsed !== 'object' || parsed === null) return fields;
  for (const [key, value] of Object.entries(parsed)) {
    const name = decodeJsonKey(key);
    if (typeof value === 'string') fields[name] = value;
    else if (Array.isArray(value)) fields[name] = value.map(String);
  }
  return fields;
}
