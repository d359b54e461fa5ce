import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { exportNames } from '../formats/export-folder.ts';
import { type ParquetColumn, type Store, StoreError } from '../store/store.ts';
import { ExportError, fileError } from './export-error.ts';
import { cellNames } from './exported-event.ts';
import { partialSuffix, type WrittenFile } from './file-sink.ts';

const memberTypes: Readonly<Record<string, ParquetColumn['type']>> = {
  _time: 'time',
  _indextime: 'time',
  _offset: 'whole',
};

const parquetColumns: readonly ParquetColumn[] = [
  ...cellNames.map(
    (name, at): ParquetColumn => ({
      name,
      // The first twelve are there in every event.
      type: memberTypes[name] ?? (at < 12 ? 'text' : 'optional-text'),
    }),
  ),
  { name: '_raw', type: 'text' },
  { name: 'fields', type: 'json' },
];

/** The engine makes the file, under its temporary name; where it has no room, that is said as of every other file. */
export async function writeParquet(store: Store, folder: string, events: number): Promise<WrittenFile> {
  const target = join(folder, exportNames.parquet);
  const partial = `${target}${partialSuffix}`;
  let rows: number;
  try {
    rows = await store.writeParquet(
      join(folder, `${exportNames.events}${partialSuffix}`),
      partial,
      parquetColumns,
    );
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store-full')
      throw fileError(target, Object.assign(new Error(error.message), { code: 'ENOSPC' }));
    throw error;
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
