import type { EncodedEvents } from '../store/encoded-events.ts';
import type { Store, StoredFault, WriteSummary } from '../store/store.ts';
import { type DecodedPart, weightOf } from './decoded-part.ts';

/** How much goes into one write; whichever is reached first. */
export interface BatchLimits {
  readonly events: number;
  readonly bytes: number;
}

export const defaultBatchLimits: BatchLimits = { events: 200_000, bytes: 128 << 20 };

/** Faults that are kept before they are written. */
const faultsKept = 1_000;

interface Batch {
  readonly parts: EncodedEvents[];
  readonly faults: StoredFault[];
  /** What to do when the batch is on disk. */
  readonly afterwards: (() => void)[];
  events: number;
  bytes: number;
}

function emptyBatch(): Batch {
  return { parts: [], faults: [], afterwards: [], events: 0, bytes: 0 };
}

/**
 * Joins parts into batches and writes them. While a batch is written the next is joined, and no more: `add` waits where the
 * store is slower, so two batches are in memory at most.
 */
export class Batcher {
  readonly #store: Store;
  readonly #limits: BatchLimits;
  readonly #acknowledged: (summary: WriteSummary) => void;
  #batch = emptyBatch();
  #writing: Promise<void> = Promise.resolve();

  /** `acknowledged` is called for each batch that is on disk. */
  constructor(store: Store, limits: BatchLimits, acknowledged: (summary: WriteSummary) => void) {
    this.#store = store;
    this.#limits = limits;
    this.#acknowledged = acknowledged;
  }

  /** Keeps a part; a batch is beyond its limits only where one part is. `written` is called when the part is on disk. */
  async add(part: DecodedPart, written: () => void): Promise<void> {
    const rows = part.events?.rowEnds.length ?? 0;
    const bytes = weightOf(part);
    const joined = this.#batch.events + rows;
    if (joined > this.#limits.events || this.#batch.bytes + bytes > this.#limits.bytes) await this.#flush();
    const batch = this.#batch;
    if (part.events) batch.parts.push(part.events);
    batch.faults.push(...part.faults);
    batch.afterwards.push(written);
    batch.events += rows;
    batch.bytes += bytes;
    const isFull = batch.events >= this.#limits.events || batch.bytes >= this.#limits.bytes;
    if (isFull || batch.faults.length >= faultsKept) await this.#flush();
  }

  /** Writes what is left and waits until all is on disk. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  /** Waits until nothing is being written, whatever came of it. */
  async settled(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  /**
   * Hands over what was collected, and waits for the write before: its failure ends the ingest, and a store that is slower
   * than the reading slows it down.
   */
  async #flush(): Promise<void> {
    const before = this.#writing;
    this.#writing = this.#write(this.#batch, before);
    // Whoever waits next meets a failure; until then it must not count as unhandled.
    this.#writing.catch(() => undefined);
    this.#batch = emptyBatch();
    await before;
  }

  async #write({ parts, faults, events, afterwards }: Batch, before: Promise<void>): Promise<void> {
    await before;
    if (events > 0) this.#acknowledged(await this.#store.writeEncoded(parts));
    if (faults.length > 0) await this.#store.quarantine(faults);
    for (const done of afterwards) done();
  }
}
