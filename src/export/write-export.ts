import { rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatTicks, ticksOfMilliseconds } from '../core/ticks.ts';
import { exportNames } from '../formats/export-folder.ts';
import type { QueryLimits, Store } from '../store/store.ts';
import { type CheckpointPace, usualPace } from './checkpoints.ts';
import { writeDurably } from './durable-file.ts';
import type { EarlierRun } from './earlier-run.ts';
import { othersName } from './event-files.ts';
import { ExportError } from './export-error.ts';
import { freeBytes, releaseFolder, takeFolder } from './export-folder.ts';
import { type ExportScope, requestOf } from './export-scope.ts';
import { FileSink, partialSuffix, type WrittenFile } from './file-sink.ts';
import { removeJournal, writeJournal } from './journal.ts';
import { type Manifest, manifestText } from './manifest.ts';
import { type ReportSection, writeReport } from './report.ts';
import type { TableForm } from './table-cell.ts';
import { type BegunExport, beginExport } from './take-up.ts';
import { type EventProgress, writeEvents } from './write-events.ts';
import { writeParquet } from './write-parquet.ts';

export interface ExportOptions {
  readonly folder: string;
  readonly form: TableForm;
  readonly productVersion: string;
  readonly limits: QueryLimits;
  /** The window as it was typed, where it may be relative to the moment of the command: the same text goes on with what it began. */
  readonly asked?: string;
  /** The parts of the report, made when they are written; the scope is that of an earlier run that is taken up. */
  readonly sections: (scope: ExportScope, events: number) => AsyncIterable<ReportSection>;
  /** How often it is noted how far the export is, for a run that goes on with it. */
  readonly pace?: CheckpointPace;
  readonly onProgress?: (progress: ExportProgress) => void;
}

export interface ExportProgress {
  /** `check`: what an earlier run has written is read again. */
  readonly step: 'check' | 'events' | 'parquet' | 'report';
  readonly events: number;
  readonly all: number;
  /** What became of an earlier run; undefined until that is known. */
  readonly earlier: EarlierRun | undefined;
}

export interface ExportOutcome {
  /** `finished`: an earlier run had written the same request; nothing was written. */
  readonly kind: 'written' | 'finished';
  readonly earlier: EarlierRun;
  readonly manifest: Manifest;
}

/** Bytes that an event takes in all files at least; with less room an export is not begun. */
const leastEventBytes = 500;

/**
 * Writes everything of a scope to a folder, or goes on with what an interrupted run has written there of the same request. Files have
 * temporary names until they are on disk, and the manifest comes last, so that a folder with one is finished. Throws `ExportError`,
 * `StoreError`, or the signal's reason.
 */
export async function writeExport(
  store: Store,
  scope: ExportScope,
  options: ExportOptions,
): Promise<ExportOutcome> {
  const folder = resolve(options.folder);
  const { productVersion, asked = '', limits, onProgress } = options;
  const request = requestOf(scope, options.form === 'exact');
  const state = await takeFolder(folder, { request, asked, productVersion });
  if (state.kind === 'finished')
    return { kind: 'finished', earlier: { kind: 'none' }, manifest: state.manifest };
  const begun = await beginExport(store, scope, {
    folder,
    state,
    limits,
    onCheck: ({ events, inventory }) =>
      onProgress?.({ step: 'check', events, all: inventory.events, earlier: undefined }),
  });
  try {
    const { inventory, earlier, progress } = begun;
    const missing = inventory.events - progress.events;
    const free = await freeBytes(folder);
    if (free < missing * leastEventBytes)
      throw new ExportError(
        `${missing} events do not fit in the ${free} bytes that are free at ${folder}`,
        'Make room, or name a folder on another disk.',
      );
    const manifest = await writeFiles(store, begun, { ...options, folder });
    await writeDurably(
      join(folder, exportNames.manifest),
      join(folder, `${exportNames.manifest}${partialSuffix}`),
      manifestText(manifest),
    );
    await releaseFolder(folder);
    return { kind: 'written', earlier, manifest };
  } finally {
    await begun.writer.close();
  }
}

/** Writes all files but the manifest, which is given. */
async function writeFiles(store: Store, begun: BegunExport, options: ExportOptions): Promise<Manifest> {
  const { scope, inventory, earlier, files, writer } = begun;
  const { folder, form, limits, productVersion, asked = '', pace = usualPace, onProgress } = options;
  const all = inventory.events;
  const request = requestOf(scope, form === 'exact');
  const tell = (step: ExportProgress['step'], events: number) => onProgress?.({ step, events, all, earlier });
  const keep = async ({ events, changed, last }: EventProgress, written: readonly WrittenFile[]) => {
    if (last === undefined) return;
    await writeJournal(folder, {
      keizu_export_journal: 2,
      product_version: productVersion,
      scope: { ...request, addresses: scope.addresses },
      as_of: formatTicks(scope.asOf),
      asked,
      inventory: { events: all, digest: inventory.digest },
      events,
      changed,
      last: { ...last, time: String(last.time) },
      files: written,
    });
  };
  tell('events', begun.progress.events);
  const progress =
    all > 0 && begun.progress.events === all
      ? begun.progress
      : await writeEvents(store, scope, {
          files,
          begun: begun.progress,
          form,
          limits,
          pace,
          keep,
          onProgress: (events) => tell('events', events),
        });
  if (progress.events !== all) {
    await removeJournal(folder);
    throw new ExportError(
      `${all} events were in scope and ${progress.events} were read: some arrived meanwhile`,
      'Run the same command again; it begins anew.',
    );
  }
  const onDisk = files.finish().then(async (written) => {
    await keep(progress, written);
    return written;
  });
  let parquet: WrittenFile;
  try {
    await writer.idle();
    limits.signal?.throwIfAborted();
    tell('parquet', all);
    // Meanwhile the files of events come to the disk.
    parquet = await writeParquet(store, scope, { folder, events: all, limits });
  } finally {
    // Also where the engine fails: what is complete need not be written again.
    await onDisk.catch(() => undefined);
  }
  const written = await onDisk;
  limits.signal?.throwIfAborted();
  tell('report', all);
  const sink = new FileSink(exportNames.report, join(folder, exportNames.report), writer);
  const left = await writeReport(sink, `Export of ${request.hosts.join(', ')}`, options.sections(scope, all));
  const report = await sink.finish('none');
  limits.signal?.throwIfAborted();
  await files.publish();
  await rename(`${join(folder, parquet.path)}${partialSuffix}`, join(folder, parquet.path));
  await sink.publish();
  const { faults } = await store.scope([], null, null);
  return {
    keizu_export: 1,
    product_version: productVersion,
    made: formatTicks(ticksOfMilliseconds(Date.now())),
    as_of: formatTicks(scope.asOf),
    scope: { ...request, addresses: scope.addresses },
    events: all,
    faults_at_ingest: faults,
    cells: { neutralised: form === 'safe', changed: form === 'safe' ? progress.changed : 0 },
    limits: left,
    files: [...written.filter(({ path }) => path !== othersName), parquet, report],
  };
}
