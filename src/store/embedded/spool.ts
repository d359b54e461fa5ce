import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../core/make-folder.ts';
import { type Sql, sql, textLiteral } from '../sql.ts';
import { storeErrorOf } from './engine-error.ts';

/** Folder of files by which rows are handed to the engine, which reads RowBinary files far faster than text. */
export class Spool {
  readonly #folder: string;

  /** Takes over the folder: files that a dead process left are removed. */
  constructor(folder: string) {
    this.#folder = folder;
    makeFolder(folder);
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  }

  /** Writes rows to a file that exists while `use` runs; `table` reads it (`structure` declares its columns). */
  async lend<Result>(
    chunks: readonly Uint8Array[],
    structure: Sql,
    use: (table: Sql) => Promise<Result>,
  ): Promise<Result> {
    const path = join(this.#folder, `${randomUUID()}.bin`);
    try {
      await this.#write(path, chunks);
      return await use(sql`file(${textLiteral(path)}, 'RowBinary', ${textLiteral(structure.text)})`);
    } finally {
      await rm(path, { force: true });
    }
  }

  async #write(path: string, chunks: readonly Uint8Array[]): Promise<void> {
    try {
      await writeFile(path, chunks, { mode: 0o600 });
    } catch (error) {
      throw storeErrorOf(error, this.#folder);
    }
  }
}
