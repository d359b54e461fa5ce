import type { Ticks } from '../core/ticks.ts';
import type { EventReference } from './process.ts';
import { isUsableGuid } from './start-key.ts';
import { NO_TEXT, StringPool } from './string-pool.ts';
import { TextBytes, type Texts } from './text-bytes.ts';

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
const textColumns = [
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

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Columns extends Mutable<Record<TextColumn, Int32Array<ArrayBuffer>>> {
  kind: Uint8Array<ArrayBuffer>;
  time: BigInt64Array<ArrayBuffer>;
  until: BigInt64Array<ArrayBuffer>;
  arrival: BigInt64Array<ArrayBuffer>;
  pid: Float64Array<ArrayBuffer>;
  parentPid: Float64Array<ArrayBuffer>;
  parentGuidUnusable: Uint8Array<ArrayBuffer>;
}

function makeColumns(capacity: number, from?: Columns): Columns {
  const ints = (old?: Int32Array) => {
    const made = new Int32Array(capacity);
    if (old) made.set(old);
    return made;
  };
  const times = (old?: BigInt64Array) => {
    const made = new BigInt64Array(capacity);
    if (old) made.set(old);
    return made;
  };
  const numbers = (old?: Float64Array) => {
    const made = new Float64Array(capacity);
    if (old) made.set(old);
    return made;
  };
  const bytes = (old?: Uint8Array) => {
    const made = new Uint8Array(capacity);
    if (old) made.set(old);
    return made;
  };
  return {
    kind: bytes(from?.kind),
    time: times(from?.time),
    until: times(from?.until),
    arrival: times(from?.arrival),
    pid: numbers(from?.pid),
    parentPid: numbers(from?.parentPid),
    parentGuidUnusable: bytes(from?.parentGuidUnusable),
    ...(Object.fromEntries(textColumns.map((name) => [name, ints(from?.[name])])) as Record<
      TextColumn,
      Int32Array<ArrayBuffer>
    >),
  };
}

/** Takes rows one by one, in any order, and gives the columns. The same event (by id and kind) may come twice. */
export class ObservationBuilder {
  private readonly host: string;
  private readonly texts = new StringPool();
  /** By number of a text that was given as a GUID: whether it can name a process. */
  private readonly usable: (boolean | undefined)[] = [];
  private readonly ids = new TextBytes();
  private columns = makeColumns(1024);
  private capacity = 1024;

  constructor(host: string) {
    this.host = host;
  }

  get length(): number {
    return this.ids.length;
  }

  add(row: ObservationRow): void {
    const at = this.ids.length;
    if (at === this.capacity) {
      this.capacity *= 2;
      this.columns = makeColumns(this.capacity, this.columns);
    }
    const { columns, texts } = this;
    const { event } = row;
    this.ids.push(event.id);
    columns.kind[at] = kindNumbers[row.kind];
    columns.time[at] = event.time;
    columns.until[at] = row.until ?? event.time;
    columns.arrival[at] = event.arrival;
    columns.pid[at] = row.pid ?? NO_PID;
    columns.parentPid[at] = row.parentPid ?? NO_PID;
    columns.product[at] = texts.intern(event.product);
    columns.eventCode[at] = texts.intern(event.eventCode);
    columns.guid[at] = this.guid(row.guid);
    columns.image[at] = texts.intern(row.image);
    columns.commandLine[at] = texts.intern(row.commandLine);
    columns.user[at] = texts.intern(row.user);
    columns.logonId[at] = texts.intern(row.logonId);
    columns.integrityLevel[at] = texts.intern(row.integrityLevel);
    columns.hash[at] = texts.intern(row.hash);
    const parentGuid = this.guid(row.parentGuid);
    columns.parentGuid[at] = parentGuid;
    columns.parentGuidUnusable[at] = row.parentGuid !== undefined && parentGuid === NO_TEXT ? 1 : 0;
    columns.parentImage[at] = texts.intern(row.parentImage);
    columns.parentCommandLine[at] = texts.intern(row.parentCommandLine);
    columns.parentUser[at] = texts.intern(row.parentUser);
  }

  /** The columns of what was added. The builder may go on; what was given before stays as it is. */
  finish(): Observations {
    const length = this.ids.length;
    return { host: this.host, length, texts: this.texts, ids: this.ids, ...this.columns };
  }

  private guid(guid: string | undefined): number {
    if (guid === undefined) return NO_TEXT;
    const number = this.texts.intern(guid);
    const usable = this.usable[number] ?? isUsableGuid(guid);
    this.usable[number] = usable;
    return usable ? number : NO_TEXT;
  }
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
