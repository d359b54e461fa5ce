import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbeddedStore } from './embedded/open-embedded-store.ts';
import { limitedStore } from './limited-store.ts';
import { sql } from './sql.ts';
import type { Cell, QueryLimits } from './store.ts';

test('every query has the limits of the moment', async () => {
  const place = mkdtempSync(join(tmpdir(), 'keizu-bounded-'));
  const store = await openEmbeddedStore(join(place, 'store'));
  let limits: QueryLimits = {};
  const bounded = limitedStore(store, (own) => ({ ...limits, ...own }));
  const read = async (): Promise<readonly Cell[][]> => {
    const rows: Cell[][] = [];
    const query = { sql: sql`SELECT 7`, parameters: {} };
    for await (const block of bounded.rows(query, [{ name: 'n', type: 'number' }]))
      rows.push(...block.map((row) => [...row]));
    return rows;
  };
  try {
    expect(await read()).toEqual([[7]]);
    limits = { signal: AbortSignal.abort() };
    await expect(read()).rejects.toMatchObject({ code: 'query-cancelled' });
  } finally {
    await store.close();
    rmSync(place, { recursive: true, force: true });
  }
});
