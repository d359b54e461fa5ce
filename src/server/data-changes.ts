/** Tells when the store's events change. `version` grows with every change, so that what was computed can be kept by it. */
export class DataChanges {
  #version = 0;
  readonly #listeners = new Set<() => void>();

  get version(): number {
    return this.#version;
  }

  changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back after each change, until the function that it gives is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
