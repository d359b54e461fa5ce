import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What a server that owns a store's directory leaves there, for this user's commands. */
export interface ServerLock {
  /** Where the store is served, on this machine only. */
  readonly url: string;
  /** Whoever has it may do everything with the store; the file is for its owner's eyes. */
  readonly token: string;
  readonly pid: number;
  /** Where the page is, for messages. */
  readonly page: string;
}

const name = 'server.json';

/** Writes the lock of a directory, whole or not at all; readable for the owner only. */
export function writeServerLock(directory: string, lock: ServerLock): void {
  const path = join(directory, name);
  rmSync(`${path}.new`, { force: true });
  const file = openSync(`${path}.new`, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(lock)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

/** The lock of a directory; undefined where there is none, or one that nobody can read. It may be of a dead server. */
export function readServerLock(directory: string): ServerLock | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(directory, name), 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { url, token, pid, page } = value as Partial<Record<keyof ServerLock, unknown>>;
    if (typeof url !== 'string' || typeof token !== 'string' || typeof page !== 'string') return undefined;
    if (typeof pid !== 'number' || new URL(url).hostname !== '127.0.0.1') return undefined;
    return { url, token, pid, page };
  } catch {
    return undefined;
  }
}

/** Removes the lock, if it is the one of this token. */
export function removeServerLock(directory: string, token: string): void {
  if (readServerLock(directory)?.token === token) rmSync(join(directory, name), { force: true });
}
