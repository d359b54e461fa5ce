import type { Ticks } from '../core/ticks.ts';
import type { EventReference } from './process.ts';
import { NO_TEXT, type StringPool } from './string-pool.ts';
import type { Texts } from './text-bytes.ts';

/**
 * What an event observes: a process being created, a process ending, a process acting (so it was running), the host being
 * started, the host being stopped, the sensor's service being started.
 */
export type ObservationKind = 'start' | 'end' | 'activity' | 'boot' | 'shutdown' | 'sensor-start';

/** Numbers of the kinds in columns; at one moment the lower comes first. */
export const kindNumbers = {
  shutdown: 0,
  boot: 1,
  'sensor-start': 2,
  start: 3,
  activity: 4,
  end: 5,
} as const satisfies Record<ObservationKind, number>;

/** What one event says of a process and of its parent. Absent: the event does not say it. */
export interface ObservationRow {
  readonly kind: ObservationKind;
  readonly event: EventReference;
  /** Of several events of the same activity (`event` being the first): the time of the last. */
  readonly until?: Ticks | undefined;
  readonly pid?: number | undefined;
  /** Lower case, without braces. One that names no process (zeros) is ignored. */
  readonly guid?: string | undefined;
  readonly image?: string | undefined;
  readonly commandLine?: string | undefined;
  readonly user?: string | undefined;
  readonly logonId?: string | undefined;
  readonly integrityLevel?: string | undefined;
  readonly hash?: string | undefined;
  readonly parentPid?: number | undefined;
  readonly parentGuid?: string | undefined;
  readonly parentImage?: string | undefined;
  readonly parentCommandLine?: string | undefined;
  readonly parentUser?: string | undefined;
}

/** Columns of 32-bit numbers of interned texts. */
export const textColumns = [
  'product',
  'eventCode',
  'guid',
  'image',
  'commandLine',
  'user',
  'logonId',
  'integrityLevel',
  'hash',
  'parentGuid',
  'parentImage',
  'parentCommandLine',
  'parentUser',
] as const;

export type TextColumn = (typeof textColumns)[number];

/** No process id. */
export const NO_PID = -1;

/**
 * What the events of one host observe, as columns: about 160 bytes each and every text once. `parentGuidGiven` tells a start
 * whose parent GUID was there but named nothing.
 */
export interface Observations extends Readonly<Record<TextColumn, Int32Array>> {
  readonly host: string;
  readonly length: number;
  readonly texts: StringPool;
  readonly ids: Texts;
  readonly kind: Uint8Array;
  readonly time: BigInt64Array;
  readonly until: BigInt64Array;
  readonly arrival: BigInt64Array;
  readonly pid: Float64Array;
  readonly parentPid: Float64Array;
  readonly parentGuidUnusable: Uint8Array;
}

/** The reference to the event of an observation. */
export function eventReference(observations: Observations, at: number): EventReference {
  const { ids, texts, product, eventCode, time, arrival } = observations;
  return {
    id: ids.at(at),
    product: texts.text(product[at] ?? NO_TEXT) ?? '',
    eventCode: texts.text(eventCode[at] ?? NO_TEXT),
    time: time[at] ?? 0n,
    arrival: arrival[at] ?? 0n,
  };
}
