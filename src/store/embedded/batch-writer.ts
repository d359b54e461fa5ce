import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { type EncodedEvents, EventEncoder } from '../encode-events.ts';
import { columnNames, eventColumns, hotColumns, rowStructure } from '../event-columns.ts';
import { RowBinaryWriter } from '../row-binary-writer.ts';
import { identifier, Parameters, type Sql, sql } from '../sql.ts';
import type { StoredEvent, WriteSummary } from '../store.ts';
import { bindTime } from '../time-sql.ts';
import type { Engine } from './engine.ts';
import type { Spool } from './spool.ts';

const fingerprintBytes = 16;

/**
 * Writes batches without the events that the store has, one after another: the search for duplicates must see the batch
 * before. A batch is encoded when it is given, while the engine still works on the one before.
 *
 * One insert makes one part of the table, so a crash leaves all of a batch or nothing of it. The catalogue is written
 * first: after a crash it may name too much, never too little.
 */
export class BatchWriter {
  readonly #engine: Engine;
  readonly #spool: Spool;
  readonly #idle: EventEncoder[] = [];
  #tail: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, spool: Spool) {
    this.#engine = engine;
    this.#spool = spool;
  }

  async write(batch: readonly StoredEvent[]): Promise<WriteSummary> {
    const distinct = withoutRepeats(batch, new Set());
    if (distinct.length === 0) return { written: 0, duplicates: batch.length };
    const encoder = this.#idle.pop() ?? new EventEncoder(hotColumns().map(({ name }) => name));
    try {
      const encoded = encoder.encode(distinct);
      const written = await this.#spool.lend(encoded.chunks, rowStructure(eventColumns()), (table) =>
        this.#inTurn(async () => {
          const stored = await storedFingerprints(this.#engine, this.#spool, distinct);
          if (stored.size > 0) return this.#writeFresh(encoder, withoutRepeats(distinct, stored));
          await this.#insert(encoded, table);
          return distinct.length;
        }),
      );
      return { written, duplicates: batch.length - written };
    } finally {
      this.#idle.push(encoder);
    }
  }

  /** Waits until nothing is being written. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #writeFresh(encoder: EventEncoder, fresh: readonly StoredEvent[]): Promise<number> {
    if (fresh.length === 0) return 0;
    const encoded = encoder.encode(fresh);
    await this.#spool.lend(encoded.chunks, rowStructure(eventColumns()), (table) =>
      this.#insert(encoded, table),
    );
    return fresh.length;
  }

  async #insert(encoded: EncodedEvents, table: Sql): Promise<void> {
    await this.#addToCatalogue(encoded);
    const names = columnNames(eventColumns());
    await this.#engine.execute(sql`INSERT INTO events (${names}) SELECT * FROM ${table} ${insertSettings}`);
  }

  /** Adds what the batch's fields are to the catalogue. */
  async #addToCatalogue({ fields }: EncodedEvents): Promise<void> {
    const rows = new RowBinaryWriter();
    for (const [index, facts] of fields) {
      for (const [name, { events, multivalue }] of facts) {
        rows.text(index);
        rows.text(name);
        rows.unsigned64(BigInt(events));
        rows.byte(multivalue ? 1 : 0);
      }
    }
    if (rows.length === 0) return;
    const structure = sql`${identifier('index')} String, field String, events UInt64, multivalue UInt8`;
    await this.#spool.lend(rows.chunks(), structure, (table) =>
      this.#engine.execute(sql`INSERT INTO field_catalogue SELECT * FROM ${table} ${insertSettings}`),
    );
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

function key(fingerprint: Uint8Array): string {
  return Buffer.from(fingerprint.buffer, fingerprint.byteOffset, fingerprint.byteLength).toString('latin1');
}

/** The events whose fingerprints are not in `seen`, each once; adds theirs to it. */
function withoutRepeats(batch: readonly StoredEvent[], seen: Set<string>): readonly StoredEvent[] {
  return batch.filter((stored) => {
    const { size } = seen;
    seen.add(key(stored.fingerprint));
    return seen.size > size;
  });
}

/** Which of the batch's fingerprints the store has. Only its indexes and hosts are searched. */
async function storedFingerprints(
  engine: Engine,
  spool: Spool,
  batch: readonly StoredEvent[],
): Promise<Set<string>> {
  const ids = new RowBinaryWriter();
  for (const stored of batch) ids.raw(stored.fingerprint);
  return spool.lend(ids.chunks(), sql`id FixedString(16)`, async (table) => {
    const found = new Set<string>();
    const parameters = new Parameters();
    const query = { sql: searchOfFingerprints(batch, table, parameters), parameters: parameters.values };
    for await (const block of engine.stream(query, {}, 'RowBinary')) {
      for (let at = 0; at < block.length; at += fingerprintBytes) {
        found.add(key(block.subarray(at, at + fingerprintBytes)));
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

function searchOfFingerprints(batch: readonly StoredEvent[], table: Sql, parameters: Parameters): Sql {
  const indexes = new Set<string>();
  const hosts = new Set<string>();
  let isDoubtful = false;
  let first = batch[0]?.event.time ?? 0n;
  let last = first;
  for (const { event, index } of batch) {
    indexes.add(index);
    hosts.add(event.host);
    isDoubtful ||= doubtfulClock.test(event.timeSource);
    if (event.time < first) first = event.time;
    if (event.time > last) last = event.time;
  }
  const among = sql`SELECT _id FROM events
WHERE ${identifier('index')} IN ${parameters.bind([...indexes], 'Array(String)')}
AND host IN ${parameters.bind([...hosts], 'Array(String)')} AND _id IN (SELECT id FROM ${table})`;
  if (isDoubtful) return among;
  return sql`${among} AND _time >= ${bindTime(parameters, first - slack)} AND _time <= ${bindTime(parameters, last + slack)}`;
}
