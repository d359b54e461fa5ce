import { integer, Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { cellNumber, cellText, cellTime } from './cell.ts';
import { type ArrivalFigures, lateAfter } from './lateness.ts';
import type { LateDelivery } from './ledger.ts';
import { hasOwnTime, inScope, type LedgerScope, ownChannel } from './ledger-scope.ts';

/** Late deliveries that are listed for each channel: those of most events. */
const listedDeliveries = 50;

interface OfChannel<Value> {
  readonly host: string;
  readonly channel: string;
  readonly value: Value;
}

const figureColumns: readonly Column[] = [
  { name: 'host', type: 'text' },
  { name: 'channel', type: 'text' },
  ...['events', 'median', 'p95', 'p99', 'most', 'event_minutes', 'arrival_minutes'].map(
    (name): Column => ({ name, type: 'number' }),
  ),
];

/** What the arrivals are like, by host and channel, of events with a time of their own. */
export async function readArrivals(
  store: Store,
  scope: LedgerScope,
): Promise<readonly OfChannel<ArrivalFigures>[]> {
  const parameters = new Parameters();
  const query = sql`SELECT host, ${ownChannel} AS channel, count(), quantiles(0.5, 0.95, 0.99)(late) AS shares,
max(late), uniq(toStartOfMinute(_time)), uniq(toStartOfMinute(_indextime))
FROM (SELECT host, source, Channel, EventCode, _event_class, _time, _indextime,
  (reinterpretAsInt64(_indextime) - reinterpretAsInt64(_time)) / 10000000 AS late FROM events
  WHERE ${hasOwnTime} AND ${inScope(scope, parameters)}) GROUP BY host, channel`;
  const selected = sql`SELECT host, channel, \`count()\`, shares[1], shares[2], shares[3], * EXCEPT (host, channel, \`count()\`, shares)
FROM (${query})`;
  const rows: OfChannel<ArrivalFigures>[] = [];
  for await (const block of store.rows({ sql: selected, parameters: parameters.values }, figureColumns)) {
    for (const row of block) {
      const [events = 0, median = 0, p95 = 0, p99 = 0, most = 0, eventMinutes = 0, arrivalMinutes = 0] = row
        .slice(2)
        .map(cellNumber);
      const value = { events, median, p95, p99, most, eventMinutes, arrivalMinutes };
      rows.push({ host: cellText(row[0]), channel: cellText(row[1]), value });
    }
  }
  return rows;
}

const deliveryColumns: readonly Column[] = [
  { name: 'host', type: 'text' },
  { name: 'channel', type: 'text' },
  { name: 'from', type: 'time' },
  { name: 'to', type: 'time' },
  { name: 'first_arrival', type: 'time' },
  { name: 'last_arrival', type: 'time' },
  { name: 'events', type: 'number' },
];

/** Events that came late, by the minute of their arrival. */
export async function readDeliveries(
  store: Store,
  scope: LedgerScope,
): Promise<readonly OfChannel<LateDelivery>[]> {
  const parameters = new Parameters();
  const query = sql`SELECT host, ${ownChannel} AS channel, min(_time) AS from, max(_time), min(_indextime) AS arrived,
max(_indextime), count() AS events
FROM events WHERE reinterpretAsInt64(_indextime) - reinterpretAsInt64(_time) > ${integer(lateAfter * 10_000_000)}
AND ${hasOwnTime} AND ${inScope(scope, parameters)}
GROUP BY host, channel, toStartOfMinute(_indextime) ORDER BY host, channel, events DESC, arrived
LIMIT ${integer(listedDeliveries)} BY host, channel`;
  const rows: OfChannel<LateDelivery>[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, deliveryColumns)) {
    for (const row of block) {
      const value: LateDelivery = {
        from: cellTime(row[2]) ?? 0n,
        to: cellTime(row[3]) ?? 0n,
        firstArrival: cellTime(row[4]) ?? 0n,
        lastArrival: cellTime(row[5]) ?? 0n,
        events: cellNumber(row[6]),
      };
      rows.push({ host: cellText(row[0]), channel: cellText(row[1]), value });
    }
  }
  return rows;
}
