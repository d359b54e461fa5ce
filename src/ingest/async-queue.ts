/**
 * Values that one side gives and another takes in their order, waiting where there are none. After `fail` the taker gets
 * the failure at once, whatever is still in the queue.
 */
export class AsyncQueue<Value> implements AsyncIterable<Value> {
  readonly #values: Value[] = [];
  #state: 'open' | 'ended' | 'failed' = 'open';
  #failure: unknown;
  #wake: (() => void) | undefined;

  push(value: Value): void {
    this.#values.push(value);
    this.#wake?.();
  }

  /** Says that no more values come. */
  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake?.();
  }

  fail(failure: unknown): void {
    if (this.#state === 'failed') return;
    this.#state = 'failed';
    this.#failure = failure;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    for (;;) {
      if (this.#state === 'failed') throw this.#failure;
      if (this.#values.length > 0) yield this.#values.shift() as Value;
      else if (this.#state === 'ended') return;
      else await this.#change();
    }
  }

  #change(): Promise<void> {
    return new Promise((changed) => {
      this.#wake = changed;
    });
  }
}
