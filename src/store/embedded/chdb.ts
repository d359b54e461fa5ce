import type { Session } from 'chdb';

export type { Session };

/** The engine's library, loaded on first use: it costs some hundred megabytes, and most commands never need it. */
export async function loadChdb(): Promise<typeof import('chdb')> {
  return import('chdb');
}
