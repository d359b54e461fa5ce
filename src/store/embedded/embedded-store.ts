import type { Ticks } from '../../core/ticks.ts';
import { encodeFaults, faultColumns } from '../encode-faults.ts';
import type { EncodedEvents } from '../encoded-events.ts';
import { encodeEvents } from '../event-encoder.ts';
import { RowDecoder } from '../row-decoder.ts';
import { identifier, Parameters, type Query, type Sql, sql } from '../sql.ts';
import type {
  Cell,
  Column,
  FieldCatalogue,
  QueryLimits,
  ScopeSummary,
  Store,
  StoredEvent,
  StoredFault,
  TemporaryTable,
  TextsBeside,
  WriteSummary,
} from '../store.ts';
import { bindTime } from '../time-sql.ts';
import { BatchWriter } from './batch-writer.ts';
import { Catalogue } from './catalogue.ts';
import type { Engine } from './engine.ts';
import { writeParquet } from './parquet.ts';
import type { Spool } from './spool.ts';
import type { TemporaryTables } from './temporary-tables.ts';

/** The store in this process. `openEmbeddedStore` makes it. */
export class EmbeddedStore implements Store {
  readonly location: string;
  readonly #engine: Engine;
  readonly #spool: Spool;
  readonly #temporary: TemporaryTables;
  readonly #catalogue: Catalogue;
  readonly #batches: BatchWriter;
  readonly #release: () => void;
  #closed: Promise<void> | undefined;

  /** `release` is called once the directory is free again. */
  constructor(engine: Engine, spool: Spool, temporary: TemporaryTables, release: () => void) {
    this.location = engine.location;
    this.#engine = engine;
    this.#spool = spool;
    this.#temporary = temporary;
    this.#catalogue = new Catalogue(engine, spool);
    this.#batches = new BatchWriter(engine, spool, this.#catalogue);
    this.#release = release;
  }

  write(events: readonly StoredEvent[]): Promise<WriteSummary> {
    return this.writeEncoded([encodeEvents(events)]);
  }

  writeEncoded(parts: readonly EncodedEvents[]): Promise<WriteSummary> {
    return this.#batches.write(parts);
  }

  async quarantine(faults: readonly StoredFault[]): Promise<void> {
    if (faults.length === 0) return;
    await this.#spool.lend(encodeFaults(faults), faultColumns, (table) =>
      this.#engine.execute(sql`INSERT INTO faults SELECT * FROM ${table}`),
    );
  }

  catalogue(): Promise<FieldCatalogue> {
    return this.#catalogue.read();
  }

  async *rows(
    query: Query,
    columns: readonly Column[],
    limits: QueryLimits = {},
  ): AsyncGenerator<readonly (readonly Cell[])[]> {
    const decoder = new RowDecoder(columns);
    for await (const block of this.blocks(query, limits)) {
      yield* decoder.parts(block);
    }
  }

  /** Runs a SELECT; its rows come as the engine gives them, in blocks of RowBinaryWithNamesAndTypes. */
  blocks(query: Query, limits: QueryLimits = {}): AsyncGenerator<Uint8Array> {
    return this.#engine.stream(query, limits, 'RowBinaryWithNamesAndTypes');
  }

  columnBlocks(query: Query, limits: QueryLimits = {}): AsyncGenerator<Uint8Array> {
    return this.#engine.stream(query, limits, 'Native');
  }

  async temporaryTable(columns: readonly Column[]): Promise<TemporaryTable> {
    return this.#temporary.create(columns);
  }

  writeParquet(query: Query, beside: TextsBeside, target: string, limits: QueryLimits = {}): Promise<number> {
    return writeParquet(this.#engine, query, { beside, target, limits });
  }

  async scope(
    indexes: readonly string[],
    earliest: Ticks | null,
    latest: Ticks | null,
  ): Promise<ScopeSummary> {
    const parameters = new Parameters();
    const inIndexes = (): Sql =>
      indexes.length === 0
        ? sql`1`
        : sql`${identifier('index')} IN ${parameters.bind([...indexes], 'Array(String)')}`;
    const after = earliest === null ? sql`1` : sql`_time >= ${bindTime(parameters, earliest)}`;
    const before = latest === null ? sql`1` : sql`_time < ${bindTime(parameters, latest)}`;
    const query = sql`SELECT count(), uniqExact(host), minOrNull(_time), maxOrNull(_time),
(SELECT count() FROM faults FINAL WHERE ${inIndexes()})
FROM events WHERE ${inIndexes()} AND ${after} AND ${before}`;
    const [row = []] = await this.#engine.select({ sql: query, parameters: parameters.values }, scopeColumns);
    const [events, hosts, first, last, faults] = row;
    return {
      events: Number(events),
      hosts: Number(hosts),
      first: typeof first === 'bigint' ? first : null,
      last: typeof last === 'bigint' ? last : null,
      faults: Number(faults),
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#shut();
    return this.#closed;
  }

  async #shut(): Promise<void> {
    await this.#batches.idle();
    try {
      await this.#temporary.dropAll();
    } finally {
      await this.#engine.close();
      this.#release();
    }
  }
}

const scopeColumns: readonly Column[] = [
  { name: 'events', type: 'number' },
  { name: 'hosts', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'faults', type: 'number' },
];
