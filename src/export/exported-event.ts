import { formatTicks, type Ticks } from '../core/ticks.ts';
import { hotColumns, jsonColumn } from '../store/event-columns.ts';
import { decodeJsonKey } from '../store/json-key.ts';
import { identifier, integer, joinSql, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column, QueryLimits, Store } from '../store/store.ts';
import { type ExportScope, inExport } from './export-scope.ts';

/** Members in the order of the columns of every file; their names are those that `storedEventMembers` names. */
const members: readonly (Column & { readonly sql: Sql })[] = [
  { name: '_id', type: 'text', sql: sql`lower(hex(_id))` },
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
];
const hot = hotColumns().map(({ name }) => name);
const columns: readonly Column[] = [
  ...members.map(({ name, type }) => ({ name, type })),
  ...hot.map((name): Column => ({ name, type: 'text' })),
  { name: 'raw', type: 'text' },
  { name: jsonColumn, type: 'text' },
];
const selected = joinSql(
  [...members.map((member) => member.sql), ...hot.map(identifier), sql`_raw`, identifier(jsonColumn)],
  sql`, `,
);

/** Names of the cells of an exported event, in order; behind them come the raw text and the other fields. */
export const cellNames: readonly string[] = [...members.map(({ name }) => name), ...hot];
const productAt = members.findIndex(({ name }) => name === '_product');

/** An event on its way into the files. */
export interface ExportedEvent {
  readonly product: string;
  /** Texts by `cellNames`; null is "has none". */
  readonly cells: readonly (string | null)[];
  readonly raw: string;
  /** The fields without a column of their own: a JSON object. */
  readonly others: string;
}

/** Rows that the engine reads at once: whole events are large. */
const blockRows = 2_048;

/** Streams the events in the order of the store: index, host, time. */
export async function* exportedEvents(
  store: Store,
  scope: ExportScope,
  limits: QueryLimits,
): AsyncGenerator<readonly ExportedEvent[]> {
  const parameters = new Parameters();
  const query = {
    sql: sql`SELECT ${selected} FROM events WHERE ${inExport(scope, parameters)} ORDER BY ${identifier('index')}, host, _time, events._id
SETTINGS optimize_read_in_order = 1, read_in_order_use_virtual_row = 1, max_block_size = ${integer(blockRows)}, max_threads = 2`,
    parameters: parameters.values,
  };
  for await (const block of store.rows(query, columns, limits)) yield block.map(eventOf);
}

function eventOf(row: readonly Cell[]): ExportedEvent {
  const cells: (string | null)[] = new Array(cellNames.length);
  for (let at = 0; at < cellNames.length; at++) {
    const cell = row[at] ?? null;
    cells[at] =
      typeof cell === 'string' || cell === null
        ? cell
        : typeof cell === 'bigint'
          ? timeText(cell)
          : String(cell);
  }
  return {
    product: String(cells[productAt]),
    cells,
    raw: String(row[cellNames.length]),
    others: plainKeys(String(row[cellNames.length + 1] ?? '{}')),
  };
}

let lastTime: Ticks | undefined;
let lastText = '';

/** Times come in order, and arrivals are those of batches. */
function timeText(time: Ticks): string {
  if (time !== lastTime) {
    lastTime = time;
    lastText = formatTicks(time);
  }
  return lastText;
}

/** A key that `encodeJsonKey` changed; a value may look like one, too. */
const escapedKey = /%(?:u?[0-9A-F]{2,4}[^"\\]*)?":/;

/** Keys as the fields are called; nearly all are written in the store as they are. */
function plainKeys(text: string): string {
  if (!escapedKey.test(text)) return text;
  const fields = JSON.parse(text) as Record<string, unknown>;
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(fields)) plain[decodeJsonKey(key)] = value;
  return JSON.stringify(plain);
}
