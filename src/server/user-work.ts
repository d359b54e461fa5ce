import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds without work after which nobody is taken to be about to ask for more. */
const usualQuiet = 1_000;

/** What the server does for those who wait for it: what nobody waits for gives way to it. */
export class UserWork {
  readonly #quiet: number;
  #going = 0;
  #ended = performance.now();
  readonly #listeners = new Set<() => void>();

  constructor(quiet = usualQuiet) {
    this.#quiet = quiet;
  }

  /** A request came in; call what it gives when it is answered. */
  request(): () => void {
    this.#going += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#going -= 1;
      this.#ended = performance.now();
    };
  }

  /** The store is asked for something; call what it gives when that is over. */
  query(): () => void {
    for (const listener of [...this.#listeners]) listener();
    return this.request();
  }

  /** Calls back whenever the store is asked for something, before it is, until the function that it gives is called. */
  onQuery(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Resolves once there has been no work for a while; rejects with the signal's reason where it is aborted before. */
  async quiet(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const left = this.#going > 0 ? this.#quiet : this.#ended + this.#quiet - performance.now();
      if (left <= 0) return;
      await sleep(Math.max(1, left), undefined, { signal, ref: false });
    }
  }
}
