import type { Database } from 'lmdb';
import { secretDigest, secretText } from './secret-text.ts';

/** A session as it is kept, by the digest of the text in the cookie. Times are milliseconds since 1970. */
export interface StoredSession {
  readonly user: string;
  readonly csrf: string;
  readonly made: number;
  readonly lastUse: number;
}

const HOUR = 3_600_000;
/** Without a request for so long, and in all: then one has to sign in again. */
const longestIdle = 12 * HOUR;
export const longestSession = 7 * 24 * HOUR;
/** The last use is written so often at most. */
const useGrain = 60_000;

/** The sessions of people who have signed in. */
export class SessionTable {
  readonly #table: Database<StoredSession, string>;

  constructor(table: Database<StoredSession, string>) {
    this.#table = table;
  }

  /** Starts a session and gives the text for the cookie; ends those that are over. */
  async start(user: string, now = Date.now()): Promise<string> {
    const text = secretText();
    const ended = [...this.#table.getRange()].filter(({ value }) => isOver(value, now));
    for (const { key } of ended) this.#table.remove(key);
    await this.#table.put(secretDigest(text), { user, csrf: secretText(), made: now, lastUse: now });
    return text;
  }

  find(text: string, now = Date.now()): StoredSession | undefined {
    const key = secretDigest(text);
    const session = this.#table.get(key);
    if (!session || isOver(session, now)) return undefined;
    if (now - session.lastUse > useGrain) this.#used(key, now);
    return session;
  }

  /** A session that was ended meanwhile stays so. */
  #used(key: string, now: number): void {
    void this.#table.transaction(() => {
      const session = this.#table.get(key);
      if (session) this.#table.put(key, { ...session, lastUse: now });
    });
  }

  async end(text: string): Promise<void> {
    await this.#table.remove(secretDigest(text));
  }

  /** Ends all sessions of a user: after a new password, or where the user is no more. */
  async endAllOf(user: string): Promise<void> {
    await this.#table.transaction(() => {
      for (const { key, value } of [...this.#table.getRange()])
        if (value.user === user) this.#table.remove(key);
    });
  }
}

function isOver({ made, lastUse }: StoredSession, now: number): boolean {
  return now - lastUse > longestIdle || now - made > longestSession;
}
