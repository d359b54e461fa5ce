import type { EventBatch, Store, StoredEvent, StoredFault, WriteSummary } from '../store/store.ts';

/** How much goes into one write; whichever is reached first. */
export interface BatchLimits {
  readonly events: number;
  readonly bytes: number;
}

export const defaultBatchLimits: BatchLimits = { events: 50_000, bytes: 64 << 20 };

/** Faults that are kept before they are written. */
const faultsKept = 1_000;

/**
 * Collects events and writes them in batches. While a batch is written the next is collected, and no more: `add` gives a
 * promise to wait for where the store is slower, so two batches are in memory at most.
 */
export class Batcher {
  readonly #store: Store;
  readonly #limits: BatchLimits;
  readonly #acknowledged: (summary: WriteSummary) => void;
  #batch: EventBatch;
  #faults: StoredFault[] = [];
  #writing: Promise<void> = Promise.resolve();

  /** `acknowledged` is called for each batch that is on disk. */
  constructor(store: Store, limits: BatchLimits, acknowledged: (summary: WriteSummary) => void) {
    this.#store = store;
    this.#batch = store.batch();
    this.#limits = limits;
    this.#acknowledged = acknowledged;
  }

  /** Keeps an event; gives a promise only where the caller has to wait. */
  add(event: StoredEvent): Promise<void> | undefined {
    this.#batch.add(event);
    const full = this.#batch.events >= this.#limits.events || this.#batch.bytes >= this.#limits.bytes;
    return full ? this.#flush() : undefined;
  }

  addFault(fault: StoredFault): Promise<void> | undefined {
    this.#faults.push(fault);
    return this.#faults.length >= faultsKept ? this.#flush() : undefined;
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
    this.#writing = this.#write(this.#batch, this.#faults);
    // Whoever waits next meets a failure; until then it must not count as unhandled.
    this.#writing.catch(() => undefined);
    this.#batch = this.#store.batch();
    this.#faults = [];
    await before;
  }

  async #write(batch: EventBatch, faults: readonly StoredFault[]): Promise<void> {
    if (batch.events > 0) this.#acknowledged(await batch.write());
    if (faults.length > 0) await this.#store.quarantine(faults);
  }
}
