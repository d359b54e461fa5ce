import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticks } from '../core/ticks.ts';
import type { EncodedEvents } from '../store/encoded-events.ts';
import type { Query } from '../store/sql.ts';
import {
  type Cell,
  type Column,
  type FieldCatalogue,
  type QueryLimits,
  type ScopeSummary,
  type Store,
  type StoredEvent,
  type StoredFault,
  StoreError,
  type TemporaryTable,
  type TextsBeside,
  type WriteSummary,
} from '../store/store.ts';
import type { DataChanges } from './data-changes.ts';
import { UserWork } from './user-work.ts';

/** Counts of scopes that are kept until the next change. */
const mostScopes = 100;

/** Milliseconds in which a query that was cut off must be over: whoever takes its rows may not take any more. */
const longestEnd = 2_000;

/**
 * The store as users ask it: tells when its events change, whoever writes them, and when it is asked for something, and counts
 * a scope once while events do not change.
 */
export class WatchedStore implements Store {
  readonly location: string;
  readonly #store: Store;
  readonly #changes: DataChanges;
  readonly #work: UserWork;
  readonly #scopes = new Map<string, Promise<ScopeSummary>>();
  /** What runs; a query ends when its controller is aborted. */
  readonly #running = new Map<AbortController, Promise<void>>();
  #isEnded = false;

  constructor(store: Store, changes: DataChanges, work = new UserWork()) {
    this.location = store.location;
    this.#store = store;
    this.#changes = changes;
    this.#work = work;
  }

  async write(batch: readonly StoredEvent[]): Promise<WriteSummary> {
    return this.#told(await this.#asked(() => this.#store.write(batch)));
  }

  async writeEncoded(parts: readonly EncodedEvents[]): Promise<WriteSummary> {
    return this.#told(await this.#asked(() => this.#store.writeEncoded(parts)));
  }

  async quarantine(faults: readonly StoredFault[]): Promise<void> {
    await this.#asked(() => this.#store.quarantine(faults));
    this.#scopes.clear();
  }

  catalogue(): Promise<FieldCatalogue> {
    return this.#asked(() => this.#store.catalogue());
  }

  async writeParquet(
    query: Query,
    beside: TextsBeside,
    target: string,
    limits: QueryLimits = {},
  ): Promise<number> {
    const { bounded, leave } = this.#bound(limits);
    try {
      return await this.#store.writeParquet(query, beside, target, bounded);
    } finally {
      leave();
    }
  }

  rows(
    query: Query,
    columns: readonly Column[],
    limits: QueryLimits = {},
  ): AsyncIterable<readonly (readonly Cell[])[]> {
    return this.#streamed(limits, (bounded) => this.#store.rows(query, columns, bounded));
  }

  blocks(query: Query, limits: QueryLimits = {}): AsyncIterable<Uint8Array> {
    return this.#streamed(limits, (bounded) => this.#store.blocks(query, bounded));
  }

  columnBlocks(query: Query, limits: QueryLimits = {}): AsyncIterable<Uint8Array> {
    return this.#streamed(limits, (bounded) => this.#store.columnBlocks(query, bounded));
  }

  async temporaryTable(columns: readonly Column[]): Promise<TemporaryTable> {
    this.#refuseEnded();
    return this.#store.temporaryTable(columns);
  }

  scope(indexes: readonly string[], earliest: Ticks | null, latest: Ticks | null): Promise<ScopeSummary> {
    const key = [...indexes, earliest, latest].join('\n');
    const counting = this.#scopes.get(key) ?? this.#asked(() => this.#store.scope(indexes, earliest, latest));
    if (this.#scopes.size >= mostScopes) this.#scopes.clear();
    this.#scopes.set(key, counting);
    counting.catch(() => this.#scopes.delete(key));
    return counting;
  }

  /**
   * Cuts off the queries that run, which fail as cancelled, and waits until they are over; what is asked for later fails the
   * same. The store stays open.
   */
  async end(): Promise<void> {
    this.#isEnded = true;
    for (const query of this.#running.keys()) query.abort();
    const waited = new AbortController();
    const late = sleep(longestEnd, undefined, { signal: waited.signal });
    await Promise.race([Promise.all(this.#running.values()), late]);
    waited.abort();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #refuseEnded(): void {
    if (this.#isEnded) throw new StoreError('query-cancelled', `${this.location}: the server ends`);
  }

  /** Enters what is asked for among what runs; gives its signal, and the function that takes it out. */
  #enter(): { readonly query: AbortController; readonly leave: () => void } {
    this.#refuseEnded();
    const query = new AbortController();
    const end = this.#work.query();
    let over = () => {};
    this.#running.set(query, new Promise((give) => (over = give)));
    const leave = () => {
      this.#running.delete(query);
      end();
      over();
    };
    return { query, leave };
  }

  /** Enters a query, which its own signal ends, too. */
  #bound(limits: QueryLimits): { readonly bounded: QueryLimits; readonly leave: () => void } {
    const { query, leave } = this.#enter();
    const { signal } = limits;
    const abort = () => query.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    return {
      bounded: { ...limits, signal: query.signal },
      leave: () => {
        signal?.removeEventListener('abort', abort);
        leave();
      },
    };
  }

  async #asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const { leave } = this.#enter();
    try {
      return await ask();
    } finally {
      leave();
    }
  }

  async *#streamed<Block>(
    limits: QueryLimits,
    ask: (bounded: QueryLimits) => AsyncIterable<Block>,
  ): AsyncGenerator<Block> {
    const { bounded, leave } = this.#bound(limits);
    try {
      yield* ask(bounded);
    } finally {
      leave();
    }
  }

  #told(summary: WriteSummary): WriteSummary {
    if (summary.written > 0) {
      this.#scopes.clear();
      this.#changes.changed();
    }
    return summary;
  }
}
