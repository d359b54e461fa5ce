import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import { integer, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { cellNumber, cellNumbers, cellText, cellTime } from './cell.ts';
import type { TimeGrid } from './ledger.ts';
import { hasOwnTime, inRange, inScope, type LedgerScope, ownChannel } from './ledger-scope.ts';

/** A class of events that one product recorded on one channel of one host. */
export interface ClassRow {
  readonly host: string;
  readonly channel: string;
  readonly product: string;
  readonly eventClass: EventClass;
  readonly events: number;
  readonly eventsEver: number;
  readonly untimed: number;
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  /** Numbers of the grid's parts, and their events. */
  readonly parts: readonly number[];
  readonly partEvents: readonly number[];
  readonly grid: TimeGrid;
}

const columns: readonly Column[] = [
  { name: 'host', type: 'text' },
  { name: 'channel', type: 'text' },
  { name: 'product', type: 'text' },
  { name: 'class', type: 'text' },
  { name: 'events', type: 'number' },
  { name: 'ever', type: 'number' },
  { name: 'untimed', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'parts', type: 'multivalue' },
  { name: 'part_events', type: 'multivalue' },
  { name: 'grid_from', type: 'time' },
  { name: 'width', type: 'text' },
];

const none = sql`CAST(NULL, 'Nullable(DateTime64(7, ''UTC''))')`;

/** Counts events by host, channel, product, class, and part of each host's time: that of the range, else of its events. */
export async function readClasses(
  store: Store,
  scope: LedgerScope,
  parts: number,
): Promise<readonly ClassRow[]> {
  const parameters = new Parameters();
  const bound = (time: Ticks | null | undefined): Sql => (time == null ? none : bindTime(parameters, time));
  const where = () => inScope(scope, parameters);
  const query = sql`SELECT host, ${ownChannel} AS channel, toString(_product), toString(_event_class),
countIf(${inRange(scope, parameters)}), count(), countIf(NOT own) AS untimed,
minOrNullIf(_time, own), maxOrNullIf(_time, own),
sumMapIf([part], [toUInt64(1)], own AND ${inRange(scope, parameters)}) AS counted,
arrayMap(x -> toString(x), counted.1), arrayMap(x -> toString(x), counted.2), any(grid_from), toString(any(width))
FROM (SELECT host, source, Channel, EventCode, _product, _event_class, _time, grid_from, width, ${hasOwnTime} AS own,
  toUInt32(greatest(0, least(${integer(parts - 1)},
    intDiv(reinterpretAsInt64(_time) - reinterpretAsInt64(grid_from), width)))) AS part
  FROM events INNER JOIN (
    SELECT host, coalesce(${bound(scope.earliest)}, minOrNullIf(_time, own), min(_time)) AS grid_from,
      coalesce(${bound(scope.latest)}, maxOrNullIf(_time, own), max(_time)) AS grid_to,
      greatest(toInt64(1), intDiv(reinterpretAsInt64(grid_to) - reinterpretAsInt64(grid_from), ${integer(parts)}) + 1) AS width
    FROM (SELECT host, _time, ${hasOwnTime} AS own FROM events WHERE ${where()}) GROUP BY host
  ) AS spans USING host WHERE ${where()})
GROUP BY host, channel, _product, _event_class ORDER BY host, channel, _product, _event_class`;
  const rows: ClassRow[] = [];
  const selected = sql`SELECT * EXCEPT counted FROM (${query})`;
  for await (const block of store.rows({ sql: selected, parameters: parameters.values }, columns)) {
    for (const row of block) {
      const [host, channel, product, eventClass, events, ever, untimed, first, last, numbers, counts] = row;
      rows.push({
        host: cellText(host),
        channel: cellText(channel),
        product: cellText(product),
        // The store holds what `Event.eventClass` was.
        eventClass: cellText(eventClass) as EventClass,
        events: cellNumber(events),
        eventsEver: cellNumber(ever),
        untimed: cellNumber(untimed),
        first: cellTime(first),
        last: cellTime(last),
        parts: cellNumbers(numbers),
        partEvents: cellNumbers(counts),
        grid: { from: cellTime(row[11]) ?? 0n, width: BigInt(cellText(row[12]) || '1'), parts },
      });
    }
  }
  return rows;
}
