import { terminalText } from '../core/terminal-text.ts';
import type { Store } from '../store/store.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { storeLocation } from './store-location.ts';

/** Opens the store that an option or the environment names. Fails with a `StoreError`, or where the place is none of ours. */
export async function openStore(option: string | undefined): Promise<Store> {
  const location = storeLocation(option);
  if (location.includes('://')) {
    throw new CommandFailure(
      `keizu: this version opens folders only, not ${terminalText(location)}.\n  Give --store a folder.`,
      exitStatus.wrongUsage,
    );
  }
  const { openEmbeddedStore } = await import('../store/embedded/open-embedded-store.ts');
  return openEmbeddedStore(location);
}
