import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTicks } from '../../core/ticks.ts';
import type { ExportScope } from '../../export/export-scope.ts';
import type { Manifest } from '../../export/manifest.ts';
import { reportSections } from '../../export/report-sections.ts';
import { type ExportProgress, writeExport } from '../../export/write-export.ts';
import { exportNames } from '../../formats/export-folder.ts';
import type { Store } from '../../store/store.ts';
import type { ExportState } from '../contracts/exports.ts';
import { failureOf, isBug } from '../failure-answer.ts';
import { type ZipFile, zipStream } from './zip-stream.ts';

export interface ExportJobRequest {
  readonly id: string;
  readonly owner: string;
  readonly scope: ExportScope;
  readonly exact: boolean;
  readonly timezone: string;
  /** Where it is written to; nothing is there yet. */
  readonly folder: string;
}

export interface ExportJobOptions {
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

/** An export that is written by itself: its state can be asked for at any time, and its files once it is done. */
export class ExportJob {
  readonly request: ExportJobRequest;
  readonly #options: ExportJobOptions;
  readonly #stop = new AbortController();
  readonly #began = performance.now();
  #elapsed: number | undefined;
  #phase: ExportState['state'] = 'running';
  #progress: ExportProgress | undefined;
  #written: Written | undefined;
  #error: ExportState['error'] = null;
  readonly #work: Promise<void>;
  /** Downloads that are under way. */
  #readers = 0;

  constructor(request: ExportJobRequest, options: ExportJobOptions) {
    this.request = request;
    this.#options = options;
    this.#work = this.#write();
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
      events: this.#progress?.events ?? 0,
      all: this.#progress?.all ?? 0,
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

  cancel(): void {
    if (!this.isRunning) return;
    this.#stop.abort();
    this.#end('cancelled');
  }

  /** Ends it and removes what it wrote. */
  async remove(): Promise<void> {
    this.#stop.abort();
    this.cancel();
    await this.#work;
    await rm(this.request.folder, { recursive: true, force: true });
  }

  async #write(): Promise<void> {
    const { store, version, memoryBytes, log } = this.#options;
    const { id, scope, exact, timezone, folder } = this.request;
    const { signal } = this.#stop;
    try {
      const { manifest } = await writeExport(store, scope, {
        folder,
        form: exact ? 'exact' : 'safe',
        productVersion: version,
        limits: { signal, memoryBytes },
        sections: () => reportSections(store, scope, this.#progress?.all ?? 0, timezone),
        onProgress: (progress) => {
          this.#progress = progress;
        },
      });
      const text = await readFile(join(folder, exportNames.manifest));
      const manifestSha256 = createHash('sha256').update(text).digest('hex');
      if (!this.isRunning) return;
      this.#written = { manifest, manifestSha256, manifestBytes: text.length };
      this.#end('done');
    } catch (error) {
      if (!this.isRunning) return;
      if (isBug(error)) log(`export ${id}: ${error instanceof Error ? (error.stack ?? error) : error}`);
      this.#error = failureOf(error).failure.error;
      this.#end('failed');
    } finally {
      if (this.#phase !== 'done') await rm(folder, { recursive: true, force: true });
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
    const { folder } = this.request;
    const name = this.#name();
    const files: readonly ZipFile[] = [
      ...manifest.files,
      // The last, as when it was written: an archive that was cut off has none.
      { path: exportNames.manifest, bytes: manifestBytes },
    ].map(({ path, bytes }) => ({ name: `${name}/${path}`, path: join(folder, path), bytes }));
    this.#readers++;
    try {
      yield* zipStream(files, this.#stop.signal);
    } finally {
      this.#readers--;
    }
  }
}
