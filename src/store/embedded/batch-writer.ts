import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { type BatchScope, EncodedBatch } from '../encoded-batch.ts';
import { type EncodedEvents, FINGERPRINT_BYTES } from '../encoded-events.ts';
import { columnNames, eventColumns, rowStructure } from '../event-columns.ts';
import { identifier, Parameters, type Sql, sql } from '../sql.ts';
import type { WriteSummary } from '../store.ts';
import { bindTime } from '../time-sql.ts';
import type { Catalogue } from './catalogue.ts';
import type { Engine } from './engine.ts';
import type { Spool } from './spool.ts';

/**
 * Writes batches without the events that the store has, one after another: the search for duplicates must see the batch
 * before.
 *
 * One insert makes one part of the table, so a crash leaves all of a batch or nothing of it. The catalogue is written
 * first: after a crash it may name too much, never too little.
 */
export class BatchWriter {
  readonly #engine: Engine;
  readonly #spool: Spool;
  readonly #catalogue: Catalogue;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, spool: Spool, catalogue: Catalogue) {
    this.#engine = engine;
    this.#spool = spool;
    this.#catalogue = catalogue;
  }

  /** Resolves when the events are on disk; see `Store.writeEncoded`. */
  async write(parts: readonly EncodedEvents[]): Promise<WriteSummary> {
    const batch = new EncodedBatch(parts);
    const written = batch.rows === 0 ? 0 : await this.#inTurn(() => this.#write(batch));
    return { written, duplicates: batch.rows - written };
  }

  /** Waits until nothing is being written. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #write(batch: EncodedBatch): Promise<number> {
    const stored = await storedFingerprints(this.#engine, this.#spool, batch);
    const { rows, chunks, fields } = batch.without(stored);
    if (rows === 0) return 0;
    await this.#catalogue.add(fields);
    const names = columnNames(eventColumns());
    await this.#spool.lend(chunks, rowStructure(eventColumns()), (table) =>
      this.#engine.execute(sql`INSERT INTO events (${names}) SELECT * FROM ${table} ${insertSettings}`),
    );
    return rows;
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const run = this.#tail.then(task);
    this.#tail = run.catch(() => undefined);
    return run;
  }
}

/** The rows of one insert become one part, whatever their number and size. */
const insertSettings = sql`SETTINGS min_insert_block_size_rows = 1000000000, min_insert_block_size_bytes = 0,
max_insert_threads = 1`;

/** Which of the batch's fingerprints the store has. Only its indexes and hosts are searched. */
async function storedFingerprints(engine: Engine, spool: Spool, batch: EncodedBatch): Promise<Set<string>> {
  return spool.lend([batch.fingerprints()], sql`id FixedString(16)`, async (table) => {
    const found = new Set<string>();
    const parameters = new Parameters();
    const query = {
      sql: searchOfFingerprints(batch.scope, table, parameters),
      parameters: parameters.values,
    };
    for await (const block of engine.stream(query, {}, 'RowBinary')) {
      const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
      for (let at = 0; at < bytes.length; at += FINGERPRINT_BYTES) {
        found.add(bytes.toString('latin1', at, at + FINGERPRINT_BYTES));
      }
    }
    return found;
  });
}

/**
 * A clock in doubt: its time was taken from the arrival or set right by what else the recording holds, so the same event may
 * get another time when it is read again. Such an event is looked for at any time.
 */
const doubtfulClock = /[(,]|arrival/;

/** How far a newer mapping may place the same event from where an older one did. */
const slack = 86_400n * TICKS_PER_SECOND;

function searchOfFingerprints(scope: BatchScope, table: Sql, parameters: Parameters): Sql {
  const among = sql`SELECT _id FROM events
WHERE ${identifier('index')} IN ${parameters.bind(scope.indexes, 'Array(String)')}
AND host IN ${parameters.bind(scope.hosts, 'Array(String)')} AND _id IN (SELECT id FROM ${table})`;
  if (scope.clocks.some((clock) => doubtfulClock.test(clock))) return among;
  const first = bindTime(parameters, scope.first - slack);
  const last = bindTime(parameters, scope.last + slack);
  return sql`${among} AND _time >= ${first} AND _time <= ${last}`;
}
