import type { Store } from '../store/store.ts';
import { type ClassRow, readClasses } from './class-query.ts';
import { type FaultRow, readFaults } from './fault-query.ts';
import { judgeLateness } from './lateness.ts';
import { readArrivals, readDeliveries } from './lateness-query.ts';
import type {
  ChannelLedger,
  ClassLedger,
  HostLedger,
  Ledger,
  NeverSeen,
  SensorDrop,
  TimeGrid,
} from './ledger.ts';
import { type LedgerScope, scopeRange } from './ledger-scope.ts';
import { judgeRecordIds, noRecordIds } from './record-id-gaps.ts';
import { readRecordIds } from './record-id-query.ts';
import { recordableClasses } from './recordable-classes.ts';
import { readReports } from './report-query.ts';
import { type ChannelReports, noReports, reportsByChannel } from './reports.ts';

/** Parts of time in which events are counted. */
export const gridParts = 48;

/**
 * Reads the ledger of the hosts in scope: six statements, each over all events of the scope. Whether a class was ever
 * recorded, and what the sensor said of itself, is asked of all times; counts are those of the scope's range.
 */
export async function readLedger(store: Store, scope: LedgerScope = {}): Promise<Ledger> {
  const [classes, recordIds, reports, arrivals, deliveries, faults] = await Promise.all([
    readClasses(store, scope, gridParts),
    readRecordIds(store, scope),
    readReports(store, scope),
    readArrivals(store, scope),
    readDeliveries(store, scope),
    readFaults(store, scope),
  ]);
  const idsOf = keyed(recordIds, (row) => judgeRecordIds(row.figures, row.gaps));
  const arrivalsOf = keyed(arrivals, ({ value }) => value);
  const late = grouped(deliveries);
  const classesOf = grouped(classes);
  const reportsOf = reportsByChannel(
    reports,
    new Map([...classesOf].map(([key, rows]) => [key, earliest(rows.map(({ first }) => first))])),
  );
  const hosts = new Map<string, ChannelLedger[]>();
  const grids = new Map<string, TimeGrid>();
  for (const [key, rows] of classesOf) {
    const [row] = rows;
    if (row === undefined) continue;
    const { host, channel, grid } = row;
    const events = rows.reduce((sum, { eventsEver }) => sum + eventsEver, 0);
    const ledgers = hosts.get(host) ?? [];
    hosts.set(host, ledgers);
    grids.set(host, grid);
    ledgers.push({
      ...channelLedger(channel, grid, rows, reportsOf.get(key) ?? noReports),
      recordIds: idsOf.get(key) ?? noRecordIds(events),
      lateness: judgeLateness(
        arrivalsOf.get(key),
        (late.get(key) ?? []).map(({ value }) => value),
      ),
    });
  }
  // A log that was cleared and gave no event at all is told of by the log that told it.
  return {
    range: scopeRange(scope),
    hosts: [...hosts].map(([host, channels]) =>
      hostLedger(host, channels, grids.get(host) ?? { from: 0n, width: 1n, parts: gridParts }, faults),
    ),
    faults: faults.filter(({ hosts }) => hosts.length === 0).map(({ fault }) => fault),
  };
}

function hostLedger(
  host: string,
  channels: readonly ChannelLedger[],
  grid: TimeGrid,
  faults: readonly FaultRow[],
): HostLedger {
  const sorted = [...channels].sort((one, other) => other.eventsEver - one.eventsEver);
  return {
    host,
    events: total(channels.map(({ events }) => events)),
    eventsEver: total(channels.map(({ eventsEver }) => eventsEver)),
    first: earliest(channels.map(({ first }) => first)),
    last: latest(channels.map(({ last }) => last)),
    grid,
    channels: sorted,
    faults: faults.filter(({ hosts }) => hosts.includes(host)).map(({ fault }) => fault),
  };
}

