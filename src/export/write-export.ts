import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatTicks, ticksOfMilliseconds } from '../core/ticks.ts';
import { exportNames } from '../formats/export-folder.ts';
import { type ParquetColumn, type QueryLimits, type Store, StoreError } from '../store/store.ts';
import { ExportError, fileError } from './export-error.ts';
import { freeBytes, prepareFolder, releaseFolder } from './export-folder.ts';
import { countInExport, type ExportRequest, type ExportScope, requestOf } from './export-scope.ts';
import { cellNames } from './exported-event.ts';
import { FileSink, partialSuffix, type WrittenFile } from './file-sink.ts';
import { type Manifest, manifestText } from './manifest.ts';
import { type ReportSection, writeReport } from './report.ts';
import type { TableForm } from './table-cell.ts';
import { writeEvents } from './write-events.ts';
import { WriterThread } from './writer-thread.ts';

export interface ExportOptions {
  readonly folder: string;
  readonly form: TableForm;
  readonly productVersion: string;
  readonly limits: QueryLimits;
  /** The parts of the report, made when they are written. */
  readonly sections: () => AsyncIterable<ReportSection>;
  readonly onProgress?: (progress: ExportProgress) => void;
}

export interface ExportProgress {
  readonly step: 'events' | 'parquet' | 'report';
  readonly events: number;
  readonly all: number;
}

export interface ExportOutcome {
  /** `finished`: an earlier run had written the same request; nothing was written. */
  readonly kind: 'written' | 'finished';
  /** Whether what an interrupted run had left was replaced. */
  readonly begunAnew: boolean;
  readonly manifest: Manifest;
}

/** Bytes that an event takes in all files at least; with less room an export is not begun. */
const leastEventBytes = 500;

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

/**
 * Writes everything of a scope to a folder. Files have temporary names until they are on disk, and the manifest comes last, so
 * that a folder with one is finished. Throws `ExportError`, `StoreError`, or the signal's reason.
 */
export async function writeExport(
  store: Store,
  scope: ExportScope,
  options: ExportOptions,
): Promise<ExportOutcome> {
  const folder = resolve(options.folder);
  const request = requestOf(scope, options.form === 'exact');
  const state = await prepareFolder(folder, request);
  if (state.kind === 'finished') return { kind: 'finished', begunAnew: false, manifest: state.manifest };
  const all = await countInExport(store, scope);
  const free = await freeBytes(folder);
  if (free < all * leastEventBytes)
    throw new ExportError(
      `${all} events do not fit in the ${free} bytes that are free at ${folder}`,
      'Make room, or name a folder on another disk.',
    );
  const writer = new WriterThread();
  try {
    const manifest = await writeFiles({
      store,
      scope,
      options: { ...options, folder },
      request,
      all,
      writer,
    });
    await writeManifest(folder, manifest);
    await releaseFolder(folder);
    return { kind: 'written', begunAnew: state.interrupted, manifest };
  } finally {
    await writer.close();
  }
}

interface Work {
  readonly store: Store;
  readonly scope: ExportScope;
  readonly options: ExportOptions;
  readonly request: ExportRequest;
  /** Events in scope. */
  readonly all: number;
  readonly writer: WriterThread;
}

/** Writes all files but the manifest, which is given. */
async function writeFiles({ store, scope, options, request, all, writer }: Work): Promise<Manifest> {
  const { folder, form, limits, onProgress } = options;
  const tell = (step: ExportProgress['step'], events: number) => onProgress?.({ step, events, all });
  const written = await writeEvents(store, scope, {
    folder,
    form,
    limits,
    writer,
    onProgress: (events) => tell('events', events),
  });
  if (written.events !== all)
    throw new ExportError(
      `${all} events were in scope and ${written.events} were read: some arrived meanwhile`,
      'Run the same command again; it begins anew.',
    );
  limits.signal?.throwIfAborted();
  tell('parquet', all);
  // While the files of events come to the disk, the engine reads them.
  const parquet = await makeParquet(store, folder, all);
  const files = await written.files;
  await written.publish();
  limits.signal?.throwIfAborted();
  tell('report', all);
  const sink = new FileSink(exportNames.report, join(folder, exportNames.report), writer);
  const left = await writeReport(sink, `Export of ${request.hosts.join(', ')}`, options.sections());
  const report = await sink.finish('none');
  await sink.publish();
  const { faults } = await store.scope([], null, null);
  return {
    keizu_export: 1,
    product_version: options.productVersion,
    made: formatTicks(ticksOfMilliseconds(Date.now())),
    as_of: formatTicks(scope.asOf),
    scope: { ...request, addresses: scope.addresses },
    events: all,
    faults_at_ingest: faults,
    cells: { neutralised: form === 'safe', changed: form === 'safe' ? written.changed : 0 },
    limits: left,
    files: [...files, parquet, report],
  };
}

/** The engine makes the file; where it has no room, that is said as of every other file. */
async function makeParquet(store: Store, folder: string, events: number): Promise<WrittenFile> {
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
  await rename(partial, target);
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

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, exportNames.manifest);
  const partial = `${path}${partialSuffix}`;
  try {
    const file = await open(partial, 'w', 0o600);
    await file.writeFile(manifestText(manifest));
    await file.sync();
    await file.close();
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw fileError(path, error);
  }
}
