import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../store/store.ts';
import type { UserWork } from '../user-work.ts';
import type { HostTrees } from './host-trees.ts';
import { openTree } from './open-tree.ts';
import { Reading } from './reading.ts';

/** How much is read ahead, and how often. */
export interface ReadAheadLimits {
  /** Hosts with fewer process starts are known at once anyway. */
  readonly leastStarts: number;
  /** Most hosts that are read ahead, and process starts of all of them. */
  readonly mostHosts: number;
  readonly mostStarts: number;
  /** What changes while nobody looks is read at most so often. Milliseconds. */
  readonly pause: number;
}

const usualLimits: ReadAheadLimits = {
  leastStarts: 20_000,
  mostHosts: 2,
  mostStarts: 400_000,
  pause: 60_000,
};

interface ReadAheadParts {
  readonly trees: HostTrees;
  /** The store, asked past what counts the questions of users. */
  readonly store: Store;
  readonly work: UserWork;
  readonly limits?: Partial<ReadAheadLimits>;
}

/**
 * Reads what is known of the largest hosts before anybody asks: when a server starts, and again when events have changed. It
 * works while nobody else does, and gives way to whatever users ask; failures are left to the request that asks.
 */
export class ReadAhead {
  readonly #parts: ReadAheadParts;
  readonly #limits: ReadAheadLimits;
  readonly #stop = new AbortController();
  #going: Promise<void> | undefined;

  constructor(parts: ReadAheadParts) {
    this.#parts = parts;
    this.#limits = { ...usualLimits, ...parts.limits };
  }

  start(): void {
    this.#going ??= this.#stay().catch(() => {});
  }

  /** Gives up what is being read, and resolves when nothing is. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#going;
  }

  async #stay(): Promise<void> {
    const { changes } = this.#parts.trees;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const { version } = changes;
      const began = performance.now();
      const hasRead = await this.#read(version).catch(() => false);
      signal.throwIfAborted();
      if (changes.version === version) await changes.next(signal);
      const pause = hasRead ? began + this.#limits.pause - performance.now() : 0;
      if (pause > 0) await sleep(pause, undefined, { signal, ref: false });
    }
  }

  /** Reads the largest hosts of these events; whether any was read. */
  async #read(version: number): Promise<boolean> {
    const { trees, store, work } = this.#parts;
    let hasRead = false;
    await work.quiet(this.#stop.signal);
    // Whoever asks for a tree asks for these first.
    const [hosts] = await Promise.all([this.#largest(), trees.names(store)]);
    for (const host of hosts) {
      while (trees.changes.version === version && !(await this.#readHost(host)))
        await work.quiet(this.#stop.signal);
      if (trees.changes.version !== version) break;
      hasRead = true;
    }
    return hasRead;
  }

  async #largest(): Promise<readonly string[]> {
    const { trees, store } = this.#parts;
    const { leastStarts, mostHosts, mostStarts } = this.#limits;
    let starts = 0;
    return (await trees.summaries(store))
      .filter(({ processStarts }) => processStarts >= leastStarts)
      .toSorted((one, other) => other.processStarts - one.processStarts)
      .slice(0, mostHosts)
      .filter(({ processStarts }) => {
        starts += processStarts;
        return starts <= mostStarts;
      })
      .map(({ host }) => host);
  }

  /** False where the host was given up for what users asked. */
  async #readHost(host: string): Promise<boolean> {
    const { trees, store, work } = this.#parts;
    await work.quiet(this.#stop.signal);
    const scope = await trees.scope(host, undefined, store);
    const reading = new Reading(store, work, this.#stop.signal);
    const silence = trees.changes.listen(() => reading.giveUp());
    try {
      const knowledge = await trees.readAhead(host, scope, reading);
      await reading.unnoticed();
      openTree(knowledge, { kind: 'all' });
      return true;
    } catch (error) {
      if (!reading.isGivenUp) throw error;
      return false;
    } finally {
      silence();
      reading.end();
    }
  }
}
