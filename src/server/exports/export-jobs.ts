import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { addressesOf } from '../../export/export-scope.ts';
import type { Actor } from '../access/actor.ts';
import { ApiFailure } from '../api-failure.ts';
import { jobLimits } from '../searches/search-limits.ts';
import { ExportJob, type ExportJobOptions, type ExportJobRequest } from './export-job.ts';

export interface ExportJobsOptions extends Omit<ExportJobOptions, 'memoryBytes'> {
  /** For the exports, until they are freed. */
  readonly folder: string;
}

interface Held {
  readonly job: ExportJob;
  lastUse: number;
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
  readonly #held = new Map<string, Held>();
  readonly #sweep: NodeJS.Timeout;

  constructor(options: ExportJobsOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => void this.#free(), 60_000).unref();
  }

  async start(actor: Actor, { scope, exact, timezone }: AskedExport): Promise<ExportJob> {
    this.#checkTurn();
    const { folder, ...options } = this.#options;
    const addresses = await addressesOf(options.store, scope.hosts);
    this.#checkTurn();
    const id = randomUUID();
    const job = new ExportJob(
      {
        id,
        owner: actor.name,
        scope: { ...scope, addresses },
        exact,
        timezone,
        folder: join(folder, `export-${id}`),
      },
      { ...options, memoryBytes: jobLimits().memoryBytes },
    );
    this.#held.set(id, { job, lastUse: Date.now() });
    void this.#free();
    return job;
  }

  /** The export of an id; fails where there is none, and where it is another user's. */
  find(actor: Actor, id: string): ExportJob {
    const held = this.#held.get(id);
    if (!held || (held.job.request.owner !== actor.name && actor.role !== 'admin'))
      throw new ApiFailure(404, 'no-such-export', 'There is no such export any more.', {
        hint: 'Start it again: finished exports are kept for an hour.',
      });
    held.lastUse = Date.now();
    return held.job;
  }

  /** Stops an export that is being written; frees one that has ended. */
  async end(actor: Actor, id: string): Promise<void> {
    const job = this.find(actor, id);
    if (job.isRunning) job.cancel();
    else {
      this.#held.delete(id);
      await job.remove();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    const held = [...this.#held.values()];
    this.#held.clear();
    for (const { job } of held) await job.remove();
  }

  #checkTurn(): void {
    const running = [...this.#held.values()].filter(({ job }) => job.isRunning).length;
    if (running >= mostRunning)
      throw new ApiFailure(429, 'too-many-exports', 'So many exports at once are not written; wait for one.');
  }

  async #free(): Promise<void> {
    const ended = [...this.#held.entries()]
      .filter(([, { job }]) => !job.isRunning && !job.isRead)
      .toSorted(([, one], [, other]) => other.lastUse - one.lastUse);
    for (const [at, [id, { job, lastUse }]] of ended.entries()) {
      if (at < mostKept && Date.now() - lastUse < longestIdle) continue;
      this.#held.delete(id);
      await job.remove();
    }
  }
}
