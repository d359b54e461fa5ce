import { randomUUID } from 'node:crypto';
import type { Database } from 'lmdb';
import type { HuntStep } from '../contracts/hunts.ts';

/** A saved hunt as it is kept. Time is milliseconds since 1970. */
export interface StoredHunt {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly HuntStep[];
  readonly updated: number;
  readonly user: string;
}

/** Saved hunts, which all users share. */
export class HuntTable {
  readonly #table: Database<StoredHunt, string>;

  constructor(table: Database<StoredHunt, string>) {
    this.#table = table;
  }

  /** The one that was changed last comes first. */
  list(): readonly StoredHunt[] {
    return [...this.#table.getRange()]
      .map(({ value }) => value)
      .toSorted((one, other) => other.updated - one.updated);
  }

  /** Makes a hunt, or replaces the one of the id; undefined where none has it. */
  async save(
    id: string | undefined,
    hunt: Omit<StoredHunt, 'id' | 'updated'>,
  ): Promise<StoredHunt | undefined> {
    return this.#table.transaction(() => {
      if (id !== undefined && !this.#table.get(id)) return undefined;
      const saved = { ...hunt, id: id ?? randomUUID(), updated: Date.now() };
      this.#table.put(saved.id, saved);
      return saved;
    });
  }

  async remove(id: string): Promise<boolean> {
    return this.#table.transaction(() => {
      const known = this.#table.get(id) !== undefined;
      this.#table.remove(id);
      return known;
    });
  }
}
