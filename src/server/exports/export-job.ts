import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTicks } from '../../core/ticks.ts';
import type { EarlierRun } from '../../export/earlier-run.ts';
import type { Manifest } from '../../export/manifest.ts';
import { reportSections } from '../../export/report-sections.ts';
import { type ExportProgress, writeExport } from '../../export/write-export.ts';
import { exportNames } from '../../formats/export-folder.ts';
import type { Store } from '../../store/store.ts';
import type { ExportState } from '../contracts/exports.ts';
import { failureOf, isBug } from '../failure-answer.ts';
import type { ExportJobRequest } from './kept-request.ts';
import { type ZipFile, zipStream } from './zip-stream.ts';

export interface ExportJobOptions {
  /** The job's own; it is there. */
  readonly folder: string;
  readonly store: Store;
  readonly version: string;
  readonly memoryBytes: number;
  readonly log: (message: string) => void;
}

interface Written {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly manifestBytes: number;
}

/** Where in its folder a job writes to. */
const filesName = 'files';

/**
 * An export that is written by itself: its state can be asked for at any time, and its files once it is done. One that was stopped or has
 * failed can be resumed, also by a server that is started later.
 */
export class ExportJob {
  readonly request: ExportJobRequest;
  readonly #options: ExportJobOptions;
  #stop = new AbortController();
  #began = performance.now();
  #elapsed: number | undefined;
  #phase: ExportState['state'] = 'stopped';
  #progress: ExportProgress | undefined;
  #earlier: EarlierRun | undefined;
  #written: Written | undefined;
  #error: ExportState['error'] = null;
  #work: Promise<void> = Promise.resolve();
  /** Downloads that are under way. */
  #readers = 0;

  /** `left` is an earlier server's: it is there where it was finished, and waits to be resumed where it was not. */
  constructor(request: ExportJobRequest, options: ExportJobOptions, from: 'new' | 'left') {
    this.request = request;
    this.#options = options;
    if (from === 'new' || existsSync(join(this.#files, exportNames.manifest))) this.resume();
  }

  get #files(): string {
    return join(this.#options.folder, filesName);
  }

  get isRunning(): boolean {
    return this.#phase === 'running';
  }

  get isRead(): boolean {
    return this.#readers > 0;
  }

  state(): ExportState {
    const { id, scope, exact } = this.request;
    return {
      id,
      state: this.#phase,
      step: this.#progress?.step ?? null,
      events: this.#written?.manifest.events ?? this.#progress?.events ?? 0,
      all: this.#written?.manifest.events ?? this.#progress?.all ?? 0,
      takenUp: this.#earlier?.kind === 'taken-up' ? this.#earlier.events : null,
      begunAnew: this.#earlier?.kind === 'begun-anew' ? this.#earlier.reason : null,
      elapsedMs: Math.round(this.#elapsed ?? performance.now() - this.#began),
      hosts: [...scope.hosts],
      earliest: formatTicks(scope.earliest),
      latest: formatTicks(scope.latest),
      exact,
      result: this.#written === undefined ? null : this.#result(this.#written),
      error: this.#error,
    };
  }

  /** The folder as a zip archive, in which it is a folder of the result's name; undefined where it is not done. */
  archive(): AsyncIterable<Uint8Array> | undefined {
    return this.#written === undefined ? undefined : this.#read(this.#written);
  }

  /** Begins it, or goes on with it; one that runs or is done is left as it is. */
  resume(): void {
    if (this.isRunning || this.#phase === 'done') return;
    this.#stop = new AbortController();
    this.#began = performance.now();
    this.#elapsed = undefined;
    this.#progress = undefined;
    this.#earlier = undefined;
    this.#error = null;
    this.#phase = 'running';
    const { signal } = this.#stop;
    // What was stopped may still be on its way to the disk.
    this.#work = this.#work.then(() => this.#write(signal));
  }

  stop(): void {
    if (!this.isRunning) return;
    this.#stop.abort();
    this.#end('stopped');
  }

  /** Stops it and its downloads, and leaves what it wrote. */
  async leave(): Promise<void> {
    this.stop();
    this.#stop.abort();
    await this.#work;
  }

  /** Ends it and removes what it wrote. */
  async remove(): Promise<void> {
    await this.leave();
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #write(signal: AbortSignal): Promise<void> {
    const { store, version, memoryBytes, log } = this.#options;
    const { id, scope, exact, timezone } = this.request;
    if (signal.aborted) return;
    try {
      const { manifest } = await writeExport(store, scope, {
        folder: this.#files,
        form: exact ? 'exact' : 'safe',
        productVersion: version,
        limits: { signal, memoryBytes },
        sections: (of, events) => reportSections(store, of, events, timezone),
        onProgress: (progress) => {
          if (signal.aborted) return;
          this.#progress = progress;
          this.#earlier = progress.earlier ?? this.#earlier;
        },
      });
      const text = await readFile(join(this.#files, exportNames.manifest));
      const manifestSha256 = createHash('sha256').update(text).digest('hex');
      if (signal.aborted) return;
      this.#written = { manifest, manifestSha256, manifestBytes: text.length };
      this.#end('done');
    } catch (error) {
      if (signal.aborted) return;
      if (isBug(error)) log(`export ${id}: ${error instanceof Error ? (error.stack ?? error) : error}`);
      this.#error = failureOf(error).failure.error;
      this.#end('failed');
    }
  }

  #end(phase: ExportState['state']): void {
    this.#phase = phase;
    this.#elapsed = performance.now() - this.#began;
  }

  #result({ manifest, manifestSha256 }: Written): NonNullable<ExportState['result']> {
    return {
      name: this.#name(),
      files: manifest.files.map(({ path, bytes, sha256, events, alone }) => ({
        path,
        bytes,
        sha256,
        events: events ?? null,
        alone: alone === undefined ? null : { ...alone, lacks: [...alone.lacks] },
      })),
      manifestSha256,
      cellsChanged: manifest.cells.changed,
      limits: [...manifest.limits],
    };
  }

  /** Of letters that every file system takes. */
  #name(): string {
    const { scope, id } = this.request;
    const [first = ''] = scope.hosts;
    const more = scope.hosts.length > 1 ? `-and-${scope.hosts.length - 1}` : '';
    const host = first.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 60);
    return `keizu-export-${host}${more}-${formatTicks(scope.earliest).slice(0, 10)}-${id.slice(0, 8)}`;
  }

  async *#read({ manifest, manifestBytes }: Written): AsyncGenerator<Uint8Array> {
    const name = this.#name();
    const files: readonly ZipFile[] = [
      ...manifest.files,
      // The last, as when it was written: an archive that was cut off has none.
      { path: exportNames.manifest, bytes: manifestBytes },
    ].map(({ path, bytes }) => ({ name: `${name}/${path}`, path: join(this.#files, path), bytes }));
    this.#readers++;
    try {
      yield* zipStream(files, this.#stop.signal);
    } finally {
      this.#readers--;
    }
  }
}
