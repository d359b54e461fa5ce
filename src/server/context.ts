import type { Store } from '../store/store.ts';
import type { DataChanges } from './data-changes.ts';
import type { ExportJobs } from './exports/export-jobs.ts';
import type { Metadata } from './metadata/metadata.ts';
import type { SearchJobs } from './searches/search-jobs.ts';
import type { UserWork } from './user-work.ts';

/** What every route works with. */
export interface ServerContext {
  readonly store: Store;
  /** Tells when events were written. */
  readonly changes: DataChanges;
  /** What is done for users now. */
  readonly work: UserWork;
  readonly metadata: Metadata;
  readonly searches: SearchJobs;
  readonly exports: ExportJobs;
  /** For files that live no longer than the server. */
  readonly workFolder: string;
  readonly version: string;
  /** Whether only this machine reaches the server: then nobody signs in while there are no users. */
  readonly isLoopback: boolean;
  /** Whether the page comes over TLS: cookies are then for TLS only. */
  readonly isSecure: boolean;
  /** The folder of the built page; undefined where it is not built. */
  readonly pageFolder: string | undefined;
  /** Stops what runs long when the server stops. */
  readonly stopping: AbortSignal;
  readonly log: (message: string) => void;
}
