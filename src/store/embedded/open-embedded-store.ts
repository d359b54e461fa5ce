import { accessSync, constants, readdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRunning } from '../../core/is-running.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { isNewer, migrationSteps, type SchemaState } from '../migrations.ts';
import { lastOwner, lockHolder } from './directory-lock.ts';
import { EmbeddedStore } from './embedded-store.ts';
import { Engine } from './engine.ts';
import { storeError, storeErrorOf } from './engine-error.ts';
import { Spool } from './spool.ts';
import { readStoreFile, writeStoreFile } from './store-file.ts';
import { TemporaryTables } from './temporary-tables.ts';

/** Folders of a store: the engine's data, and files by which rows are handed to it. */
const engineFolder = 'engine';
const spoolFolder = 'spool';
/** What else may lie in a directory that becomes a store: a server's metadata, made before there are events. */
const ownNames: readonly string[] = [engineFolder, spoolFolder, 'metadata'];

/** The directory that this process has open: the engine allows one. */
let opened: string | undefined;

/**
 * Opens the store in a directory, making it where the directory is absent or empty. Throws StoreError `store-locked` where
 * a process has it, `store-newer` where a newer version wrote it, `store-unreadable` where it cannot be used, `store-full`.
 */
export async function openEmbeddedStore(path: string): Promise<EmbeddedStore> {
  const location = resolve(path);
  let directory: string;
  let state: SchemaState | undefined;
  try {
    refusePattern(location);
    makeFolder(location);
    directory = realpathSync(location);
    refusePattern(directory);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    state = examined(directory);
  } catch (error) {
    throw storeErrorOf(error, location);
  }
  if (opened !== undefined) {
    throw storeError(
      'store-locked',
      `${location}: this process has the store ${opened} open, and can have one`,
    );
  }
  opened = directory;
  const release = () => {
    opened = undefined;
  };
  try {
    const engine = await openEngine(join(directory, engineFolder), location);
    try {
      const spool = new Spool(join(directory, spoolFolder));
      const temporary = new TemporaryTables(engine, spool);
      for (const { statements, reached } of migrationSteps(state)) {
        for (const statement of statements) await engine.execute(statement);
        writeStoreFile(directory, { format: 'keizu-store', ...reached });
      }
      await temporary.dropLeftOvers();
      return new EmbeddedStore(engine, spool, temporary, release);
    } catch (error) {
      await engine.close();
      throw error;
    }
  } catch (error) {
    release();
    throw storeErrorOf(error, location);
  }
}

function refusePattern(path: string): void {
  const wild = /[*?{}|]/.exec(path);
  if (wild)
    throw storeError('store-unreadable', `${path}: the engine reads ${wild[0]} in a path as a pattern`);
}

/** Checks that a directory is a store that this program can read, or can become one. Gives undefined for a new one. */
function examined(directory: string): SchemaState | undefined {
  const state = readStoreFile(directory);
  if (state === undefined) {
    const foreign = readdirSync(directory).find((name) => !ownNames.includes(name));
    if (foreign === undefined) return undefined;
    throw storeError('store-unreadable', `${directory} is not a store: it has ${foreign} and no store.json`);
  }
  if (isNewer(state)) {
    throw storeError('store-newer', `${directory} was written by a newer keizu (schema ${state.version})`);
  }
  return state;
}

async function openEngine(directory: string, location: string): Promise<Engine> {
  // The engine would write its own message to standard error, so a lock that can be seen is not tried.
  const holder = lockHolder(directory);
  if (holder !== undefined) throw storeError('store-locked', `${location} is used by process ${holder}`);
  try {
    return await Engine.open(directory, location);
  } catch (error) {
    const owner = lastOwner(directory);
    if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
      throw storeError('store-locked', `${location} is used by process ${owner}`, error);
    }
    throw storeError('store-unreadable', `${location}: the engine cannot open it`, error);
  }
}
