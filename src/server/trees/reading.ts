import { setImmediate } from 'node:timers/promises';
import { limitedStore } from '../../store/limited-store.ts';
import type { Store } from '../../store/store.ts';
import type { UserWork } from '../user-work.ts';

/** One thing that is read while nobody waits for it: it is given up when users ask the store, unless they want just this. */
export class Reading {
  /** Whose queries end when the reading is given up. */
  readonly store: Store;
  readonly #work: UserWork;
  readonly #stop = new AbortController();
  readonly #stopping: AbortSignal;
  readonly #ignore: () => void;
  readonly #wanted: Promise<void>;
  #tellWanted = () => {};
  #isWanted = false;

  /** `store` is asked past what counts the questions of users; `stopping` gives up even what is wanted. */
  constructor(store: Store, work: UserWork, stopping: AbortSignal) {
    this.#work = work;
    this.#wanted = new Promise((give) => {
      this.#tellWanted = give;
    });
    this.store = oneByOne(limitedStore(store, (own) => ({ ...own, signal: this.#stop.signal })));
    this.#ignore = work.onQuery(() => this.giveUp());
    this.#stopping = stopping;
    stopping.addEventListener('abort', this.#abort, { once: true });
    if (stopping.aborted) this.#abort();
  }

  get isGivenUp(): boolean {
    return this.#stop.signal.aborted;
  }

  giveUp(): void {
    if (!this.#isWanted) this.#abort();
  }

  /** Somebody waits for it: it goes on whatever else is asked for. False where it was given up before. */
  want(): boolean {
    if (this.isGivenUp) return false;
    this.#isWanted = true;
    this.#tellWanted();
    return true;
  }

  /**
   * All is read, so that it is in nobody's way; but what comes next holds the only thread. Resolves when nobody would notice, or
   * somebody waits for just that.
   */
  readonly unnoticed = async (): Promise<void> => {
    this.#ignore();
    this.#stop.signal.throwIfAborted();
    await Promise.race([this.#work.quiet(this.#stop.signal), this.#wanted]);
  };

  /** It is over. */
  end(): void {
    this.#ignore();
    this.#stopping.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#stop.abort();
}

/** The same store, which begins one query at a time: planning one holds the only thread, and requests come in between. */
function oneByOne(store: Store): Store {
  let turn: Promise<void> = Promise.resolve();
  async function* inTurn<Block>(ask: () => AsyncIterable<Block>): AsyncGenerator<Block> {
    turn = turn.then(() => setImmediate());
    await turn;
    yield* ask();
  }
  return {
    ...store,
    rows: (...asked) => inTurn(() => store.rows(...asked)),
    blocks: (...asked) => inTurn(() => store.blocks(...asked)),
    columnBlocks: (...asked) => inTurn(() => store.columnBlocks(...asked)),
  };
}
