import type { BatchFields } from '../encoded-batch.ts';
import { RowBinaryWriter } from '../row-binary-writer.ts';
import { identifier, sql } from '../sql.ts';
import type { Column, FieldCatalogue } from '../store.ts';
import type { Engine } from './engine.ts';
import type { Spool } from './spool.ts';

const structure = sql`${identifier('index')} String, field String, events UInt64, multivalue UInt8`;

const columns: readonly Column[] = [
  { name: 'field', type: 'text' },
  { name: 'events', type: 'number' },
  { name: 'multivalue', type: 'number' },
];

/** The fields of the store. What was read of them is kept until the next batch: no other process writes to the store. */
export class Catalogue {
  readonly #engine: Engine;
  readonly #spool: Spool;
  #known: Promise<FieldCatalogue> | undefined;

  constructor(engine: Engine, spool: Spool) {
    this.#engine = engine;
    this.#spool = spool;
  }

  async read(): Promise<FieldCatalogue> {
    const known = this.#known ?? this.#read();
    this.#known = known;
    try {
      return await known;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }

  /** Adds the fields of a batch, which is not in the store before this is done. */
  async add(fields: BatchFields): Promise<void> {
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
    try {
      await this.#spool.lend(rows.chunks(), structure, (table) =>
        this.#engine.execute(sql`INSERT INTO field_catalogue SELECT * FROM ${table}`),
      );
    } finally {
      this.#known = undefined;
    }
  }

  async #read(): Promise<FieldCatalogue> {
    const query = sql`SELECT field, toUInt64(sum(events)), toUInt8(max(multivalue))
FROM field_catalogue GROUP BY field ORDER BY field`;
    const rows = await this.#engine.select({ sql: query, parameters: {} }, columns);
    return new Map(
      rows.map(([field, events, multivalue]) => [
        String(field),
        { events: Number(events), multivalue: multivalue === 1 },
      ]),
    );
  }
}
