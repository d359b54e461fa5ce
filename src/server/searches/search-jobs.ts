import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Store } from '../../store/store.ts';
import type { Actor } from '../access/actor.ts';
import { ApiFailure } from '../api-failure.ts';
import type { SearchRequest } from '../contracts/search.ts';
import { HeldJobs } from '../held-jobs.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { searchHistogram } from './histogram.ts';
import { prepareSearch, readRange } from './prepare-search.ts';
import { type RowSort, rowOrder } from './row-order.ts';
import { SearchJob } from './search-job.ts';
import { type JobLimits, jobLimits } from './search-limits.ts';
import { Turns } from './turns.ts';

export interface SearchJobsOptions {
  readonly store: Store;
  readonly metadata: Metadata;
  readonly folder: string;
  readonly log: (message: string) => void;
  readonly limits?: JobLimits;
}

type Histogram = Awaited<ReturnType<typeof searchHistogram>>;

/** What was made of a search's rows since, as it was asked for. */
interface MadeOfRows {
  /** Row numbers in the order of a column, by the sort's text. */
  readonly orders: Map<string, Promise<Uint32Array | undefined>>;
  histogram?: Promise<Histogram>;
}

/** Orders that are kept of one search. */
const mostOrders = 4;

/** Searches that one user may have waiting or running. */
const mostOfUser = 32;

/** The searches of a server: each belongs to the user who started it. */
export class SearchJobs {
  readonly #options: SearchJobsOptions;
  readonly #limits: JobLimits;
  readonly #turns: Turns;
  readonly #held: HeldJobs<SearchJob>;
  readonly #made = new WeakMap<SearchJob, MadeOfRows>();

  constructor(options: SearchJobsOptions) {
    this.#options = options;
    this.#limits = options.limits ?? jobLimits();
    this.#turns = new Turns(this.#limits.running);
    const { kept, keptBytes, idle } = this.#limits;
    this.#held = new HeldJobs({
      gone: () =>
        new ApiFailure(404, 'no-such-search', 'There is no such search any more.', {
          hint: 'Run it again: results are kept for a while only.',
        }),
      longestIdle: idle,
      room: () => {
        let bytes = 0;
        return (job, at) => {
          bytes += job.file?.bytes ?? 0;
          return at < kept && bytes <= keptBytes;
        };
      },
    });
  }

  /** Starts a search; a SearchError tells why it cannot be run. */
  async start(actor: Actor, asked: SearchRequest): Promise<SearchJob> {
    const running = this.#held.running().filter(({ request }) => request.owner === actor.name);
    if (running.length >= mostOfUser)
      throw new ApiFailure(
        429,
        'too-many-searches',
        'So many searches at once are not taken; end some first.',
      );
    const { store, folder, log } = this.#options;
    const range = readRange(asked);
    const planned = await prepareSearch(store, asked.text, range);
    const id = randomUUID();
    const job = new SearchJob(
      {
        id,
        owner: actor.name,
        text: asked.text,
        range,
        planned,
        seconds: asked.seconds ?? this.#limits.seconds,
        path: join(folder, `${id}.rows`),
      },
      { store, limits: this.#limits, log },
    );
    this.#held.hold(job);
    void this.#run(job, asked);
    return job;
  }

  /** The search of an id; fails where there is none, and where it is another user's. */
  find(actor: Actor, id: string): SearchJob {
    return this.#held.find(actor, id);
  }

  /** The numbers of a search's rows in the order of a column. */
  async order(actor: Actor, id: string, sort: RowSort): Promise<Uint32Array> {
    const job = this.find(actor, id);
    const { orders } = this.#madeOf(job);
    if (job.isRunning || !job.file)
      throw new ApiFailure(409, 'search-running', 'Rows can be sorted when the search has ended.');
    const key = JSON.stringify(sort);
    const making = orders.get(key) ?? rowOrder(this.#options.store, job.file, sort);
    orders.delete(key);
    orders.set(key, making);
    const [oldest] = orders.keys();
    if (orders.size > mostOrders && oldest !== undefined) orders.delete(oldest);
    try {
      const order = await making;
      if (order) return order;
    } catch (error) {
      orders.delete(key);
      throw error;
    }
    throw new ApiFailure(400, 'no-such-column', `The rows have no column ${sort.column}.`);
  }

  histogram(actor: Actor, id: string): Promise<Histogram> {
    const job = this.find(actor, id);
    const made = this.#madeOf(job);
    made.histogram ??= searchHistogram(this.#options.store, job, this.#limits).catch((error) => {
      delete made.histogram;
      throw error;
    });
    return made.histogram;
  }

  /** Stops a search that runs, and keeps its rows so far; frees one that has ended. */
  async end(actor: Actor, id: string): Promise<void> {
    const job = this.find(actor, id);
    if (job.isRunning) job.cancel();
    else await this.#held.remove(job);
  }

  async close(): Promise<void> {
    for (const job of this.#held.close()) await job.remove();
  }

  #madeOf(job: SearchJob): MadeOfRows {
    const known = this.#made.get(job) ?? { orders: new Map() };
    this.#made.set(job, known);
    return known;
  }

  async #run(job: SearchJob, { text, earliest, latest, history = true }: SearchRequest): Promise<void> {
    const { metadata, log } = this.#options;
    try {
      const release = await this.#turns.take(job.signal);
      try {
        await job.run();
      } finally {
        release();
      }
      const { state, rows } = job.state();
      if (history)
        await metadata.history.add(job.request.owner, {
          text,
          earliest: earliest ?? null,
          latest: latest ?? null,
          time: Date.now(),
          rows: state === 'done' ? rows : null,
        });
      await this.#held.free();
    } catch (error) {
      if (!job.signal.aborted) log(`search ${job.request.id}: ${error}`);
    }
  }
}
