import type { Database } from 'lmdb';
import type { Role } from '../contracts/session.ts';
import { hashPassword, passwordMatches } from './password.ts';

/** A user as it is kept. Times are milliseconds since 1970. */
export interface StoredUser {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly made: number;
  readonly lastSignIn: number | null;
}

export type UserRefusal = 'exists' | 'absent' | 'last-admin';

/** The users. Of the changes that would leave no admin none is made. */
export class UserTable {
  readonly #table: Database<StoredUser, string>;

  constructor(table: Database<StoredUser, string>) {
    this.#table = table;
  }

  list(): readonly StoredUser[] {
    return [...this.#table.getRange()].map(({ value }) => value);
  }

  get isEmpty(): boolean {
    return [...this.#table.getKeys({ limit: 1 })].length === 0;
  }

  find(name: string): StoredUser | undefined {
    return this.#table.get(name);
  }

  async add(name: string, role: Role, password: string): Promise<StoredUser | UserRefusal> {
    const passwordHash = await hashPassword(password);
    const user: StoredUser = { name, role, passwordHash, made: Date.now(), lastSignIn: null };
    return this.#table.transaction(() => {
      if (this.#table.get(name)) return 'exists';
      this.#table.put(name, user);
      return user;
    });
  }

  async change(
    name: string,
    change: { readonly role?: Role | undefined; readonly password?: string | undefined },
  ): Promise<StoredUser | UserRefusal> {
    const passwordHash = change.password === undefined ? undefined : await hashPassword(change.password);
    return this.#table.transaction(() => {
      const known = this.#table.get(name);
      if (!known) return 'absent';
      if (change.role !== undefined && change.role !== 'admin' && this.#isLastAdmin(known))
        return 'last-admin';
      const changed: StoredUser = {
        ...known,
        ...(change.role !== undefined && { role: change.role }),
        ...(passwordHash !== undefined && { passwordHash }),
      };
      this.#table.put(name, changed);
      return changed;
    });
  }

  remove(name: string): Promise<'removed' | UserRefusal> {
    return this.#table.transaction(() => {
      const known = this.#table.get(name);
      if (!known) return 'absent';
      if (this.#isLastAdmin(known)) return 'last-admin';
      this.#table.remove(name);
      return 'removed';
    });
  }

  /** The user of that name and password. Takes as long for a name that nobody has. */
  async verify(name: string, password: string): Promise<StoredUser | undefined> {
    const known = this.#table.get(name);
    if (!(await passwordMatches(password, known?.passwordHash))) return undefined;
    return this.#table.transaction(() => {
      const user = this.#table.get(name);
      if (!user || user.passwordHash !== known?.passwordHash) return undefined;
      const signedIn: StoredUser = { ...user, lastSignIn: Date.now() };
      this.#table.put(name, signedIn);
      return signedIn;
    });
  }

  #isLastAdmin(user: StoredUser): boolean {
    return user.role === 'admin' && this.list().filter(({ role }) => role === 'admin').length === 1;
  }
}
