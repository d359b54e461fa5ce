import { TICKS_PER_SECOND, type Ticks } from '../src/core/ticks.ts';
import type {
  ChannelLedger,
  ClassLedger,
  HostLedger,
  Ledger,
  RecordIdGap,
  RecordIds,
  SensorDrop,
  SensorState,
} from '../src/coverage/ledger.ts';
import type { EventClass } from '../src/events/event-class.ts';

/** The log of the tests goes from here over an hour, a part of the grid a minute. */
export const LOG_BEGINS: Ticks = 17_156_772_000_000_000n;
const MINUTES = 60;
const MINUTE = 60n * TICKS_PER_SECOND;

/** The moment so many minutes after the log begins. */
export function minute(minutes: number): Ticks {
  return LOG_BEGINS + BigInt(Math.round(minutes * 60)) * TICKS_PER_SECOND;
}

export const LOG_ENDS = minute(MINUTES);
const everyMinute: readonly number[] = new Array<number>(MINUTES).fill(10);

/** A class that a product records all the time, unless it is said since when and until when. */
export function recordedClass(
  eventClass: EventClass,
  said: Partial<Omit<ClassLedger, 'eventClass'>> = {},
): ClassLedger {
  return {
    eventClass,
    product: 'sysmon',
    events: 600,
    eventsEver: 600,
    first: LOG_BEGINS,
    last: LOG_ENDS,
    parts: everyMinute,
    ...said,
  };
}

export function recordIds(said: Partial<RecordIds> = {}): RecordIds {
  return {
    verdict: 'contiguous',
    figures: {
      events: 600,
      withId: 600,
      ids: 600,
      firstId: '1',
      lastId: '600',
      repeated: 0,
      backward: 0,
      gaps: 0,
      missing: 0n,
      smallGaps: 0,
      partsWithSmallGaps: 0,
      forwarded: 0,
    },
    gaps: [],
    gapsLeftOut: 0,
    ...said,
  };
}

export function gap(from: Ticks, to: Ticks, missing = 5n): RecordIdGap {
  return { firstMissing: '100', lastMissing: String(99n + missing), missing, from, to };
}

/** A report of the sensor that it dropped so many events of a type, with its classes; of no type: it does not say. */
export function drop(
  from: Ticks | null,
  to: Ticks,
  type?: string,
  classes: readonly EventClass[] = [],
  count = 7,
): SensorDrop {
  return {
    from,
    to,
    since: from === null ? 'unknown' : 'report',
    counts: type === undefined ? [] : [{ type, count, classes }],
    eventCode: '255',
    text: '',
    eventId: 'drop',
  };
}

export function state(time: Ticks, change: SensorState['change']): SensorState {
  return { time, change, text: '', eventCode: '4', eventId: 'state' };
}

/** A channel of Sysmon that recorded starts, ends and connections the whole hour, and of which nothing is missing. */
export function channelLedger(said: Partial<ChannelLedger> = {}): ChannelLedger {
  return {
    channel: 'Microsoft-Windows-Sysmon/Operational',
    products: ['sysmon'],
    events: 600,
    eventsEver: 600,
    first: LOG_BEGINS,
    last: LOG_ENDS,
    untimed: 0,
    parts: everyMinute,
    classes: [recordedClass('process-start'), recordedClass('process-end'), recordedClass('network')],
    neverSeen: [],
    recordIds: recordIds(),
    drops: [],
    clears: [],
    states: [],
    reportsLeftOut: 0,
    lateness: { kind: 'unknown' },
    ...said,
  };
}

/** A channel of Windows Security that recorded starts and ends the whole hour. */
export function securityLedger(said: Partial<ChannelLedger> = {}): ChannelLedger {
  const product = 'windows-security';
  return channelLedger({
    channel: 'Security',
    products: [product],
    classes: [recordedClass('process-start', { product }), recordedClass('process-end', { product })],
    ...said,
  });
}

export function hostLedger(...channels: readonly ChannelLedger[]): HostLedger {
  return {
    host: 'ws1.example',
    events: 600,
    eventsEver: 600,
    first: LOG_BEGINS,
    last: LOG_ENDS,
    grid: { from: LOG_BEGINS, width: MINUTE, parts: MINUTES },
    channels,
    faults: [],
  };
}

export function ledgerOf(...channels: readonly ChannelLedger[]): Ledger {
  return { range: { from: null, to: null }, hosts: [hostLedger(...channels)], faults: [] };
}
