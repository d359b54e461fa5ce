import type { Fault } from '../core/fault.ts';
import { type Ticks, ticksOfMilliseconds } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import type { FoundFile, UnreadablePath } from '../formats/container/folder.ts';
import { readFound, type SourceBatch } from '../formats/open.ts';
import type { SourceRecord } from '../formats/record.ts';
import type { ColumnMap } from '../products/column-map/column-map.ts';
import { ColumnMapper } from '../products/column-map/column-mapper.ts';
import { LocalZone } from '../products/local-zone.ts';
import type { MappingContext } from '../products/product.ts';
import { eventOf } from '../products/registry.ts';
import { type SquidFormat, userFormats } from '../products/squid/squid-formats.ts';
import { isZoneUnknown } from '../products/zoned-event.ts';
import type { EncodedEvents } from '../store/encoded-events.ts';
import { EventEncoder } from '../store/event-encoder.ts';
import type { StoredFault } from '../store/store.ts';
import { type ArrivalSource, recordedArrival } from './arrival.ts';
import type { DecodedPart, PartLimits } from './decoded-part.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isLeftAlone } from './left-alone.ts';
import { Recording } from './recording.ts';

const defaultIndex = 'main';

/** Faults of one part at most. */
const partFaults = 1_000;

/** Milliseconds after which progress is told, however little was read. */
const progressMilliseconds = 200;

export interface DecoderSettings {
  /** Index for all events. Undefined: the one that an export names for an event, else `main`. */
  readonly index: string | undefined;
  /** Where the arrival of events is recorded. Undefined: they arrive now. */
  readonly arrival: ArrivalSource | undefined;
  readonly limits: PartLimits;
  /** Formats of Squid's access log that the user gave, as `parseLogformat` reads them. */
  readonly logformats?: readonly string[];
  /** What the user said of the columns of tables and objects. */
  readonly columnMap?: ColumnMap | undefined;
  /** Zone of times that do not say theirs, by its name. */
  readonly localZone?: string | undefined;
}

/**
 * Makes files into rows for the store: reads, maps, fingerprints and encodes, one file after another. Needs no store, so it
 * can work in any thread. What a file gives depends on nothing but the file and its path, but for the time of arrival.
 */
export class Decoder {
  readonly #settings: DecoderSettings;
  readonly #encoder = new EventEncoder();
  readonly #formats: readonly SquidFormat[];
  readonly #mapper: ColumnMapper | undefined;
  #recording = new Recording('');
  #products = new Map<string, number>();
  #faults: StoredFault[] = [];
  #records = 0;
  #arrivalsUnknown = 0;
  #zonesUnknown = 0;
  #fileTime: Ticks | undefined;

  constructor(settings: DecoderSettings) {
    this.#settings = settings;
    this.#formats = userFormats(settings.logformats ?? []);
    this.#mapper = settings.columnMap === undefined ? undefined : new ColumnMapper(settings.columnMap);
  }

  /** Gives the file's parts in order; the last may be empty. Throws only on abort. */
  async *decode(found: FoundFile | UnreadablePath, signal?: AbortSignal): AsyncGenerator<DecodedPart> {
    let isRead = false;
    let read: SourceBatch | undefined;
    let given = performance.now();
    this.#recording = new Recording('');
    for await (const batch of readFound(found, { skip: isLeftAlone, ...(signal ? { signal } : {}) })) {
      read = batch;
      isRead ||= countsAsRead(batch);
      for (const _full of this.#take(batch)) {
        yield this.#part(batch, isRead, this.#encoder.take());
        given = performance.now();
      }
      if (performance.now() - given < progressMilliseconds) continue;
      yield this.#part(batch, isRead, undefined);
      given = performance.now();
    }
    if (read) yield this.#part(read, isRead, this.#encoder.take());
  }

  /** Takes back the memory of a part that is not needed any more. */
  reuse(chunks: readonly Uint8Array[]): void {
    this.#encoder.reuse(chunks);
  }

  /** Takes what was read, and stops each time a part is full. */
  *#take(batch: SourceBatch): Generator<void> {
    const { origin, modified } = batch.source;
    this.#fileTime = this.#settings.arrival?.kind === 'file-time' ? modified : undefined;
    if (origin !== this.#recording.origin) this.#recording = new Recording(origin);
    const recording = this.#recording;
    const recorded = recording.context(this.#fileTime ?? ticksOfMilliseconds(Date.now()));
    const context = this.#withUsers(recorded);
    for (const item of batch.items) {
      if (item.kind === 'fault') {
        this.#addFault(item, context);
        if (this.#isFull()) yield;
        continue;
      }
      for (const record of recording.take(item, context)) {
        this.#add(record, context);
        if (this.#isFull()) yield;
      }
    }
    if (!batch.isLast) return;
    for (const record of recording.release(context)) {
      this.#add(record, context);
      if (this.#isFull()) yield;
    }
  }

  /** With what the user said of formats, columns and clocks. */
  #withUsers(context: MappingContext): MappingContext {
    const { localZone: zone } = this.#settings;
    if (this.#formats.length === 0 && this.#mapper === undefined && zone === undefined) return context;
    return {
      ...context,
      squidFormats: this.#formats,
      ...(this.#mapper !== undefined && { columnMapper: this.#mapper }),
      ...(zone !== undefined && { localZone: new LocalZone(zone) }),
    };
  }

  #add(record: SourceRecord, context: MappingContext): void {
    this.#records++;
    const event = eventOf(record, context);
    if ('kind' in event) {
      this.#addFault(event, context);
      return;
    }
    this.#products.set(event.product, (this.#products.get(event.product) ?? 0) + 1);
    if (isZoneUnknown(event.timeSource)) this.#zonesUnknown++;
    const index = this.#settings.index ?? event.index ?? defaultIndex;
    this.#encoder.add({
      event,
      index,
      arrival: this.#arrivalOf(record, event, context),
      origin: context.origin,
      offset: record.offset,
      fingerprint: fingerprintOf(record, event, index, context.origin, this.#recording.occurrences),
    });
  }

  #arrivalOf(record: SourceRecord, event: Event, context: MappingContext): Ticks {
    const { arrival } = this.#settings;
    if (arrival === undefined) return context.arrival;
    const recorded = arrival.kind === 'field' ? recordedArrival(arrival.name, record, event) : this.#fileTime;
    if (recorded === undefined) this.#arrivalsUnknown++;
    return recorded ?? context.arrival;
  }

  #addFault(fault: Fault, { origin, arrival }: MappingContext): void {
    this.#faults.push({ fault, origin, arrival, index: this.#settings.index ?? defaultIndex });
  }

  #isFull(): boolean {
    const { events, bytes } = this.#settings.limits;
    return this.#encoder.rows >= events || this.#encoder.bytes >= bytes || this.#faults.length >= partFaults;
  }

  #part({ source, bytesRead }: SourceBatch, isRead: boolean, events: EncodedEvents | undefined): DecodedPart {
    const part: DecodedPart = {
      origin: source.origin,
      bytesRead,
      isRead,
      records: this.#records,
      products: this.#products,
      faults: this.#faults,
      arrivalsUnknown: this.#arrivalsUnknown,
      zonesUnknown: this.#zonesUnknown,
      mapping: this.#mapper?.take(),
      events,
    };
    this.#records = 0;
    this.#arrivalsUnknown = 0;
    this.#zonesUnknown = 0;
    this.#products = new Map();
    this.#faults = [];
    return part;
  }
}

function countsAsRead({ source, format, bytesRead }: SourceBatch): boolean {
  return format !== 'skipped' && (source.fileSize !== undefined || bytesRead > 0);
}
