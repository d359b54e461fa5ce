import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { storeError } from './engine-error.ts';

/** What `store.json` says of a store: it is read before the engine touches the data. */
export interface StoreFile {
  readonly format: 'keizu-store';
  /** Schema version. */
  readonly version: number;
  /** Names of the hot columns that the table of events has. */
  readonly hotColumns: readonly string[];
}

const name = 'store.json';

/** Whether there is a store in a directory, of whatever version; nothing is made or opened. */
export function isStore(directory: string): boolean {
  return existsSync(join(directory, name));
}

/** Reads a directory's `store.json`; undefined where there is none. Throws `store-unreadable` for anything else in it. */
export function readStoreFile(directory: string): StoreFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(directory, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const found = parsed(text);
  if (found === undefined) throw storeError('store-unreadable', `${join(directory, name)} is not a store's`);
  return found;
}

/** Replaces `store.json` so that a crash leaves the old one or the new one. */
export function writeStoreFile(directory: string, content: StoreFile): void {
  const path = join(directory, name);
  const file = openSync(`${path}.new`, 'w');
  try {
    writeSync(file, `${JSON.stringify(content)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function parsed(text: string): StoreFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { format, version, hotColumns } = value as Partial<Record<keyof StoreFile, unknown>>;
  const valid =
    format === 'keizu-store' &&
    Number.isSafeInteger(version) &&
    Array.isArray(hotColumns) &&
    hotColumns.every((column) => typeof column === 'string');
  return valid ? (value as StoreFile) : undefined;
}
