import { identifier, integer, Parameters, type Query, type Sql, sql } from '../store/sql.ts';
import type { ColumnType, QueryLimits, Store } from '../store/store.ts';
import {
  namedEvent,
  wholeEvent,
  wholeEventColumns,
  wholeEventFields,
  wholeEventMembers,
  wholeEventPlace,
} from '../store/whole-event.ts';
import { type EventBlock, eventBlocks } from './event-block.ts';
import { type EventKey, isBehind } from './event-key.ts';
import { type ExportScope, inExport } from './export-scope.ts';

/** Names of the columns of the table, in order; behind them come the other fields. The raw text is no cell. */
export const cellNames: readonly string[] = [
  ...wholeEventMembers.filter((name) => name !== '_raw'),
  ...wholeEventFields,
];

/** Where the cells of `cellNames`, the raw text, the other fields, the id and the product stand among the columns of a block. */
export const cellColumns: readonly number[] = cellNames.map(wholeEventPlace);
export const rawColumn = wholeEventPlace('_raw');
export const othersColumn = wholeEventColumns.length - 1;
export const idColumn = wholeEventPlace('_id');
export const productColumn = wholeEventPlace('_product');

/** What the cells of a place among `cellNames` are. */
export function typeOfCell(at: number): ColumnType | undefined {
  return wholeEventColumns[cellColumns[at] ?? -1]?.type;
}

/** Rows that the engine reads at once: whole events are large. */
const blockRows = 2_048;

/** The events in the order of the store: index, host, time. `last` is an event behind which they begin. */
function eventsInOrder(columns: Sql, scope: ExportScope, last?: EventKey): Query {
  const parameters = new Parameters();
  const rest = last === undefined ? sql`` : sql` AND ${isBehind(last, parameters)}`;
  return {
    sql: sql`SELECT ${columns} FROM events WHERE ${inExport(scope, parameters)}${rest} ORDER BY ${identifier('index')}, host, _time, events._id
SETTINGS optimize_read_in_order = 1, read_in_order_use_virtual_row = 1, max_block_size = ${integer(blockRows)}, max_threads = 2`,
    parameters: parameters.values,
  };
}

/** The events without their other fields, by names. */
export function exportedRows(scope: ExportScope): Query {
  return eventsInOrder(namedEvent([...cellNames, '_raw']), scope);
}

/**
 * Streams the events in the order of the store in blocks of columns. While some are worked on, the engine
 * makes the next. A block is only lent until the next is asked for. `last` is an event behind which they begin.
 */
export async function* exportedBlocks(
  store: Store,
  scope: ExportScope,
  limits: QueryLimits,
  last?: EventKey,
): AsyncGenerator<EventBlock> {
  const blocks = store.columnBlocks(eventsInOrder(wholeEvent, scope, last), limits)[Symbol.asyncIterator]();
  let next = blocks.next();
  let memory = Buffer.alloc(0);
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      if (value.length > memory.length) memory = Buffer.allocUnsafe(value.length + (value.length >> 2));
      memory.set(value);
      const { length } = value;
      next = blocks.next();
      next.catch(() => undefined);
      yield* eventBlocks(memory.subarray(0, length));
    }
  } finally {
    await next.catch(() => undefined);
    await blocks.return?.();
  }
}