function channelLedger(
  channel: string,
  grid: TimeGrid,
  rows: readonly ClassRow[],
  reports: ChannelReports,
): Omit<ChannelLedger, 'recordIds' | 'lateness'> {
  const classes = rows.map(classLedger);
  const parts = new Array<number>(gridParts).fill(0);
  for (const each of classes)
    for (const [at, count] of each.parts.entries()) parts[at] = (parts[at] ?? 0) + count;
  const read = reports.drops.length + reports.states.length + reports.clearsTold;
  const told = total(
    classes.filter(({ eventClass }) => isReport(eventClass)).map(({ eventsEver }) => eventsEver),
  );
  return {
    channel,
    products: [...new Set(rows.map(({ product }) => product))],
    events: total(rows.map(({ events }) => events)),
    eventsEver: total(rows.map(({ eventsEver }) => eventsEver)),
    untimed: total(rows.map(({ untimed }) => untimed)),
    first: earliest(rows.map(({ first }) => first)),
    last: latest(rows.map(({ last }) => last)),
    parts,
    classes,
    neverSeen: neverSeenOf(channel, classes),
    drops: reports.drops.map((drop) =>
      drop.eventCode === sysmonReport ? drop : sinceEventBefore(drop, parts, grid),
    ),
    clears: reports.clears,
    states: reports.states,
    reportsLeftOut: Math.max(0, told - read),
  };
}

/** Sysmon counts what it dropped since its report before. */
const sysmonReport = '255';

/**
 * Windows tells of audit events that it dropped with the next one that it can write: they lie behind the event before. The
 * grid says when that was at the earliest.
 */
function sinceEventBefore(drop: SensorDrop, parts: readonly number[], grid: TimeGrid): SensorDrop {
  const of = Number((drop.to - grid.from) / grid.width);
  if (drop.to < grid.from || of >= parts.length) return { ...drop, from: null, since: 'unknown' };
  let at = of;
  while (at >= 0 && (parts[at] ?? 0) <= (at === of ? 1 : 0)) at--;
  if (at < 0) return { ...drop, from: null, since: 'unknown' };
  return { ...drop, from: grid.from + grid.width * BigInt(at), since: 'event-before' };
}

function isReport(eventClass: string): boolean {
  return eventClass === 'sensor-drop' || eventClass === 'sensor-state' || eventClass === 'log-cleared';
}

function classLedger(row: ClassRow): ClassLedger {
  const parts = new Array<number>(gridParts).fill(0);
  for (const [at, part] of row.parts.entries()) parts[part] = row.partEvents[at] ?? 0;
  const { eventClass, product, events, eventsEver, first, last } = row;
  return { eventClass, product, events, eventsEver, first, last, parts };
}

function neverSeenOf(channel: string, classes: readonly ClassLedger[]): readonly NeverSeen[] {
  const seen = new Set(classes.map(({ eventClass }) => eventClass));
  const products = [...new Set(classes.map(({ product }) => product))];
  return products.flatMap((product) =>
    recordableClasses(product, channel)
      .filter(({ eventClass }) => !seen.has(eventClass))
      .map(({ eventClass, byDefault, seldom }) => ({
        eventClass,
        product,
        byDefault,
        seldom: seldom === true,
      })),
  );
}

interface OfChannel {
  readonly host: string;
  readonly channel: string;
}

export function channelKey({ host, channel }: OfChannel): string {
  return `${host}\n${channel}`;
}

function keyed<Row extends OfChannel, Value>(
  rows: readonly Row[],
  value: (row: Row) => Value,
): ReadonlyMap<string, Value> {
  return new Map(rows.map((row) => [channelKey(row), value(row)]));
}

function grouped<Row extends OfChannel>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(channelKey(row));
    if (group === undefined) groups.set(channelKey(row), [row]);
    else group.push(row);
  }
  return groups;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function earliest(times: readonly (bigint | null)[]): bigint | null {
  return times.reduce(
    (least, time) => (least === null || (time !== null && time < least) ? time : least),
    null,
  );
}

function latest(times: readonly (bigint | null)[]): bigint | null {
  return times.reduce((most, time) => (most === null || (time !== null && time > most) ? time : most), null);
}
