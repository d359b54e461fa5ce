import { formatTicks } from '../../core/ticks.ts';
import { type PlannedSearch, runSearch, type SearchRun, scopeOf } from '../../spl/run.ts';
import { type ScopeSummary, type Store, StoreError } from '../../store/store.ts';
import type { SearchState } from '../contracts/search.ts';
import { diagnosticMessage, failureOf, isBug } from '../failure-answer.ts';
import { momentText } from '../routes/moment.ts';
import { observedStore } from './observed-store.ts';
import { type SearchRange, searchOptions } from './prepare-search.ts';
import { ResultFile } from './result-file.ts';
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
  readonly #began = performance.now();
  #phase: SearchState['state'] = 'running';
  #elapsed: number | undefined;
  #work: Promise<void> | undefined;
  #run: SearchRun | undefined;
  #file: ResultFile | undefined;
  #scope: ScopeSummary | null = null;
  #rowsRead = 0;
  #limit: SearchState['limit'] = null;
  #error: SearchState['error'] = null;
  readonly #listeners = new Set<() => void>();

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

  /** The rows so far; undefined until the columns are known. */
  get file(): ResultFile | undefined {
    return this.#file;
  }

  state(): SearchState {
    const { request } = this;
    const { source } = request.planned.plan;
    const range = source.kind === 'events' ? source : { earliest: null, latest: null };
    const columns = this.#run?.columns ?? [];
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
      diagnostics: this.#diagnostics(),
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

  /** Calls back when the search ends. */
  onEnd(listener: () => void): void {
    this.#listeners.add(listener);
  }

  cancel(): void {
    this.#stop.abort();
    if (this.isRunning) this.#end('cancelled');
  }

  /** Ends the search and removes its rows. */
  async remove(): Promise<void> {
    this.cancel();
    await this.#work;
    await this.#file?.remove();
  }

  async #search(): Promise<void> {
    const { store, limits } = this.#options;
    const { text, range, seconds, path } = this.request;
    const counting = this.#readScope();
    const observed = observedStore(store, ({ rowsRead }) => {
      this.#rowsRead = Math.max(this.#rowsRead, rowsRead);
    });
    try {
      this.#stop.signal.throwIfAborted();
      const run = await runSearch(observed, text, {
        ...searchOptions(observed, range),
        signal: this.#stop.signal,
        limits: { seconds, memoryBytes: limits.memoryBytes },
      });
      this.#run = run;
      const file = await ResultFile.make(path, run.columns);
      this.#file = file;
      for await (const block of run.rows) {
        this.#stop.signal.throwIfAborted();
        const room = limits.rows - file.rows;
        await file.append(block.length > room ? block.slice(0, room) : block);
        if (block.length <= room && file.bytes <= limits.bytes) continue;
        this.#limit = { kind: 'rows', value: file.rows };
        break;
      }
      file.settle();
      await counting;
      this.#end('done');
    } catch (error) {
      await counting;
      this.#fail(error);
    }
  }

  async #readScope(): Promise<void> {
    try {
      this.#scope = await scopeOf(this.request.planned.plan, this.#options.store);
    } catch {
      // The search itself meets what is wrong with the store, and says it.
    }
  }

  #scanned(): Pick<SearchState, 'eventsScanned' | 'eventsTotal'> {
    const eventsTotal = this.#scope?.events ?? null;
    if (this.#phase === 'done' && eventsTotal !== null) return { eventsScanned: eventsTotal, eventsTotal };
    const eventsScanned = eventsTotal === null ? this.#rowsRead : Math.min(this.#rowsRead, eventsTotal);
    return { eventsScanned, eventsTotal };
  }

  #diagnostics(): SearchState['diagnostics'] {
    const met = this.#run?.diagnostics ?? this.request.planned.diagnostics;
    const shown = new Map(met.map((each) => [JSON.stringify(diagnosticMessage(each)), each]));
    return [...shown.values()].map(diagnosticMessage);
  }

  #end(phase: SearchState['state']): void {
    if (!this.isRunning) return;
    this.#phase = phase;
    this.#elapsed = performance.now() - this.#began;
    for (const listener of this.#listeners) listener();
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
