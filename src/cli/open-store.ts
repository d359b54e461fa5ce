import { setTimeout } from 'node:timers/promises';
import { terminalText } from '../core/terminal-text.ts';
import { isStore } from '../store/embedded/store-file.ts';
import { type Store, StoreError } from '../store/store.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { storeLocation } from './store-location.ts';

/** How often it is tried again, half a second apart, where another process has the store. */
const patience = 4;

/**
 * Opens the store that an option or the environment names, through the server that owns it where there is one. Only an ingest makes a store where there is none. Fails with a
 * `StoreError`, or with a `CommandFailure` where no store is there.
 */
export async function openStore(option: string | undefined, make: 'make' | 'must-exist'): Promise<Store> {
  const location = storeLocation(option);
  if (location.includes('://')) {
    throw new CommandFailure(
      `keizu: this version opens folders only, not ${terminalText(location)}.\n  Give --store a folder.`,
      exitStatus.wrongUsage,
    );
  }
  if (make === 'must-exist' && !isStore(location)) {
    throw new CommandFailure(
      `keizu: there is no store at ${terminalText(location)}.\n  "keizu ingest PATH" makes one there; --store or KEIZU_STORE names another place.`,
    );
  }
  const { findServedStore } = await import('../store/served/find-served-store.ts');
  const { openEmbeddedStore } = await import('../store/embedded/open-embedded-store.ts');
  for (let tries = 0; ; tries++) {
    const served = await findServedStore(location);
    if (served) return served;
    try {
      return await openEmbeddedStore(location);
    } catch (error) {
      // A server that starts or ends has the store some moments before or after it can be asked.
      if (!(error instanceof StoreError && error.code === 'store-locked') || tries >= patience) throw error;
      await setTimeout(500);
    }
  }
}
