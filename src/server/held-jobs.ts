import type { Actor } from './access/actor.ts';
import type { ApiFailure } from './api-failure.ts';

/** Work that goes on by itself and belongs to the user who started it. */
interface OwnedJob {
  readonly request: { readonly id: string; readonly owner: string };
  readonly isRunning: boolean;
  /** What it has is being sent to somebody. */
  readonly isRead?: boolean;
  /** Frees what it holds. */
  remove(): Promise<void>;
}

interface HeldJobsOptions<Job> {
  /** What is said where there is none of an id, and where it is another user's. */
  readonly gone: () => ApiFailure;
  /** Milliseconds after which one that has ended is freed if nobody asks for it. */
  readonly longestIdle: number;
  /** Says of those that have ended, the last used first, which may stay; asked anew at each sweep. */
  readonly room: () => (job: Job, at: number) => boolean;
}

interface Held<Job> {
  readonly job: Job;
  lastUse: number;
}

const sweepEvery = 60_000;

/** The jobs of a server until they are freed. */
export class HeldJobs<Job extends OwnedJob> {
  readonly #options: HeldJobsOptions<Job>;
  readonly #held = new Map<string, Held<Job>>();
  readonly #sweep: NodeJS.Timeout;

  constructor(options: HeldJobsOptions<Job>) {
    this.#options = options;
    this.#sweep = setInterval(() => void this.free(), sweepEvery).unref();
  }

  hold(job: Job): void {
    this.#held.set(job.request.id, { job, lastUse: Date.now() });
  }

  /** Those that have not ended. */
  running(): readonly Job[] {
    return [...this.#held.values()].flatMap(({ job }) => (job.isRunning ? [job] : []));
  }

  /** The job of an id; an administrator has those of all. */
  find(actor: Actor, id: string): Job {
    const held = this.#held.get(id);
    if (!held || (held.job.request.owner !== actor.name && actor.role !== 'admin'))
      throw this.#options.gone();
    held.lastUse = Date.now();
    return held.job;
  }

  async remove(job: Job): Promise<void> {
    this.#held.delete(job.request.id);
    await job.remove();
  }

  /** Frees those that have ended and that nobody asks for, or for which there is no room. */
  async free(): Promise<void> {
    const hasRoom = this.#options.room();
    const ended = [...this.#held.values()]
      .filter(({ job }) => !job.isRunning && job.isRead !== true)
      .toSorted((one, other) => other.lastUse - one.lastUse);
    for (const [at, { job, lastUse }] of ended.entries())
      if (!hasRoom(job, at) || Date.now() - lastUse >= this.#options.longestIdle) await this.remove(job);
  }

  /** Lets go of all; gives them. */
  close(): readonly Job[] {
    clearInterval(this.#sweep);
    const jobs = [...this.#held.values()].map(({ job }) => job);
    this.#held.clear();
    return jobs;
  }
}
