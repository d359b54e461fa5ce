import { formatTicks, type Ticks } from '../core/ticks.ts';
import { readEventDetails } from '../evidence/read-event-details.ts';
import { identifier, Parameters, sql } from '../store/sql.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import type { EventDetail } from './contracts/events.ts';

const columns: readonly Column[] = [
  { name: 'time', type: 'time' },
  { name: 'index', type: 'text' },
  { name: 'source', type: 'text' },
  { name: 'sourcetype', type: 'text' },
  { name: 'raw', type: 'text' },
  { name: 'origin', type: 'text' },
  { name: 'offset', type: 'number' },
];

/** An event by its id, 32 hexadecimal digits; undefined where the store has none. Its time, if known, makes it quick. */
export async function readEvent(
  store: Store,
  id: string,
  time: Ticks | undefined,
): Promise<EventDetail | undefined> {
  const parameters = new Parameters();
  const inTime = time === undefined ? sql`1` : sql`_time = ${bindTime(parameters, time)}`;
  const wanted = parameters.bind(id, 'String');
  const query = sql`SELECT _time, ${identifier('index')}, source, sourcetype, _raw, _origin, _offset FROM events
WHERE _id = CAST(unhex(${wanted}) AS FixedString(16)) AND ${inTime} LIMIT 1`;
  let row: readonly Cell[] | undefined;
  for await (const rows of store.rows({ sql: query, parameters: parameters.values }, columns))
    row ??= rows[0];
  if (row === undefined) return undefined;
  const [found, index, source, sourcetype, raw, origin, offset] = row;
  const details = (await readEventDetails(store, [{ id, time: found as Ticks }])).get(id);
  if (details === undefined) return undefined;
  const fields = Object.entries(details.fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  return {
    id,
    time: formatTicks(details.time),
    arrival: formatTicks(details.arrival),
    index: String(index),
    source: String(source),
    sourcetype: String(sourcetype),
    host: details.host,
    product: details.product,
    eventClass: details.eventClass,
    timeSource: details.timeSource,
    raw: String(raw),
    fields: Object.fromEntries(fields),
    origin: String(origin),
    offset: Number(offset),
  };
}
