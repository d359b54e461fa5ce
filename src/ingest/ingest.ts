import { resolve } from 'node:path';
import type { Fault } from '../core/fault.ts';
import { type Ticks, ticksOfMilliseconds } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import { readSources, type SourceBatch } from '../formats/open.ts';
import type { SourceRecord } from '../formats/record.ts';
import type { MappingContext } from '../products/product.ts';
import { eventOf } from '../products/registry.ts';
import type { Store, StoredFault } from '../store/store.ts';
import { type ArrivalSource, recordedArrival } from './arrival.ts';
import { Batcher, type BatchLimits, defaultBatchLimits } from './batcher.ts';
import { fingerprintOf } from './fingerprint.ts';
import { Recording } from './recording.ts';
import { isTruthFile } from './truth-file.ts';

/** What an ingest did. */
export interface IngestSummary {
  /** Files on disk that were read; an archive is one. */
  readonly files: number;
  /** Bytes of those files. */
  readonly bytes: number;
  /** Records that the formats gave, read well. */
  readonly records: number;
  /** Events that were new to the store and are in it now. */
  readonly events: number;
  /** Events that the store had. */
  readonly duplicates: number;
  /** What could not be read or mapped; it is in the quarantine. */
  readonly faults: number;
  readonly seconds: number;
  /** Events read, duplicates included, by the product that mapped them. */
  readonly products: Readonly<Record<string, number>>;
  /** With `arrival`: events whose arrival was not recorded there, so that the moment of the ingest was taken. */
  readonly arrivalsUnknown?: number;
}

/** How far an ingest is: the summary so far, and where it reads. `events` and `duplicates` count what is on disk. */
export interface IngestProgress extends IngestSummary {
  readonly origin: string;
}

const defaultIndex = 'main';

export interface IngestOptions {
  /** Index for all events. Absent: the one that an export names for an event, else `main`. */
  readonly index?: string;
  /** Where the arrival of events is recorded. Absent: they arrive now. */
  readonly arrival?: ArrivalSource;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly onFault?: (fault: StoredFault) => void;
  readonly batchLimits?: BatchLimits;
}

/**
 * Reads files, folders and archives into the store. Resolves when everything is on disk. Throws StoreError where the store
 * fails and the signal's reason where it is aborted; what was acknowledged before stays, and the same ingest again adds
 * what is missing.
 */
export async function ingest(
  paths: readonly string[],
  store: Store,
  options: IngestOptions = {},
): Promise<IngestSummary> {
  return new Ingest(store, options).run(paths);
}

class Ingest {
  readonly #options: IngestOptions;
  readonly #batcher: Batcher;
  readonly #began = performance.now();
  readonly #products = new Map<string, number>();
  #recording = new Recording('');
  #path: string | undefined;
  #files = 0;
  /** Bytes of the files before the present one, and of the present one. */
  #bytesBefore = 0;
  #bytes = 0;
  #records = 0;
  #events = 0;
  #duplicates = 0;
  #faults = 0;
  #arrivalsUnknown = 0;
  #fileTime: Ticks | undefined;

  constructor(store: Store, options: IngestOptions) {
    this.#options = options;
    this.#batcher = new Batcher(store, options.batchLimits ?? defaultBatchLimits, (written) => {
      this.#events += written.written;
      this.#duplicates += written.duplicates;
    });
  }

  async run(paths: readonly string[]): Promise<IngestSummary> {
    const { signal, onProgress } = this.#options;
    try {
      const absolute = paths.map((path) => resolve(path));
      for await (const batch of readSources(absolute, { skip: isTruthFile, ...(signal ? { signal } : {}) })) {
        this.#countFile(batch);
        await this.#take(batch);
        onProgress?.({ ...this.#summary(), origin: batch.source.origin });
      }
      await this.#batcher.finish();
    } finally {
      await this.#batcher.settled();
    }
    return this.#summary();
  }

  async #take(batch: SourceBatch): Promise<void> {
    const { origin, modified } = batch.source;
    const now = ticksOfMilliseconds(Date.now());
    this.#fileTime = this.#options.arrival?.kind === 'file-time' ? modified : undefined;
    const arrival = this.#fileTime ?? now;
    if (origin !== this.#recording.origin) this.#recording = new Recording(origin);
    const context = this.#recording.context(arrival);
    for (const item of batch.items) {
      const wait =
        item.kind === 'fault'
          ? this.#addFault(item, context)
          : this.#addAll(this.#recording.take(item, context), context);
      if (wait) await wait;
    }
    if (batch.isLast) await this.#addAll(this.#recording.release(context), context);
  }

  #addAll(records: readonly SourceRecord[], context: MappingContext): Promise<void> | undefined {
    const [only] = records;
    if (only === undefined) return undefined;
    return records.length === 1 ? this.#add(only, context) : this.#addEach(records, context);
  }

  async #addEach(records: readonly SourceRecord[], context: MappingContext): Promise<void> {
    for (const record of records) {
      const wait = this.#add(record, context);
      if (wait) await wait;
    }
  }

  /** Gives a promise only where the store has to be waited for. */
  #add(record: SourceRecord, context: MappingContext): Promise<void> | undefined {
    this.#records++;
    const event = eventOf(record, context);
    if ('kind' in event) return this.#addFault(event, context);
    this.#products.set(event.product, (this.#products.get(event.product) ?? 0) + 1);
    const index = this.#options.index ?? event.index ?? defaultIndex;
    const arrival = this.#arrivalOf(record, event, context);
    return this.#batcher.add({
      event,
      index,
      arrival,
      origin: context.origin,
      offset: record.offset,
      fingerprint: fingerprintOf(record, event, index, context.origin, this.#recording.occurrences),
    });
  }

  #arrivalOf(record: SourceRecord, event: Event, context: MappingContext): Ticks {
    const source = this.#options.arrival;
    if (source === undefined) return context.arrival;
    const recorded = source.kind === 'field' ? recordedArrival(source.name, record, event) : this.#fileTime;
    if (recorded === undefined) this.#arrivalsUnknown++;
    return recorded ?? context.arrival;
  }

  #addFault(fault: Fault, { origin, arrival }: MappingContext): Promise<void> | undefined {
    this.#faults++;
    const stored: StoredFault = { fault, origin, arrival, index: this.#options.index ?? defaultIndex };
    this.#options.onFault?.(stored);
    return this.#batcher.addFault(stored);
  }

  #countFile({ source, format, bytesRead }: SourceBatch): void {
    const exists = source.fileSize !== undefined || bytesRead > 0;
    if (format === 'skipped' || !exists) return;
    if (source.path !== this.#path) {
      this.#path = source.path;
      this.#files++;
      this.#bytesBefore += this.#bytes;
      this.#bytes = 0;
    }
    this.#bytes = Math.max(this.#bytes, bytesRead);
  }

  #summary(): IngestSummary {
    return {
      files: this.#files,
      bytes: this.#bytesBefore + this.#bytes,
      records: this.#records,
      events: this.#events,
      duplicates: this.#duplicates,
      faults: this.#faults,
      seconds: Math.round(performance.now() - this.#began) / 1000,
      products: Object.fromEntries([...this.#products].sort(([a], [b]) => (a < b ? -1 : 1))),
      ...(this.#options.arrival !== undefined && { arrivalsUnknown: this.#arrivalsUnknown }),
    };
  }
}
