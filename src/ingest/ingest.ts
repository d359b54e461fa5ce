import { resolve } from 'node:path';
import { findFiles } from '../formats/container/folder.ts';
import type { ColumnMap } from '../products/column-map/column-map.ts';
import { addTally, type MapTally, newTally } from '../products/column-map/map-tally.ts';
import type { Store, StoredFault } from '../store/store.ts';
import type { ArrivalSource } from './arrival.ts';
import { Batcher, type BatchLimits, defaultBatchLimits } from './batcher.ts';
import { decodeFiles } from './decode-files.ts';
import type { DecodedPart, PartLimits } from './decoded-part.ts';
import type { Decoding } from './decoding.ts';

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
  /** Events whose time says no zone, and was read as UTC; absent where there are none. */
  readonly zonesUnknown?: number;
}

/** How far an ingest is: the summary so far, and where it reads. `events` and `duplicates` count what is on disk. */
export interface IngestProgress extends IngestSummary {
  readonly origin: string;
}

/** How much of a file is handed on at once; small, so that reading and writing go on side by side. */
const largestPart: PartLimits = { events: 10_000, bytes: 4 << 20 };

export interface IngestOptions {
  /** Index for all events. Absent: the one that an export names for an event, else `main`. */
  readonly index?: string;
  /** Where the arrival of events is recorded. Absent: they arrive now. */
  readonly arrival?: ArrivalSource;
  /** Formats of Squid's access log: lines of squid.conf, or their definitions. They must be readable by `parseLogformat`. */
  readonly logformats?: readonly string[];
  /** Zone of times that do not say theirs (`Asia/Tokyo`, `+09:00`); without it they are read as UTC. */
  readonly localZone?: string;
  /** What the columns of tables and the members of objects mean; tried before all products. */
  readonly columnMap?: ColumnMap;
  /** Told what the mapping did, at the end. */
  readonly onMapped?: (tally: MapTally) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly onFault?: (fault: StoredFault) => void;
  readonly batchLimits?: BatchLimits;
  /** What a file at a path is called in origins; by default its path. For files that lie somewhere for a while only. */
  readonly nameOf?: (path: string) => string;
  /** Threads that decode at most; 0: all in this one. Absent: what the machine and the files' sizes are good for. */
  readonly threads?: number;
}

/**
 * Reads files, folders and archives into the store. Resolves when everything is on disk. Throws StoreError where the store
 * fails, DecodeError where a decoding thread does, and the signal's reason where it is aborted; what was acknowledged before
 * stays, and the same ingest again adds what is missing.
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
  readonly #batchLimits: BatchLimits;
  readonly #batcher: Batcher;
  readonly #began = performance.now();
  readonly #products = new Map<string, number>();
  #files = 0;
  /** Bytes of the files before the present one, and of the present one. */
  #bytesBefore = 0;
  #bytes = 0;
  #records = 0;
  #events = 0;
  #duplicates = 0;
  #faults = 0;
  #arrivalsUnknown = 0;
  #zonesUnknown = 0;
  readonly #mapping = newTally();

  constructor(store: Store, options: IngestOptions) {
    this.#options = options;
    this.#batchLimits = options.batchLimits ?? defaultBatchLimits;
    this.#batcher = new Batcher(store, this.#batchLimits, (written) => {
      this.#events += written.written;
      this.#duplicates += written.duplicates;
    });
  }

  async run(paths: readonly string[]): Promise<IngestSummary> {
    const { index, arrival, signal, threads, nameOf, logformats = [], columnMap, localZone } = this.#options;
    signal?.throwIfAborted();
    const limits: PartLimits = {
      events: Math.min(this.#batchLimits.events, largestPart.events),
      bytes: Math.min(this.#batchLimits.bytes, largestPart.bytes),
    };
    // One batch is written while the next is joined. With less than one, a thread would wait for a write that waits for it.
    const window = 2 * this.#batchLimits.bytes;
    try {
      const found = findFiles(paths.map((path) => resolve(path)));
      const files = nameOf ? named(found, nameOf) : found;
      for await (const decoding of decodeFiles(files, {
        index,
        arrival,
        limits,
        window,
        signal,
        threads,
        logformats,
        columnMap,
        localZone,
      })) {
        await this.#takeFile(decoding);
      }
      await this.#batcher.finish();
    } finally {
      await this.#batcher.settled();
    }
    if (columnMap !== undefined) this.#options.onMapped?.(this.#mapping);
    return this.#summary();
  }

  async #takeFile(decoding: Decoding): Promise<void> {
    let isCounted = false;
    for await (const part of decoding.parts) {
      this.#options.signal?.throwIfAborted();
      if (part.isRead) {
        if (!isCounted) this.#files++;
        isCounted = true;
        this.#bytes = Math.max(this.#bytes, part.bytesRead);
      }
      this.#count(part);
      if (part.events || part.faults.length > 0) await this.#batcher.add(part, () => decoding.release(part));
      else decoding.release(part);
      this.#options.onProgress?.({ ...this.#summary(), origin: part.origin });
    }
    this.#bytesBefore += this.#bytes;
    this.#bytes = 0;
  }

  #count({ records, products, faults, arrivalsUnknown, zonesUnknown, mapping }: DecodedPart): void {
    this.#records += records;
    this.#arrivalsUnknown += arrivalsUnknown;
    this.#zonesUnknown += zonesUnknown;
    if (mapping !== undefined) addTally(this.#mapping, mapping);
    for (const [product, events] of products) {
      this.#products.set(product, (this.#products.get(product) ?? 0) + events);
    }
    this.#faults += faults.length;
    for (const fault of faults) this.#options.onFault?.(fault);
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
      ...(this.#zonesUnknown > 0 && { zonesUnknown: this.#zonesUnknown }),
    };
  }
}

async function* named<Found extends { readonly path: string }>(
  files: AsyncIterable<Found>,
  nameOf: (path: string) => string,
): AsyncGenerator<Found & { readonly name: string }> {
  for await (const file of files) yield { ...file, name: nameOf(file.path) };
}
