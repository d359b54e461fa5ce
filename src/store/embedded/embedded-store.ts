import type { Ticks } from '../../core/ticks.ts';
import { encodeFaults, faultColumns } from '../encode-faults.ts';
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
  WriteSummary,
} from '../store.ts';
import { bindTime } from '../time-sql.ts';
import { BatchWriter } from './batch-writer.ts';
import type { Engine } from './engine.ts';
import type { Spool } from './spool.ts';
import type { TemporaryTables } from './temporary-tables.ts';

/** The store in this process. `openEmbeddedStore` makes it. */
export class EmbeddedStore implements Store {
  readonly location: string;
  readonly #engine: Engine;
  readonly #spool: Spool;
  readonly #temporary: TemporaryTables;
  readonly #batches: BatchWriter;
  readonly #release: () => void;
  /** As it was after the last write: no other process writes to the store. */
  #catalogue: Promise<FieldCatalogue> | undefined;
  #closed: Promise<void> | undefined;

  /** `release` is called once the directory is free again. */
  constructor(engine: Engine, spool: Spool, temporary: TemporaryTables, release: () => void) {
    this.location = engine.location;
    this.#engine = engine;
    this.#spool = spool;
    this.#temporary = temporary;
    this.#batches = new BatchWriter(engine, spool);
    this.#release = release;
  }

  async write(batch: readonly StoredEvent[]): Promise<WriteSummary> {
    try {
      return await this.#batches.write(batch);
    } finally {
      this.#catalogue = undefined;
    }
  }

  async quarantine(faults: readonly StoredFault[]): Promise<void> {
    if (faults.length === 0) return;
    await this.#spool.lend(encodeFaults(faults), faultColumns, (table) =>
      this.#engine.execute(sql`INSERT INTO faults SELECT * FROM ${table}`),
    );
  }

  async catalogue(): Promise<FieldCatalogue> {
    const known = this.#catalogue ?? this.#readCatalogue();
    this.#catalogue = known;
    try {
      return await known;
    } catch (error) {
      this.#catalogue = undefined;
      throw error;
    }
  }

  async #readCatalogue(): Promise<FieldCatalogue> {
    const query = sql`SELECT field, toUInt64(sum(events)), toUInt8(max(multivalue)) FROM field_catalogue GROUP BY field ORDER BY field`;
    const rows = await this.#engine.select({ sql: query, parameters: {} }, [
      { name: 'field', type: 'text' },
      { name: 'events', type: 'number' },
      { name: 'multivalue', type: 'number' },
    ]);
    return new Map(
      rows.map(([field, events, multivalue]) => [
        String(field),
        { events: Number(events), multivalue: multivalue === 1 },
      ]),
    );
  }

  async *rows(
    query: Query,
    columns: readonly Column[],
    limits: QueryLimits = {},
  ): AsyncGenerator<readonly (readonly Cell[])[]> {
    const decoder = new RowDecoder(columns);
    for await (const block of this.#engine.stream(query, limits, 'RowBinaryWithNamesAndTypes')) {
      const rows = decoder.decode(block);
      if (rows.length > 0) yield rows;
    }
  }

  async temporaryTable(columns: readonly Column[]): Promise<TemporaryTable> {
    return this.#temporary.create(columns);
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
