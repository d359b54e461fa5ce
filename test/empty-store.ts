import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';

/** Opens a store of its own for the tests of a file, hands it over before the first, and removes it after the last. */
export function openEmptyStore(take: (store: Store) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-store-'));
  let store: Store | undefined;
  beforeAll(async () => {
    store = await openEmbeddedStore(folder);
    take(store);
  });
  afterAll(async () => {
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });
}
