/** How often it is noted how far an export is: after so many events or milliseconds, whichever comes first. */
export interface CheckpointPace {
  readonly events: number;
  readonly milliseconds: number;
}

/** Seldom enough that it costs nothing that is noticed: all files are brought to the disk. */
export const usualPace: CheckpointPace = { events: 250_000, milliseconds: 30_000 };

/** Says when a checkpoint is due. They are made one at a time, while others of this process go on. */
export class Checkpoints {
  readonly #pace: CheckpointPace;
  #events: number;
  #time = performance.now();
  #making: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** `events` are there already. */
  constructor(pace: CheckpointPace, events: number) {
    this.#pace = pace;
    this.#events = events;
  }

  /** Whether one is due after so many events. Throws what the last one failed with. */
  isDue(events: number): boolean {
    if (this.#failure) throw this.#failure.error;
    const { events: most, milliseconds } = this.#pace;
    const isLong = events - this.#events >= most || performance.now() - this.#time >= milliseconds;
    return isLong && this.#making === undefined;
  }

  /** One is being made of so many events, until the promise resolves. */
  begin(events: number, making: Promise<void>): void {
    this.#events = events;
    this.#time = performance.now();
    this.#making = making
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .finally(() => {
        this.#making = undefined;
      });
  }

  /** Resolves when none is being made; fails with what one failed with. */
  async settled(): Promise<void> {
    await this.#making;
    if (this.#failure) throw this.#failure.error;
  }
}
