import { createHash } from 'node:crypto';
import type { Database } from 'lmdb';

/** A search that a user ran. Time is milliseconds since 1970. */
export interface StoredHistoryEntry {
  readonly id: string;
  readonly text: string;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly time: number;
  readonly rows: number | null;
}

/** Searches that are kept of a user. */
const mostEntries = 500;
/** Longer searches are not kept. */
const longestText = 20_000;

/** What each user searched; a search with the same text and range is kept once. */
export class HistoryTable {
  readonly #table: Database<StoredHistoryEntry, string>;

  constructor(table: Database<StoredHistoryEntry, string>) {
    this.#table = table;
  }

  async add(user: string, entry: Omit<StoredHistoryEntry, 'id'>): Promise<void> {
    if (entry.text.length > longestText) return;
    const identity = JSON.stringify([entry.text, entry.earliest, entry.latest]);
    const id = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
    await this.#table.transaction(() => {
      this.#table.put(keyOf(user, id), { ...entry, id });
      for (const { id: old } of this.list(user).slice(mostEntries)) this.#table.remove(keyOf(user, old));
    });
  }

  /** Newest first. */
  list(user: string): readonly StoredHistoryEntry[] {
    // '0' is the character behind '/'.
    const range = { start: keyOf(user, ''), end: `${user}0` };
    return [...this.#table.getRange(range)]
      .map(({ value }) => value)
      .toSorted((one, other) => other.time - one.time);
  }

  async remove(user: string, id: string): Promise<void> {
    await this.#table.remove(keyOf(user, id));
  }

  async removeAllOf(user: string): Promise<void> {
    await this.#table.transaction(() => {
      for (const { id } of this.list(user)) this.#table.remove(keyOf(user, id));
    });
  }
}

/** Names of users have no `/`. */
function keyOf(user: string, id: string): string {
  return `${user}/${id}`;
}
