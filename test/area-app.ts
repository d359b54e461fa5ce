import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compress } from 'hono/compress';
import { DataChanges } from '../src/server/data-changes.ts';
import { ExportJobs } from '../src/server/exports/export-jobs.ts';
import { failureOf, isBug } from '../src/server/failure-answer.ts';
import { Metadata } from '../src/server/metadata/metadata.ts';
import { apiRouter } from '../src/server/routes/api-router.ts';
import { WatchedStore } from '../src/server/watched-store.ts';
import type { Store } from '../src/store/store.ts';

type Router = ReturnType<typeof apiRouter>;

/** What areas over the store take of the server. */
export interface AreaContext {
  readonly store: Store;
  readonly changes: DataChanges;
  readonly metadata: Metadata;
  readonly exports: ExportJobs;
  readonly stopping: AbortSignal;
}

/** Some areas of the API without the rest of the server: nobody signs in, and bugs are thrown. */
export interface AreaApp {
  readonly context: AreaContext;
  /** Where it keeps what it writes. */
  readonly folder: string;
  /** Of a path below `/api`. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON of an answer that must have this status. */
  json<Value>(path: string, status?: number, init?: RequestInit): Promise<Value>;
  stop(): Promise<void>;
}

export function areaApp(store: Store, areas: readonly ((context: AreaContext) => Router)[]): AreaApp {
  const changes = new DataChanges();
  const stopping = new AbortController();
  const folder = mkdtempSync(join(tmpdir(), 'keizu-area-'));
  const metadata = Metadata.open(folder);
  const watched = new WatchedStore(store, changes);
  const exports = new ExportJobs({
    store: watched,
    folder: join(folder, 'exports'),
    version: 'test',
    log: () => {},
  });
  const context = {
    store: watched,
    changes,
    metadata,
    exports,
    stopping: stopping.signal,
  };
  const app = apiRouter();
  app.use('*', compress({ encoding: 'gzip', threshold: 2_048 }));
  app.use('*', async (request, next) => {
    request.set('actor', { name: 'haruka', role: 'analyst', by: 'local', csrf: '' });
    await next();
  });
  for (const area of areas) app.route('/api', area(context));
  app.onError((error, request) => {
    if (isBug(error)) throw error;
    const { status, failure } = failureOf(error);
    return request.json(failure, status);
  });
  const request = async (path: string, init?: RequestInit) => app.request(`/api${path}`, init);
  return {
    context,
    folder,
    request,
    json: async <Value>(path: string, status = 200, init?: RequestInit): Promise<Value> => {
      const answer = await request(path, init);
      const text = await answer.text();
      if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${text}`);
      return JSON.parse(text) as Value;
    },
    stop: async () => {
      stopping.abort();
      await exports.close();
      await metadata.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
