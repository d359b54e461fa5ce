import type { Store } from '../store/store.ts';
import { channelLedger, earliest, gridParts, latest, total } from './channel-ledger.ts';
import { readClasses } from './class-query.ts';
import { type FaultRow, readFaults } from './fault-query.ts';
import { judgeLateness } from './lateness.ts';
import { readArrivals, readDeliveries } from './lateness-query.ts';
import type { ChannelLedger, HostLedger, Ledger, LogCleared, TimeGrid } from './ledger.ts';
import { type LedgerScope, scopeRange } from './ledger-scope.ts';
import { judgeRecordIds, noRecordIds } from './record-id-gaps.ts';
import { readRecordIds } from './record-id-query.ts';
import { readReports } from './report-query.ts';
import { noReports, reportsByChannel } from './reports.ts';

/**
 * Reads the ledger of the hosts in scope: six statements, each over all events of the scope. Whether a class was ever
 * recorded, and what the sensor said of itself, is asked of all times; counts are those of the scope's range.
 */
export async function readLedger(store: Store, scope: LedgerScope = {}): Promise<Ledger> {
  const [classes, recordIds, reports, [arrivals, deliveries], faults] = await Promise.all([
    readClasses(store, scope, gridParts),
    readRecordIds(store, scope),
    readReports(store, scope),
    readLateness(store, scope),
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
  for (const [key, { clears }] of reportsOf) addClearedLog(key, clears, hosts, grids);
  return {
    range: scopeRange(scope),
    hosts: [...hosts].map(([host, channels]) =>
      hostLedger(host, channels, grids.get(host) ?? { from: 0n, width: 1n, parts: gridParts }, faults),
    ),
    faults: faults.filter(({ hosts }) => hosts.length === 0).map(({ fault }) => fault),
  };
}

/** Deliveries are only read where arrivals tell anything: after an ingest of old files every event is late. */
async function readLateness(
  store: Store,
  scope: LedgerScope,
): Promise<readonly [Awaited<ReturnType<typeof readArrivals>>, Awaited<ReturnType<typeof readDeliveries>>]> {
  const arrivals = await readArrivals(store, scope);
  const measured = arrivals.some(({ value }) => judgeLateness(value, []).kind === 'measured');
  return [arrivals, measured ? await readDeliveries(store, scope) : []];
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

/** A log that was cleared and gave no event at all is told of too. */
function addClearedLog(
  key: string,
  clears: readonly LogCleared[],
  hosts: ReadonlyMap<string, ChannelLedger[]>,
  grids: ReadonlyMap<string, TimeGrid>,
): void {
  const [host = '', channel = ''] = key.split('\n');
  const ledgers = hosts.get(host);
  const grid = grids.get(host);
  if (clears.length === 0 || ledgers === undefined || grid === undefined) return;
  if (ledgers.some((ledger) => ledger.channel === channel)) return;
  ledgers.push({
    ...channelLedger(channel, grid, [], { ...noReports, clears }),
    recordIds: noRecordIds(0),
    lateness: { kind: 'unknown' },
  });
}

interface OfChannel {
  readonly host: string;
  readonly channel: string;
}

function channelKey({ host, channel }: OfChannel): string {
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
