import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { DropCount, SensorDrop } from './ledger.ts';

/** Classes of events by the name of the Sysmon rule that records them (manifest, `rulename`). */
const classesOfRule: ReadonlyMap<string, readonly EventClass[]> = new Map<string, readonly EventClass[]>([
  ['processcreate', ['process-start']],
  ['filecreatetime', ['file-time-change']],
  ['networkconnect', ['network']],
  ['processterminate', ['process-end']],
  ['driverload', ['driver-load']],
  ['imageload', ['module-load']],
  ['createremotethread', ['remote-thread']],
  ['rawaccessread', ['raw-access']],
  ['processaccess', ['process-access']],
  ['filecreate', ['file-create']],
  ['registryevent', ['registry']],
  ['filecreatestreamhash', ['file-stream']],
  ['pipeevent', ['pipe']],
  ['wmievent', ['wmi']],
  ['dnsquery', ['dns']],
  ['filedelete', ['file-delete']],
  ['clipboardchange', ['clipboard']],
  ['processtampering', ['process-tampering']],
  ['filedeletedetected', ['file-delete']],
  ['fileblockexecutable', ['file-create']],
  ['fileblockshredding', ['file-delete']],
  ['fileexecutabledetected', ['file-create']],
]);

/** A description has at most 1,024 characters, and there are some twenty rules. */
const mostTypes = 100;

/**
 * Reads `Events dropped from driver queue: ImageLoad:1 ProcessAccess:51 RegistryEvent:4` (Sysmon 255, ID `QUEUE`): counts
 * by rule name, a name that comes twice added up. Empty for any other text.
 */
export function parseDroppedCounts(description: string): readonly DropCount[] {
  const list = /events? dropped[^:]{0,100}:(.{0,4096})/is.exec(description)?.[1];
  if (list === undefined) return [];
  const counts = new Map<string, number>();
  for (const [, type = '', digits = ''] of list.matchAll(
    /([A-Za-z]\w{0,63})\s{0,4}[:=]\s{0,4}(\d{1,12})(?!\d)/g,
  )) {
    if (counts.size >= mostTypes && !counts.has(type)) continue;
    counts.set(type, (counts.get(type) ?? 0) + Number(digits));
  }
  return [...counts].map(([type, count]) => ({
    type,
    count,
    classes: classesOfRule.get(type.toLowerCase()) ?? [],
  }));
}

/** A report of drops as it is stored. */
export interface DropReport {
  readonly time: Ticks;
  readonly eventCode: string;
  readonly description: string;
  readonly eventId: string;
}

/**
 * The drops that reports tell of, oldest first. A report counts what was dropped since the one before or since the sensor
 * was started, whichever is later; without either, since the channel's first event.
 */
export function sensorDrops(
  reports: readonly DropReport[],
  starts: readonly Ticks[],
  first: Ticks | null,
): readonly SensorDrop[] {
  const sorted = [...reports].sort((one, other) => compare(one.time, other.time));
  const startsSorted = [...starts].sort(compare);
  return sorted.map((report, at) => {
    const before = sorted[at - 1]?.time;
    const start = startsSorted.findLast((time) => time <= report.time);
    const begins =
      before !== undefined && (start === undefined || before >= start)
        ? { from: before, since: 'report' as const }
        : start !== undefined
          ? { from: start, since: 'start' as const }
          : first !== null && first <= report.time
            ? { from: first, since: 'first-event' as const }
            : { from: null, since: 'unknown' as const };
    return {
      ...begins,
      to: report.time,
      counts: parseDroppedCounts(report.description),
      eventCode: report.eventCode,
      text: report.description,
      eventId: report.eventId,
    };
  });
}

/** Whether a report may count events of a class, and how many it says; undefined where it says no number. */
export function droppedOfClass(
  drop: SensorDrop,
  eventClass: EventClass,
): { readonly count: number | undefined } | undefined {
  if (drop.counts.length === 0) return { count: undefined };
  const of = drop.counts.filter(({ classes }) => classes.includes(eventClass));
  if (of.length > 0) return { count: of.reduce((sum, { count }) => sum + count, 0) };
  return drop.counts.some(({ classes }) => classes.length === 0) ? { count: undefined } : undefined;
}

function compare(one: Ticks, other: Ticks): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
