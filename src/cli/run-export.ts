import { jsonText, terminalText } from '../core/terminal-text.ts';
import { usualPace } from '../export/checkpoints.ts';
import { anewTexts, type EarlierRun } from '../export/earlier-run.ts';
import { ExportError } from '../export/export-error.ts';
import { addressesOf, type ExportScope } from '../export/export-scope.ts';
import type { Manifest } from '../export/manifest.ts';
import { reportSections } from '../export/report-sections.ts';
import { type ExportOutcome, type ExportProgress, writeExport } from '../export/write-export.ts';
import type { Store } from '../store/store.ts';
import { byteText, countOf, countText } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { exportFailure } from './export-failure.ts';
import { memoryBound } from './memory-bound.ts';
import { namedHost } from './named-host.ts';
import { openStore } from './open-store.ts';
import { progressBar, progressLine } from './progress-line.ts';
import { type SearchRange, searchRange } from './search-range.ts';
import { version } from './version.ts';
import { writeOut } from './write-out.ts';

/** What `keizu export` was given. */
export interface ExportCommandOptions {
  readonly host: readonly string[];
  readonly earliest: string;
  readonly latest: string;
  readonly exact?: boolean;
  readonly timezone: string;
  readonly checkpoint?: number;
  readonly format: 'text' | 'json';
  readonly store?: string;
}

/** Writes an export; see `keizu export --help`. */
export async function runExport(out: string, options: ExportCommandOptions): Promise<void> {
  if (out === '') throw new CommandFailure('keizu: name the folder to write to.', exitStatus.wrongUsage);
  const range = searchRange(options);
  const store = await openStore(options.store, 'must-exist');
  const stop = new AbortController();
  const interrupt = () =>
    stop.abort(
      new CommandFailure(
        `keizu: stopped; ${terminalText(out)} is not finished. The same command goes on with it.`,
      ),
    );
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const line = progressLine(process.stderr);
  const began = performance.now();
  try {
    const scope = await scopeOf(store, options.host, range);
    const outcome = await writeExport(store, scope, {
      folder: out,
      form: options.exact === true ? 'exact' : 'safe',
      productVersion: version,
      limits: { signal: stop.signal, memoryBytes: memoryBound() },
      asked: [options.earliest, options.latest, options.timezone].join(' '),
      sections: (of, events) => reportSections(store, of, events, range.timezone),
      ...(options.checkpoint !== undefined && { pace: { ...usualPace, events: options.checkpoint } }),
      onProgress: (progress) => line.show(progressText(progress)),
    });
    line.clear();
    const seconds = (performance.now() - began) / 1000;
    await writeOut(
      process.stdout,
      options.format === 'json'
        ? `${jsonText({ kind: outcome.kind, earlier: outcome.earlier, seconds, ...outcome.manifest })}\n`
        : outcomeText(out, outcome, seconds),
    );
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw error instanceof ExportError ? exportFailure(error) : error;
  } finally {
    line.clear();
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
    await store.close();
  }
}

async function scopeOf(
  store: Store,
  named: readonly string[],
  { earliest, latest, now }: SearchRange,
): Promise<ExportScope> {
  if (earliest === null || latest === null) throw new Error('both options are required');
  const hosts = new Set<string>();
  for (const name of named) hosts.add((await namedHost(store, name)).name);
  const all = [...hosts].sort();
  return { hosts: all, earliest, latest, asOf: now, addresses: await addressesOf(store, all) };
}

const stepTexts: Readonly<Record<Exclude<ExportProgress['step'], 'events'>, string>> = {
  check: 'reading again what an interrupted run has written',
  parquet: 'writing the Parquet file',
  report: 'writing the report',
};

function progressText({ step, events, all }: ExportProgress): string {
  if (step !== 'events') return stepTexts[step];
  return `${progressBar(all === 0 ? 1 : events / all)} ${countText(events)} of ${countOf(all, 'event')}`;
}

function outcomeText(out: string, { kind, earlier, manifest }: ExportOutcome, seconds: number): string {
  const { events, files, cells, limits, as_of } = manifest;
  const place = terminalText(out);
  if (kind === 'finished')
    return `${place} holds this export already: ${countOf(events, 'event')} as of ${as_of}. Nothing was written; "keizu verify ${place}" checks it, and another folder takes what has arrived since.\n`;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return [
    ...earlierText(earlier, manifest),
    `wrote ${countOf(events, 'event')} to ${countOf(files.length, 'file')} (${byteText(bytes)}) in ${place}, in ${seconds.toFixed(1)} s`,
    ...files.map(
      (file) =>
        `  ${terminalText(file.path).padEnd(32)} ${byteText(file.bytes).padStart(10)}${file.events === undefined ? '' : `  ${countOf(file.events, 'event')}`}`,
    ),
    cells.neutralised
      ? `cells of the CSV that a spreadsheet would run begin with an apostrophe (${countText(cells.changed)} of them); --exact leaves them`
      : 'cells of the CSV are as they were recorded: a spreadsheet may run those that begin with = + - @',
    ...files.flatMap(({ path, alone }) =>
      alone === undefined || alone.same === alone.read
        ? []
        : `${terminalText(path)} does not tell all by itself: of ${countOf(alone.read, 'raw text')} read again, ${countText(alone.read - alone.same)} gave another event (${alone.lacks.join('; ')}). events.jsonl has it`,
    ),
    ...limits.map((each) => `left out: ${terminalText(each)}`),
    '',
  ].join('\n');
}

function earlierText(earlier: EarlierRun, { events, as_of, scope }: Manifest): readonly string[] {
  switch (earlier.kind) {
    case 'none':
      return [];
    case 'taken-up':
      return [
        `an interrupted run was taken up after ${countText(earlier.events)} of ${countOf(events, 'event')}: from ${scope.earliest} to before ${scope.latest}, as of ${as_of}`,
      ];
    case 'begun-anew':
      return [`an interrupted run was begun anew: ${anewTexts[earlier.reason]}`];
  }
}
