import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { storeContract } from '../store.contract.ts';
import { openEmbeddedStore } from './open-embedded-store.ts';

const folder = mkdtempSync(join(tmpdir(), "keizu-it's-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeContract('the embedded engine', () => openEmbeddedStore(join(folder, 'store')));
