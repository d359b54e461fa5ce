/** Lets so many work at once; the others wait in the order in which they came. */
export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  /** Resolves with the function that ends the turn; rejects with the signal's reason where it is aborted before. */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    await new Promise<void>((give, refuse) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        refuse(signal.reason);
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        give();
      };
      this.#waiting.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
