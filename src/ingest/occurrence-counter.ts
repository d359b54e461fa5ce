const startSlots = 1 << 12;
/** Entries of a generation at most: 24 MiB for its table. */
const generationEntries = 1 << 20;

/**
 * Counts how often each key was met, in bounded memory: the keys of at least the last million entries are remembered, and a
 * key that comes again within that distance keeps its count. Keys are whole numbers above 0.
 */
export class OccurrenceCounter {
  readonly #limit: number;
  #current = new CountTable();
  #previous = new CountTable();

  constructor(limit = generationEntries) {
    this.#limit = limit;
  }

  /** How often the key was met before; it is met now. */
  next(key: number): number {
    if (this.#current.size >= this.#limit) {
      this.#previous = this.#current;
      this.#current = new CountTable();
    }
    const count = this.#current.get(key) ?? this.#previous.get(key) ?? 0;
    this.#current.set(key, count + 1);
    return count;
  }
}

/** An open-addressing table of numbers; 0 is a free slot. */
class CountTable {
  size = 0;
  #keys = new Float64Array(startSlots);
  #counts = new Uint32Array(startSlots);

  get(key: number): number | undefined {
    const slot = this.#slot(key);
    return this.#keys[slot] === key ? this.#counts[slot] : undefined;
  }

  set(key: number, count: number): void {
    const slot = this.#slot(key);
    this.#counts[slot] = count;
    if (this.#keys[slot] === key) return;
    this.#keys[slot] = key;
    if (++this.size * 2 > this.#keys.length) this.#grow();
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = ((key >>> 0) ^ Math.imul(Math.floor(key / 2 ** 32), 0x9e3779b1)) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    this.#keys = new Float64Array(keys.length * 2);
    this.#counts = new Uint32Array(keys.length * 2);
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number;
      if (key === 0) continue;
      const slot = this.#slot(key);
      this.#keys[slot] = key;
      this.#counts[slot] = counts[at] as number;
    }
  }
}
