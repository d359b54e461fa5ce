import { randomUUID } from 'node:crypto';
import type { Database } from 'lmdb';
import type { Role } from '../contracts/session.ts';
import { secretDigest, secretText } from './secret-text.ts';

/** An API token as it is kept, by its id; its text is not kept. Times are milliseconds since 1970. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly role: Role;
  readonly digest: string;
  readonly made: number;
  readonly lastUse: number | null;
}

const useGrain = 60_000;

/** Tokens with which programs come in place of a user. */
export class TokenTable {
  readonly #table: Database<StoredToken, string>;

  constructor(table: Database<StoredToken, string>) {
    this.#table = table;
  }

  list(): readonly StoredToken[] {
    return [...this.#table.getRange()].map(({ value }) => value);
  }

  get(id: string): StoredToken | undefined {
    return this.#table.get(id);
  }

  async make(
    name: string,
    user: string,
    role: Role,
  ): Promise<{ readonly token: StoredToken; readonly text: string }> {
    const id = randomUUID();
    const text = `keizu_${id.replaceAll('-', '')}_${secretText()}`;
    const token = { id, name, user, role, digest: secretDigest(text), made: Date.now(), lastUse: null };
    await this.#table.put(id, token);
    return { token, text };
  }

  /** The token of that text. The id in it finds it, so that no digest is looked for by comparing. */
  find(text: string, now = Date.now()): StoredToken | undefined {
    const [, hex] = /^keizu_([0-9a-f]{32})_[\w-]{43}$/.exec(text) ?? [];
    if (hex === undefined) return undefined;
    const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const token = this.#table.get(id);
    if (token?.digest !== secretDigest(text)) return undefined;
    if (now - (token.lastUse ?? 0) > useGrain) this.#used(id, now);
    return token;
  }

  /** A token that was taken back meanwhile stays so. */
  #used(id: string, now: number): void {
    void this.#table.transaction(() => {
      const token = this.#table.get(id);
      if (token) this.#table.put(id, { ...token, lastUse: now });
    });
  }

  async remove(id: string): Promise<boolean> {
    return this.#table.remove(id);
  }

  async removeAllOf(user: string): Promise<void> {
    for (const token of this.list()) if (token.user === user) await this.#table.remove(token.id);
  }
}
