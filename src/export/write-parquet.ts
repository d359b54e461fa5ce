import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { exportNames } from '../formats/export-folder.ts';
import { type QueryLimits, type Store, StoreError } from '../store/store.ts';
import { othersName } from './event-files.ts';
import { ExportError, fileError } from './export-error.ts';
import type { ExportScope } from './export-scope.ts';
import { exportedRows } from './exported-event.ts';
import { partialSuffix, type WrittenFile } from './file-sink.ts';

export interface ParquetOptions {
  readonly folder: string;
  readonly events: number;
  readonly limits: QueryLimits;
}

/**
 * The engine makes the file, under its temporary name, of its own columns and of the other fields as they were written: it takes fifty times
 * as long to make text of them. Where it has no room, that is said as of every other file.
 */
export async function writeParquet(
  store: Store,
  scope: ExportScope,
  { folder, events, limits }: ParquetOptions,
): Promise<WrittenFile> {
  const target = join(folder, exportNames.parquet);
  const partial = `${target}${partialSuffix}`;
  const others = { path: `${join(folder, othersName)}${partialSuffix}`, key: '_id', name: 'fields' };
  let rows: number;
  try {
    // The engine would make it so that others may read it.
    await (await open(partial, 'wx', 0o600)).close();
    rows = await store.writeParquet(exportedRows(scope), others, partial, limits);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store-full')
      throw fileError(target, Object.assign(new Error(error.message), { code: 'ENOSPC' }));
    throw error instanceof StoreError ? error : fileError(target, error);
  }
  if (rows !== events) throw new ExportError(`${target} has ${rows} rows of ${events} events`);
  const { bytes, sha256 } = await digestOf(partial);
  return { path: exportNames.parquet, bytes, sha256, events };
}

/** Bytes and SHA-256 of a file. */
async function digestOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
