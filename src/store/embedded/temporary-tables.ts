import { randomUUID } from 'node:crypto';
import { databaseName, temporaryPrefix } from '../schema.ts';
import { identifier, Parameters, sql } from '../sql.ts';
import type { Cell, Column, TemporaryTable } from '../store.ts';
import { encodeRows, temporaryColumns } from '../temporary-columns.ts';
import type { Engine } from './engine.ts';
import type { Spool } from './spool.ts';

/** The tables of intermediate results of an open store. They are on disk, so that their size is not the memory's. */
export class TemporaryTables {
  readonly #engine: Engine;
  readonly #spool: Spool;
  readonly #names = new Set<string>();

  constructor(engine: Engine, spool: Spool) {
    this.#engine = engine;
    this.#spool = spool;
  }

  async create(columns: readonly Column[]): Promise<TemporaryTable> {
    const name = `${temporaryPrefix}${randomUUID().replaceAll('-', '')}`;
    const structure = temporaryColumns(columns);
    await this.#engine.execute(
      sql`CREATE TABLE ${identifier(name)} (${structure}) ENGINE = MergeTree ORDER BY __row`,
    );
    this.#names.add(name);
    let rows = 0;
    return {
      name,
      columns,
      append: async (added: readonly (readonly Cell[])[]) => {
        if (added.length === 0) return;
        const bytes = encodeRows(columns, added, rows);
        rows += added.length;
        await this.#spool.lend(bytes, structure, (file) =>
          this.#engine.execute(sql`INSERT INTO ${identifier(name)} SELECT * FROM ${file}`),
        );
      },
      drop: async () => {
        if (this.#names.delete(name)) await this.#drop(name);
      },
    };
  }

  async dropAll(): Promise<void> {
    for (const name of this.#names) await this.#drop(name);
    this.#names.clear();
  }

  /** Drops what a dead process left. */
  async dropLeftOvers(): Promise<void> {
    const parameters = new Parameters();
    const names = sql`SELECT name FROM system.tables WHERE database = ${parameters.bind(databaseName, 'String')}
AND startsWith(name, ${parameters.bind(temporaryPrefix, 'String')})`;
    for (const [name] of await this.#engine.select(
      { sql: names, parameters: parameters.values },
      nameColumn,
    )) {
      await this.#drop(String(name));
    }
  }

  async #drop(name: string): Promise<void> {
    await this.#engine.execute(sql`DROP TABLE IF EXISTS ${identifier(name)} SYNC`);
  }
}

const nameColumn: readonly Column[] = [{ name: 'name', type: 'text' }];
