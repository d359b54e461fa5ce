import { statSync } from 'node:fs';
import { terminalText } from '../core/terminal-text.ts';
import { findFiles } from '../formats/container/folder.ts';
import type { ArrivalSource } from '../ingest/arrival.ts';
import { DecodeError } from '../ingest/decode-error.ts';
import { type IngestProgress, type IngestSummary, ingest } from '../ingest/ingest.ts';
import type { MapTally } from '../products/column-map/map-tally.ts';
import type { StoredFault } from '../store/store.ts';
import { byteText, countOf, countText } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { FaultList } from './fault-list.ts';
import { mapReport, readMapFile } from './map-file.ts';
import { openStore } from './open-store.ts';
import { progressBar, progressLine } from './progress-line.ts';
import { writeOut } from './write-out.ts';

export interface IngestOptions {
  readonly store?: string;
  readonly index?: string;
  readonly arrival?: ArrivalSource;
  readonly logformat?: readonly string[];
  readonly localZone?: string;
  readonly map?: string;
  readonly json?: boolean;
  readonly faults?: string;
}

/** Faults that are shown one by one on standard error; the others are only counted. */
const shownFaults = 10;

/**
 * Reads the paths into the store; see `keizu ingest --help`. Fails where nothing at all could be read, and, after the
 * others were read, where a path is not there: that is a slip of the hand, which the store need not remember as a fault.
 */
export async function runIngestCommand(named: readonly string[], options: IngestOptions): Promise<void> {
  const columnMap = options.map === undefined ? undefined : readMapFile(options.map);
  const missing = named.filter(isMissing);
  const paths = named.filter((path) => !missing.includes(path));
  if (paths.length === 0) throw missingPaths(missing);
  const list = options.faults === undefined ? undefined : await FaultList.open(options.faults);
  const store = await openStore(options.store, 'make');
  const stop = new AbortController();
  const interrupt = () =>
    stop.abort(new CommandFailure('keizu: stopped; what was read so far is in the store.'));
  process.once('SIGINT', interrupt);
  const line = progressLine(process.stderr);
  try {
    const total = process.stderr.isTTY ? await totalBytes(paths) : 0;
    let shown = 0;
    let mapped: MapTally | undefined;
    const summary = await ingest(paths, store, {
      ...(options.index !== undefined && { index: options.index }),
      ...(options.arrival !== undefined && { arrival: options.arrival }),
      ...(options.logformat !== undefined && { logformats: options.logformat }),
      ...(options.localZone !== undefined && { localZone: options.localZone }),
      ...(columnMap !== undefined && { columnMap, onMapped: (tally) => (mapped = tally) }),
      signal: stop.signal,
      onProgress: (progress) => line.show(progressText(progress, total)),
      onFault: (met) => {
        list?.add(met);
        if (shown++ >= shownFaults) return;
        line.clear();
        process.stderr.write(`${faultText(met)}\n`);
      },
    });
    line.clear();
    if (shown > shownFaults) {
      const where =
        options.faults === undefined ? '--faults FILE lists them all' : `see ${terminalText(options.faults)}`;
      process.stderr.write(`… and ${countOf(shown - shownFaults, 'more fault')}; ${where}\n`);
    }
    await writeOut(process.stdout, options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
    if (columnMap !== undefined && mapped !== undefined) process.stderr.write(mapReport(columnMap, mapped));
    if (summary.records === 0 && summary.faults > 0) {
      throw new CommandFailure('keizu: nothing could be read.');
    }
    if (missing.length > 0) throw missingPaths(missing);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new CommandFailure(`keizu: ${terminalText(error.message)}\n  what was read before is in the store`);
  } finally {
    line.clear();
    process.removeListener('SIGINT', interrupt);
    await store.close();
    await list?.close();
  }
}

/** Whether nothing is there; what may not be looked at is left for the ingest to report. */
function isMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function missingPaths(paths: readonly string[]): CommandFailure {
  const lines = paths.map((path) => `keizu: there is no such file or folder: ${terminalText(path)}`);
  return new CommandFailure(lines.join('\n'));
}

async function totalBytes(paths: readonly string[]): Promise<number> {
  let total = 0;
  for await (const found of findFiles(paths)) if (found.kind === 'file') total += found.size ?? 0;
  return total;
}

function progressText(progress: IngestProgress, total: number): string {
  const rate = progress.seconds > 0 ? Math.round(progress.records / progress.seconds) : 0;
  const share = total > 0 ? progress.bytes / total : 0;
  const read = `${byteText(progress.bytes)} of ${byteText(total)}`;
  return `${progressBar(share)} ${read}  ${countText(progress.records)} records  ${countText(rate)}/s  ${progress.origin}`;
}

function faultText({ fault, origin }: StoredFault): string {
  return `fault: ${terminalText(origin)} at byte ${countText(fault.offset)}: ${terminalText(fault.message)}`;
}

function arrivalText({ arrivalsUnknown = 0 }: IngestSummary): readonly string[] {
  if (arrivalsUnknown === 0) return [];
  return [`${countOf(arrivalsUnknown, 'event')} without a recorded arrival: this moment was taken`];
}

function zoneText({ zonesUnknown = 0 }: IngestSummary): readonly string[] {
  if (zonesUnknown === 0) return [];
  return [
    `${countOf(zonesUnknown, 'event')} whose times do not say their zone: read as UTC (--local-zone says another)`,
  ];
}

function summaryText(summary: IngestSummary): string {
  const { files, bytes, records, events, duplicates, faults, seconds, products } = summary;
  const rate = seconds > 0 ? Math.round(records / seconds) : records;
  const kinds = Object.entries(products)
    .sort(([, one], [, other]) => other - one)
    .map(([product, count]) => `  ${countText(count).padStart(11)}  ${product}`);
  return [
    `read ${countOf(files, 'file')} (${byteText(bytes)}), ${countOf(records, 'record')} in ${seconds.toFixed(1)} s (${countText(rate)}/s)`,
    ...kinds,
    ...arrivalText(summary),
    ...zoneText(summary),
    `${countOf(events, 'new event')}, ${countOf(duplicates, 'duplicate')}, ${countOf(faults, 'fault')}`,
    '',
  ].join('\n');
}
