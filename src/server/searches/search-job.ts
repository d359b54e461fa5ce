import { setImmediate } from 'node:timers/promises';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { formatTicks } from '../../core/ticks.ts';
import { type PlannedSearch, scopeOf } from '../../spl/run.ts';
import { limitedStore } from '../../store/limited-store.ts';
import {
  type Column,
  type QueryProgress,
  type ScopeSummary,
  type Store,
  StoreError,
} from '../../store/store.ts';
import type { DiagnosticMessage } from '../contracts/error.ts';
import type { SearchState } from '../contracts/search.ts';
import { diagnosticMessage, failureOf, isBug } from '../failure-answer.ts';
import { momentText } from '../routes/moment.ts';
import type { SearchRange } from './prepare-search.ts';
import { ResultFile } from './result-file.ts';
import { type ResultPart, resultParts } from './result-parts.ts';
import type { JobLimits } from './search-limits.ts';

export interface JobRequest {
  readonly id: string;
  readonly owner: string;
  readonly text: string;
  readonly range: SearchRange;
  readonly planned: PlannedSearch;
  /** Wall-clock seconds. */
  readonly seconds: number;
  /** Where the rows are put. */
  readonly path: string;
}

interface JobOptions {
  readonly store: Store;
  readonly limits: JobLimits;
  readonly log: (message: string) => void;
}

/** A search that runs by itself: its state and its rows can be asked for at any time. */
export class SearchJob {
  readonly request: JobRequest;
  readonly #options: JobOptions;
  readonly #stop = new AbortController();
  readonly #freed = new AbortController();
  readonly #began = performance.now();
  #phase: SearchState['state'] = 'running';
  #elapsed: number | undefined;
  #work: Promise<void> | undefined;
  #file: ResultFile | undefined;
  #scope: ScopeSummary | null = null;
  /** Events that earlier parts of the result went over, and that this one goes over. */
  #part = { before: 0, here: 0 };
  #rowsRead = 0;
  readonly #diagnostics = new Map<string, DiagnosticMessage>();
  #limit: SearchState['limit'] = null;
  #error: SearchState['error'] = null;
  #news = news();

  constructor(request: JobRequest, options: JobOptions) {
    this.request = request;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#phase === 'running';
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted when nothing of the search is wanted any more. */
  get freed(): AbortSignal {
    return this.#freed.signal;
  }

  /** The rows so far; undefined until the columns are known. */
  get file(): ResultFile | undefined {
    return this.#file;
  }

  state(): SearchState {
    const { request } = this;
    const { source } = request.planned.plan;
    const range = source.kind === 'events' ? source : { earliest: null, latest: null };
    const columns = this.#file?.columns ?? [];
    const names = new Set(columns.map(({ name }) => name));
    return {
      id: request.id,
      text: request.text,
      state: this.#phase,
      elapsedMs: Math.round(this.#elapsed ?? performance.now() - this.#began),
      columns: columns.map(({ name, type }) => ({ name, type })),
      rows: this.#file?.rows ?? 0,
      ...this.#scanned(),
      scope: this.#scope && {
        ...this.#scope,
        first: momentText(this.#scope.first),
        last: momentText(this.#scope.last),
      },
      earliest: range.earliest === null ? null : formatTicks(range.earliest),
      latest: range.latest === null ? null : formatTicks(range.latest),
      diagnostics: [...this.#diagnostics.values()],
      limit: this.#limit,
      error: this.#error,
      isEvents: names.has('_raw') && names.has('_id'),
    };
  }

  /** Runs the search to its end; never rejects. */
  run(): Promise<void> {
    this.#work ??= this.#search();
    return this.#work;
  }

  /** Resolves at what nobody should be told late: the first rows, and the end. */
  get news(): Promise<void> {
    return this.#news.told;
  }

  cancel(): void {
    this.#stop.abort();
    if (this.isRunning) this.#end('cancelled');
  }

  /** Ends the search and removes its rows. */
  async remove(): Promise<void> {
    this.#freed.abort();
    this.cancel();
    await this.#work;
    await this.#file?.remove();
  }

  async #search(): Promise<void> {
    const { store, limits } = this.#options;
    const { planned, seconds, path } = this.request;
    // A search is several queries, one after another.
    const onProgress = ({ rowsRead }: QueryProgress) => {
      this.#rowsRead = Math.max(this.#rowsRead, rowsRead);
    };
    const observed = limitedStore(store, (own) => ({ ...own, onProgress }));
    for (const diagnostic of planned.diagnostics) this.#report(diagnostic);
    try {
      this.#stop.signal.throwIfAborted();
      this.#scope = await scopeOf(planned.plan, store);
      const parts = resultParts(planned, this.#scope, {
        store: observed,
        limits: { seconds, memoryBytes: limits.memoryBytes, signal: this.#stop.signal },
        report: (diagnostic) => this.#report(diagnostic),
        onPart: (before, here) => {
          this.#part = { before, here };
          this.#rowsRead = 0;
        },
      });
      const file = await ResultFile.make(path);
      this.#file = file;
      for await (const { columns, rows } of parts) {
        if (!(await this.#take(file, columns, rows))) break;
      }
      file.settle();
      this.#end('done');
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Puts the rows of a part into the file; false where no more may come. */
  async #take(file: ResultFile, columns: readonly Column[], rows: ResultPart['rows']): Promise<boolean> {
    const { limits } = this.#options;
    const widened = file.widen(columns);
    for await (const block of rows) {
      this.#stop.signal.throwIfAborted();
      const room = limits.rows - file.rows;
      const isFirst = file.rows === 0 && block.length > 0;
      await file.append((block.length > room ? block.slice(0, room) : block).map(widened));
      if (isFirst) {
        this.#tell();
        // Compiling the next part holds the only thread: those who are told now are answered before.
        await setImmediate();
      }
      if (block.length <= room && file.bytes <= limits.bytes) continue;
      this.#limit = { kind: 'rows', value: file.rows };
      return false;
    }
    return true;
  }

  #report(diagnostic: Diagnostic): void {
    const message = diagnosticMessage(diagnostic);
    this.#diagnostics.set(JSON.stringify(message), message);
  }

  #scanned(): Pick<SearchState, 'eventsScanned' | 'eventsTotal'> {
    const eventsTotal = this.#scope?.events ?? null;
    if (this.#phase === 'done' && eventsTotal !== null) return { eventsScanned: eventsTotal, eventsTotal };
    const { before, here } = this.#part;
    return { eventsScanned: before + Math.min(this.#rowsRead, here), eventsTotal };
  }

  #end(phase: SearchState['state']): void {
    if (!this.isRunning) return;
    this.#phase = phase;
    this.#elapsed = performance.now() - this.#began;
    this.#tell();
  }

  #tell(): void {
    const { tell } = this.#news;
    this.#news = news();
    tell();
  }

  #fail(error: unknown): void {
    if (this.#stop.signal.aborted) {
      this.#end('cancelled');
      return;
    }
    if (error instanceof StoreError && error.code === 'query-timeout')
      this.#limit = { kind: 'seconds', value: this.request.seconds };
    if (error instanceof StoreError && error.code === 'query-memory')
      this.#limit = { kind: 'memory', value: this.#options.limits.memoryBytes };
    if (isBug(error)) this.#options.log(`search ${this.request.id}: ${(error as Error).stack ?? error}`);
    this.#error = failureOf(error).failure.error;
    this.#end('failed');
  }
}

function news(): { readonly told: Promise<void>; readonly tell: () => void } {
  let tell = () => {};
  const told = new Promise<void>((give) => {
    tell = give;
  });
  return { told, tell };
}
