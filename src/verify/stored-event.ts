import type { Ticks } from '../core/ticks.ts';
import type { FieldValue } from '../events/event.ts';
import { Compilation } from '../spl/generate/compilation.ts';
import { eventsRelation, scopeTests } from '../spl/generate/events-source.ts';
import { need } from '../spl/generate/field-need.ts';
import type { EventsSource } from '../spl/plan.ts';
import type { PlannedSearch } from '../spl/run.ts';
import { decodeJsonKey } from '../store/json-key.ts';
import { integer, joinSql, type Sql, sql } from '../store/sql.ts';
import type { Cell, QueryLimits, Store } from '../store/store.ts';
import { wholeEvent, wholeEventColumns, wholeEventFields, wholeEventMembers } from '../store/whole-event.ts';

/** An event as the store holds it, with where it came from. */
export interface Stored {
  readonly id: string;
  readonly time: Ticks;
  readonly arrival: Ticks;
  readonly host: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly product: string;
  readonly eventClass: string;
  readonly timeSource: string;
  readonly origin: string;
  readonly offset: number;
  readonly raw: string;
  readonly fields: ReadonlyMap<string, FieldValue>;
}

/** Which stored events: those of a search's first stage, or, of these, those of one source in the order of the file. */
export interface StoredScope {
  readonly store: Store;
  readonly planned: PlannedSearch;
  readonly limits: QueryLimits;
}

/** Streams the events in the order in which they are stored; those of one `origin` in the order of their places in it. */
export async function* storedEvents(
  { store, planned, limits }: StoredScope,
  origin?: string,
): AsyncGenerator<Stored> {
  const source = eventsOf(planned);
  const compilation = new Compilation(planned.environment, new Map());
  const tests = scopeTests(source, compilation);
  if (source.test !== undefined) tests.push(sql`_id IN (${idsOf(source, compilation)})`);
  if (origin !== undefined) tests.push(sql`_origin = ${compilation.parameters.bind(origin, 'String')}`);
  const where = tests.length === 0 ? sql`1` : joinSql(tests, sql` AND `);
  const order = origin === undefined ? sql`` : sql` ORDER BY _offset, _id`;
  const query = {
    sql: sql`SELECT ${wholeEvent} FROM events WHERE ${where}${order} SETTINGS max_block_size = ${integer(blockRows)}, max_threads = 1,
max_bytes_before_external_sort = ${integer(sortedBytes)}, max_bytes_ratio_before_external_sort = 0`,
    parameters: compilation.parameters.values,
  };
  for await (const block of store.rows(query, wholeEventColumns, limits))
    for (const row of block) yield storedOf(row);
}

/** Rows that the engine reads at once: whole events are large. */
const blockRows = 1_024;

/** Bytes that are sorted in memory; more goes by way of the disk. */
const sortedBytes = 128 << 20;

/** The source of a planned search over events. */
export function eventsOf({ plan }: PlannedSearch): EventsSource {
  if (plan.source.kind !== 'events') throw new Error('the scope was checked to be one of events');
  return plan.source;
}

function idsOf(source: EventsSource, compilation: Compilation): Sql {
  const relation = eventsRelation(source, need([]), compilation);
  const id = relation.identity ?? sql`NULL`;
  return compilation.show({ from: relation.from, order: [] }, [{ ref: compilation.fresh('id'), value: id }]);
}

/** An event of a row of `wholeEventColumns`. */
export function storedOf(row: readonly Cell[]): Stored {
  const [
    id,
    time,
    arrival,
    ,
    host,
    source,
    sourcetype,
    product,
    eventClass,
    timeSource,
    origin,
    offset,
    raw,
  ] = row;
  const fields = new Map<string, FieldValue>();
  for (const [at, name] of wholeEventFields.entries()) {
    const value = row[wholeEventMembers.length + at];
    if (typeof value === 'string') fields.set(name, value);
  }
  const others = JSON.parse(String(row.at(-1) ?? '{}')) as Record<string, unknown>;
  for (const [key, value] of Object.entries(others)) {
    if (typeof value === 'string') fields.set(decodeJsonKey(key), value);
    else if (Array.isArray(value)) fields.set(decodeJsonKey(key), value.map(String));
  }
  return {
    id: String(id),
    time: time as Ticks,
    arrival: arrival as Ticks,
    host: String(host),
    source: String(source),
    sourcetype: String(sourcetype),
    product: String(product),
    eventClass: String(eventClass),
    timeSource: String(timeSource),
    origin: String(origin),
    offset: Number(offset),
    raw: String(raw),
    fields,
  };
}
