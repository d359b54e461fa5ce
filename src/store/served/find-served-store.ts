import { readServerLock } from './lock-file.ts';
import { ServedStore } from './served-store.ts';

/** The store of a directory through the server that owns it; undefined where no server does, a dead one's lock or not. */
export async function findServedStore(directory: string): Promise<ServedStore | undefined> {
  const lock = readServerLock(directory);
  return lock && ServedStore.find(lock);
}
