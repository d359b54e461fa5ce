import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../core/make-folder.ts';
import { addressesOf } from '../../export/export-scope.ts';
import type { Actor } from '../access/actor.ts';
import { ApiFailure } from '../api-failure.ts';
import { HeldJobs } from '../held-jobs.ts';
import { jobLimits } from '../searches/search-limits.ts';
import { ExportJob, type ExportJobOptions } from './export-job.ts';
import { type ExportJobRequest, keepRequest, keptRequests } from './kept-request.ts';

export interface ExportJobsOptions extends Omit<ExportJobOptions, 'memoryBytes'> {
  /** For the exports, until they are freed; those that are there are taken over. */
  readonly folder: string;
}

/** Exports that are written at one time: each takes what a machine has. */
const mostRunning = 2;

/** Ended exports that are kept, and milliseconds after which one is freed that nobody asks for. */
const mostKept = 10;
const longestIdle = 60 * 60_000;

/** What is asked for, with hosts as the store names them. */
export type AskedExport = Pick<ExportJobRequest, 'exact' | 'timezone'> & {
  readonly scope: Omit<ExportJobRequest['scope'], 'addresses'>;
};

/** The exports of a server: each belongs to the user who started it. */
export class ExportJobs {
  readonly #options: ExportJobsOptions;
  readonly #held = new HeldJobs<ExportJob>({
    gone: () =>
      new ApiFailure(404, 'no-such-export', 'There is no such export any more.', {
        hint: 'Start it again: exports that have ended are kept for an hour.',
      }),
    longestIdle,
    room: () => (_job, at) => at < mostKept,
  });

  constructor(options: ExportJobsOptions) {
    this.#options = options;
    makeFolder(options.folder, 0o700);
    for (const request of keptRequests(options.folder)) this.#hold(request, 'left');
  }

  async start(actor: Actor, { scope, exact, timezone }: AskedExport): Promise<ExportJob> {
    this.#checkTurn();
    const addresses = await addressesOf(this.#options.store, scope.hosts);
    const id = randomUUID();
    const request = { id, owner: actor.name, scope: { ...scope, addresses }, exact, timezone };
    const folder = join(this.#options.folder, id);
    makeFolder(folder, 0o700);
    await keepRequest(folder, request);
    try {
      this.#checkTurn();
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    const job = this.#hold(request, 'new');
    void this.#held.free();
    return job;
  }

  /** Goes on with an export that was stopped or has failed. */
  resume(actor: Actor, id: string): ExportJob {
    const job = this.find(actor, id);
    if (!job.isRunning) this.#checkTurn();
    job.resume();
    return job;
  }

  /** The export of an id; fails where there is none, and where it is another user's. */
  find(actor: Actor, id: string): ExportJob {
    return this.#held.find(actor, id);
  }

  /** Stops an export that is being written, and keeps what it has; frees one that has ended. */
  async end(actor: Actor, id: string): Promise<void> {
    const job = this.find(actor, id);
    if (job.isRunning) job.stop();
    else await this.#held.remove(job);
  }

  /** Stops what is being written; all that is there is left for the next server. */
  async close(): Promise<void> {
    await Promise.all(this.#held.close().map((job) => job.leave()));
  }

  #hold(request: ExportJobRequest, from: 'new' | 'left'): ExportJob {
    const { folder, ...options } = this.#options;
    const job = new ExportJob(
      request,
      { ...options, folder: join(folder, request.id), memoryBytes: jobLimits().memoryBytes },
      from,
    );
    this.#held.hold(job);
    return job;
  }

  #checkTurn(): void {
    if (this.#held.running().length >= mostRunning)
      throw new ApiFailure(429, 'too-many-exports', 'So many exports at once are not written; wait for one.');
  }
}
