import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../core/make-folder.ts';
import type { Store } from '../store/store.ts';
import type { ServerContext } from './context.ts';
import { DataChanges } from './data-changes.ts';
import { ExportJobs } from './exports/export-jobs.ts';
import type { Metadata } from './metadata/metadata.ts';
import { pageFolder } from './page-folder.ts';
import { SearchJobs } from './searches/search-jobs.ts';
import { ReadAhead } from './trees/read-ahead.ts';
import { hostTreesOf } from './trees/shared-trees.ts';
import { UserWork } from './user-work.ts';
import { WatchedStore } from './watched-store.ts';

export interface ContextParts extends Pick<ServerContext, 'isLoopback' | 'isSecure' | 'version' | 'log'> {
  readonly store: Store;
  readonly metadata: Metadata;
  /** The store's directory; what lies in its folder `work` is removed. */
  readonly directory: string;
}

export interface MadeContext {
  readonly context: ServerContext;
  /** The store through which every write has to go, so that changes are told. */
  readonly watched: Store;
  /** Reads the largest hosts ahead, once it is started. */
  readonly ahead: ReadAhead;
  /** Tells what runs long to end. */
  stop(): void;
  /**
   * Ends the searches, stops the exports, which a later server can go on with, and cuts off whatever else the store is asked.
   * The store and the metadata stay open.
   */
  close(): Promise<void>;
}

/** Puts together what the routes work with. */
export function makeContext({ store, directory, ...parts }: ContextParts): MadeContext {
  const workFolder = join(directory, 'work');
  rmSync(workFolder, { recursive: true, force: true });
  makeFolder(workFolder, 0o700);
  const stopping = new AbortController();
  const changes = new DataChanges();
  const work = new UserWork();
  const watched = new WatchedStore(store, changes, work);
  const ahead = new ReadAhead({ trees: hostTreesOf({ store: watched, changes }), store, work });
  const { metadata, log } = parts;
  const searches = new SearchJobs({ store: watched, metadata, folder: workFolder, log });
  const exports = new ExportJobs({
    store: watched,
    folder: join(directory, 'exports'),
    version: parts.version,
    log,
  });
  return {
    context: {
      ...parts,
      store: watched,
      changes,
      work,
      searches,
      exports,
      workFolder,
      pageFolder: pageFolder(),
      stopping: stopping.signal,
    },
    watched,
    ahead,
    stop: () => stopping.abort(),
    close: async () => {
      await ahead.close();
      await searches.close();
      await exports.close();
      await watched.end();
    },
  };
}
