interface Kept<Value> {
  readonly value: Promise<Value>;
  /** 0 until it is known. */
  size: number;
}

/** Values that are costly to make, kept while they are asked for: those asked for longest ago go first. */
export class SizedCache<Value> {
  readonly #most: number;
  readonly #sizeOf: (value: Value) => number;
  /** The least recently used first. */
  readonly #kept = new Map<string, Kept<Value>>();

  /** `most`: the sizes of all values together, but for the newest, which is kept whatever its size. */
  constructor(most: number, sizeOf: (value: Value) => number) {
    this.#most = most;
    this.#sizeOf = sizeOf;
  }

  /** What is kept, which counts as asked for. */
  get(key: string): Promise<Value> | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  /** What is kept, or else is made now; what fails is not kept. */
  getOrMake(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.get(key);
    if (known !== undefined) return known;
    const kept: Kept<Value> = { value: make(), size: 0 };
    this.#kept.set(key, kept);
    kept.value.then(
      (value) => {
        if (this.#kept.get(key) !== kept) return;
        kept.size = this.#sizeOf(value);
        this.#makeRoom(kept);
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return kept.value;
  }

  clear(): void {
    this.#kept.clear();
  }

  #makeRoom(newest: Kept<Value>): void {
    let size = 0;
    for (const kept of this.#kept.values()) size += kept.size;
    for (const [key, kept] of this.#kept) {
      if (size <= this.#most) return;
      if (kept === newest || kept.size === 0) continue;
      this.#kept.delete(key);
      size -= kept.size;
    }
  }
}
