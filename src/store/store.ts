import type { Fault } from '../core/fault.ts';
import type { Ticks } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import type { EncodedEvents } from './encoded-events.ts';
import type { Query } from './sql.ts';

/** An event with what the ingest adds to it. */
export interface StoredEvent {
  readonly event: Event;
  readonly index: string;
  /** `_indextime`: when the event arrived. */
  readonly arrival: Ticks;
  /** Where it was read: the path (with archive members after `!`) and the byte offset of the record. */
  readonly origin: string;
  readonly offset: number;
  /** 16 bytes that are the same whenever the same event is read again; see `src/ingest/fingerprint.ts`. */
  readonly fingerprint: Uint8Array;
}

/** What one acknowledged batch did. The batch is on disk when this is given. */
export interface WriteSummary {
  readonly written: number;
  readonly duplicates: number;
}

/** A fault with where it was met, for the quarantine. */
export interface StoredFault {
  readonly fault: Fault;
  readonly origin: string;
  readonly arrival: Ticks;
  readonly index: string;
}

/** What the store knows of a field: how many events have it, and whether any has several values in it. */
export interface FieldFacts {
  readonly events: number;
  readonly multivalue: boolean;
}

/** All fields that any event of the store has, by name: the schema against which a search is compiled. */
export type FieldCatalogue = ReadonlyMap<string, FieldFacts>;

export type ColumnType = 'text' | 'number' | 'multivalue' | 'time';

/** A cell as rows carry it: null is "no value"; a time is ticks; a multivalue is its values, none being null. */
export type Cell = string | number | bigint | readonly string[] | null;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Rows with their columns; rows are arrays in the order of `columns`. */
export interface RowSet {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A table that holds an intermediate result until `drop` is called or the store is closed. */
export interface TemporaryTable {
  readonly name: string;
  readonly columns: readonly Column[];
  append(rows: readonly (readonly Cell[])[]): Promise<void>;
  drop(): Promise<void>;
}

/**
 * A file on this machine with a text for each row of a SELECT, in the order of the rows: the row's key and the text, each as a
 * String of ClickHouse's RowBinary.
 */
export interface TextsBeside {
  readonly path: string;
  /** The column of the SELECT that the keys are of. */
  readonly key: string;
  /** What the column of the texts is called. */
  readonly name: string;
}

/** How far a query is, as the engine knows: rows read so far, and how many it will read, 0 where it does not know. */
export interface QueryProgress {
  readonly rowsRead: number;
  readonly rowsToRead: number;
}

export interface QueryLimits {
  /** Wall-clock seconds; the engine stops the query and it fails with code `query-timeout`. */
  readonly seconds?: number;
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called a few times a second while the engine works on the query, where the store can tell. */
  readonly onProgress?: (progress: QueryProgress) => void;
}

/** What the events in a scope are; for "scanned …" lines. Times are ticks, null where there are no events. */
export interface ScopeSummary {
  readonly events: number;
  readonly hosts: number;
  readonly first: Ticks | null;
  readonly last: Ticks | null;
  readonly faults: number;
}

/**
 * The store of events: one contract for the embedded engine and for a ClickHouse server. `store.contract.ts` is the suite
 * that every implementation passes. Failures of the engine are thrown as `StoreError`.
 */
export interface Store {
  /** Where it is, for messages: a directory or a URL without credentials. */
  readonly location: string;
  /** Writes events as one batch; see `writeEncoded`. */
  write(batch: readonly StoredEvent[]): Promise<WriteSummary>;
  /**
   * Writes encoded events as one batch, leaving out those whose fingerprint the store or the batch has. Resolves when it is
   * on disk: all of it or, after a failure, nothing. Until then the memory of the parts must not change.
   */
  writeEncoded(parts: readonly EncodedEvents[]): Promise<WriteSummary>;
  /** Adds faults to the quarantine; the same fault of the same origin and offset is kept once. */
  quarantine(faults: readonly StoredFault[]): Promise<void>;
  catalogue(): Promise<FieldCatalogue>;
  /** Runs a SELECT; rows arrive in blocks, typed as `columns` says (which names the SELECT's columns in order). */
  rows(
    query: Query,
    columns: readonly Column[],
    limits?: QueryLimits,
  ): AsyncIterable<readonly (readonly Cell[])[]>;
  /**
   * Runs a SELECT; rows arrive as the engine gives them, in blocks of RowBinaryWithNamesAndTypes. A block is only lent until the
   * next is asked for.
   */
  blocks(query: Query, limits?: QueryLimits): AsyncIterable<Uint8Array>;
  /** The same in columns (ClickHouse's Native form, which `readColumnBlocks` reads): for many rows of few columns. */
  columnBlocks(query: Query, limits?: QueryLimits): AsyncIterable<Uint8Array>;
  /** Makes a table of the given columns for intermediate rows; a hidden `__row` column (UInt64, from 0) keeps their order. */
  temporaryTable(columns: readonly Column[]): Promise<TemporaryTable>;
  /**
   * Writes the rows of a SELECT, in its order, as a Parquet file on this machine, with the texts of a file as their last column, in
   * bounded memory; gives the number of rows, which is that of the shorter of the two. Fails where a row has another key.
   */
  writeParquet(query: Query, beside: TextsBeside, target: string, limits?: QueryLimits): Promise<number>;
  /** Counts what lies in the named indexes (empty: all) and the half-open time range. */
  scope(indexes: readonly string[], earliest: Ticks | null, latest: Ticks | null): Promise<ScopeSummary>;
  close(): Promise<void>;
}

export type StoreErrorCode =
  | 'store-locked'
  | 'store-newer'
  | 'store-unreadable'
  | 'store-full'
  | 'query-timeout'
  | 'query-memory'
  | 'query-cancelled'
  | 'query-failed';

/** A failure of the engine or of its place on disk: what, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly hint: string | undefined;

  constructor(code: StoreErrorCode, message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
