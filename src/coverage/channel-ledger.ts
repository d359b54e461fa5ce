import type { ClassRow } from './class-query.ts';
import type { ChannelLedger, ClassLedger, NeverSeen, SensorDrop, TimeGrid } from './ledger.ts';
import { recordableClasses } from './recordable-classes.ts';
import type { ChannelReports } from './reports.ts';

/** Parts of time in which events are counted. */
export const gridParts = 48;

/** What the events and reports of one channel say of it. */
export function channelLedger(
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

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

export function earliest(times: readonly (bigint | null)[]): bigint | null {
  return times.reduce(
    (least, time) => (least === null || (time !== null && time < least) ? time : least),
    null,
  );
}

export function latest(times: readonly (bigint | null)[]): bigint | null {
  return times.reduce((most, time) => (most === null || (time !== null && time > most) ? time : most), null);
}
