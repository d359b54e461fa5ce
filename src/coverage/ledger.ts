import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';

/** A span of time; both ends belong to it. Null is open. */
export interface TimeSpan {
  readonly from: Ticks | null;
  readonly to: Ticks | null;
}

/** Equal parts of time in which events are counted: part n begins at `from + n * width` ticks. */
export interface TimeGrid {
  readonly from: Ticks;
  readonly width: bigint;
  readonly parts: number;
}

/** A class of events that one product recorded on a channel. `first` and `last` are null where no event has a time of its own. */
export interface ClassLedger {
  readonly eventClass: EventClass;
  readonly product: string;
  /** Events in the ledger's range, and at any time. */
  readonly events: number;
  readonly eventsEver: number;
  /** First and last at any time. */
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  /** Events of each part of the host's grid. */
  readonly parts: readonly number[];
}

/** A class that was never recorded on a channel though its product can: switched off, or it never happened. */
export interface NeverSeen {
  readonly eventClass: EventClass;
  readonly product: string;
  readonly byDefault: 'on' | 'off';
  /** Happens so seldom that its absence is ordinary. */
  readonly seldom: boolean;
}

/** Record ids that are missing between two events that are there. Ids are decimal text. */
export interface RecordIdGap {
  readonly firstMissing: string;
  readonly lastMissing: string;
  readonly missing: bigint;
  /** Times of the events before and after. */
  readonly from: Ticks;
  readonly to: Ticks;
}

/**
 * Whether record ids tell of lost events, and if not, why not: `none` (no event has one), `partly` (some have none),
 * `forwarded` (ids of a collector), `filtered` (a shipper left events out all along), `restarted` (ids began again, or two
 * machines have one name), `too-few` events.
 */
export type RecordIdVerdict =
  | 'contiguous'
  | 'gaps'
  | 'none'
  | 'partly'
  | 'forwarded'
  | 'filtered'
  | 'restarted'
  | 'too-few';

export interface RecordIds {
  readonly verdict: RecordIdVerdict;
  /** The figures that the verdict rests on. */
  readonly figures: RecordIdFigures;
  /** In order of their ids. Empty unless the verdict is `gaps`. */
  readonly gaps: readonly RecordIdGap[];
  /** Gaps that are not listed, since there are too many. */
  readonly gapsLeftOut: number;
}

export interface RecordIdFigures {
  readonly events: number;
  readonly withId: number;
  /** Different ids. */
  readonly ids: number;
  readonly firstId: string | null;
  readonly lastId: string | null;
  /** Events whose id another event of about the same time has: the same event in another form. */
  readonly repeated: number;
  /** Places where a higher id has a clearly earlier time, or one id two clearly different times. */
  readonly backward: number;
  /** Places where ids are missing, and how many are. */
  readonly gaps: number;
  readonly missing: bigint;
  /** Of these, places where few are missing, and how many of twenty equal parts of the log have such a place. */
  readonly smallGaps: number;
  readonly partsWithSmallGaps: number;
  /** Events that came by way of a collector's log. */
  readonly forwarded: number;
}

/** What the sensor itself says that it dropped: one report. */
export interface SensorDrop {
  /** The report's time, and the moment since when the drops may have been. */
  readonly from: Ticks | null;
  readonly to: Ticks;
  readonly since: 'report' | 'start' | 'first-event' | 'event-before' | 'unknown';
  /** By the sensor's names of types. Empty where the report has none (`text` has what it says). */
  readonly counts: readonly DropCount[];
  readonly eventCode: string;
  readonly text: string;
  readonly eventId: string;
}

export interface DropCount {
  readonly type: string;
  readonly count: number;
  /** Classes of events of that type; empty where the type is unknown, so that it may be any. */
  readonly classes: readonly EventClass[];
}

/** A log that was cleared. `channel` is the log, whichever log told it. */
export interface LogCleared {
  readonly time: Ticks;
  readonly user: string | undefined;
  readonly eventCode: string;
  readonly eventId: string;
}

/** The sensor, or the event log itself, was started, stopped, re-configured, or met an error. */
export interface SensorState {
  readonly time: Ticks;
  readonly change: 'started' | 'stopped' | 'configured' | 'error' | 'other';
  readonly text: string;
  readonly eventCode: string;
  readonly eventId: string;
}

/** Whether the arrival of events says how late they are, and if so, how late. Seconds. */
export type Lateness =
  | { readonly kind: 'unknown' }
  /** All arrived in a few moments, though they happened over a long time: the moment of the ingest, or of the file. */
  | { readonly kind: 'at-once'; readonly arrivals: number; readonly moments: number }
  | {
      readonly kind: 'measured';
      readonly median: number;
      readonly p95: number;
      readonly p99: number;
      readonly most: number;
      readonly late: readonly LateDelivery[];
    };

/** Events that arrived far behind their time, in one minute. */
export interface LateDelivery {
  readonly from: Ticks;
  readonly to: Ticks;
  readonly firstArrival: Ticks;
  readonly lastArrival: Ticks;
  readonly events: number;
}

export interface ChannelLedger {
  /** The Windows channel, else the event's `source`. */
  readonly channel: string;
  readonly products: readonly string[];
  readonly events: number;
  readonly eventsEver: number;
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  /** Events without a time of their own; they are in no part of the grid. */
  readonly untimed: number;
  readonly parts: readonly number[];
  readonly classes: readonly ClassLedger[];
  readonly neverSeen: readonly NeverSeen[];
  readonly recordIds: RecordIds;
  readonly drops: readonly SensorDrop[];
  readonly clears: readonly LogCleared[];
  readonly states: readonly SensorState[];
  /** Reports of drops, clears and states beyond the number that is read. */
  readonly reportsLeftOut: number;
  readonly lateness: Lateness;
}

export interface HostLedger {
  readonly host: string;
  readonly events: number;
  readonly eventsEver: number;
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  readonly grid: TimeGrid;
  readonly channels: readonly ChannelLedger[];
  readonly faults: readonly FaultGroup[];
}

/** What could not be read of one source, by code. */
export interface FaultGroup {
  readonly origin: string;
  readonly code: string;
  readonly faults: number;
  /** One of the messages. */
  readonly message: string;
}

/** What was collected of hosts, and what is known to be missing. Plain data; times are ticks. */
export interface Ledger {
  /** The range that `events` and the grids are of. */
  readonly range: TimeSpan;
  readonly hosts: readonly HostLedger[];
  /** Faults of sources that gave no event of any host. */
  readonly faults: readonly FaultGroup[];
}
