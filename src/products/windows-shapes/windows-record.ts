import type { Ticks } from '../../core/ticks.ts';
import type { FieldValue } from '../../events/event.ts';
import type { EventDatum, WindowsEventRecord } from '../../formats/record.ts';

/** The forms in which Windows events come. */
export type WindowsShape =
  | 'xml'
  | 'flat'
  | 'nxlog'
  | 'winlogbeat'
  | 'event-object'
  | 'azure'
  | 'event-viewer';

/**
 * What is known of the clock that a record's `time` was read from.
 * - `utc`: the text means what it says.
 * - `maybe-local`: marked as UTC, but exporters of this shape are known to write local time so, some on a 12-hour clock.
 * - `local`: local time whose zone nothing tells; `time` reads it as if it were UTC.
 */
export type ClockTrust = 'utc' | 'maybe-local' | 'local';

/** A Windows event out of any shape, in one form. */
export interface WindowsRecord {
  readonly shape: WindowsShape;
  /** System part and data. `event.time` is the time below; `event.systemTime` the text that it was read from. */
  readonly event: WindowsEventRecord;
  /** The name of the clock that `event.time` was read from, for `_time_source`. */
  readonly clock: string;
  readonly clockTrust: ClockTrust;
  /** The rendered text, where the record has it. */
  readonly message: string | undefined;
  /** What the shipper said besides, by name: neither System part nor data. */
  readonly extra: readonly (readonly [name: string, value: FieldValue])[];
}

/** The members of a System part and data that a shape found, all optional. */
export interface FoundParts {
  provider?: string | undefined;
  providerGuid?: string | undefined;
  eventSourceName?: string | undefined;
  eventId?: string | undefined;
  qualifiers?: string | undefined;
  version?: string | undefined;
  level?: string | undefined;
  task?: string | undefined;
  opcode?: string | undefined;
  keywords?: string | undefined;
  systemTime?: string | undefined;
  time?: Ticks | undefined;
  recordId?: string | undefined;
  activityId?: string | undefined;
  relatedActivityId?: string | undefined;
  executionProcessId?: string | undefined;
  executionThreadId?: string | undefined;
  channel?: string | undefined;
  computer?: string | undefined;
  securityUserId?: string | undefined;
  message?: string | undefined;
  dataPart?: 'EventData' | 'UserData';
  dataName?: string | undefined;
  readonly data: EventDatum[];
  readonly extra: [name: string, value: FieldValue][];
}

/** Names of the members of `FoundParts` that are one text of the System part (or the message). */
export type SystemMember = Exclude<keyof FoundParts, 'time' | 'data' | 'extra' | 'dataPart' | 'dataName'>;

/** An empty collection of parts. */
export function newParts(): FoundParts {
  return { data: [], extra: [] };
}
