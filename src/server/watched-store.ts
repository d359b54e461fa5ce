import type { Ticks } from '../core/ticks.ts';
import type { EncodedEvents } from '../store/encoded-events.ts';
import type { Query } from '../store/sql.ts';
import type {
  Cell,
  Column,
  FieldCatalogue,
  ParquetColumn,
  QueryLimits,
  ScopeSummary,
  Store,
  StoredEvent,
  StoredFault,
  TemporaryTable,
  WriteSummary,
} from '../store/store.ts';
import type { DataChanges } from './data-changes.ts';

/** Counts of scopes that are kept until the next change. */
const mostScopes = 100;

/** A store that tells when its events change, whoever writes them, and counts a scope once while they do not. */
export class WatchedStore implements Store {
  readonly location: string;
  readonly #store: Store;
  readonly #changes: DataChanges;
  readonly #scopes = new Map<string, Promise<ScopeSummary>>();

  constructor(store: Store, changes: DataChanges) {
    this.location = store.location;
    this.#store = store;
    this.#changes = changes;
  }

  async write(batch: readonly StoredEvent[]): Promise<WriteSummary> {
    return this.#told(await this.#store.write(batch));
  }

  async writeEncoded(parts: readonly EncodedEvents[]): Promise<WriteSummary> {
    return this.#told(await this.#store.writeEncoded(parts));
  }

  async quarantine(faults: readonly StoredFault[]): Promise<void> {
    await this.#store.quarantine(faults);
    this.#scopes.clear();
  }

  catalogue(): Promise<FieldCatalogue> {
    return this.#store.catalogue();
  }

  writeParquet(lines: string, target: string, columns: readonly ParquetColumn[]): Promise<number> {
    return this.#store.writeParquet(lines, target, columns);
  }

  rows(
    query: Query,
    columns: readonly Column[],
    limits?: QueryLimits,
  ): AsyncIterable<readonly (readonly Cell[])[]> {
    return this.#store.rows(query, columns, limits);
  }

  blocks(query: Query, limits?: QueryLimits): AsyncIterable<Uint8Array> {
    return this.#store.blocks(query, limits);
  }

  columnBlocks(query: Query, limits?: QueryLimits): AsyncIterable<Uint8Array> {
    return this.#store.columnBlocks(query, limits);
  }

  temporaryTable(columns: readonly Column[]): Promise<TemporaryTable> {
    return this.#store.temporaryTable(columns);
  }

  scope(indexes: readonly string[], earliest: Ticks | null, latest: Ticks | null): Promise<ScopeSummary> {
    const key = [...indexes, earliest, latest].join('\n');
    const counting = this.#scopes.get(key) ?? this.#store.scope(indexes, earliest, latest);
    if (this.#scopes.size >= mostScopes) this.#scopes.clear();
    this.#scopes.set(key, counting);
    counting.catch(() => this.#scopes.delete(key));
    return counting;
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #told(summary: WriteSummary): WriteSummary {
    if (summary.written > 0) {
      this.#scopes.clear();
      this.#changes.changed();
    }
    return summary;
  }
}
