import type { Ticks } from '../../core/ticks.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import type { UnpackBudget } from './unpack-budget.ts';

/** A file within an archive. Its name is whatever the archive's maker wrote: it is never used as a path. */
export interface Member {
  readonly name: string;
  readonly size: number | undefined;
  readonly modified: Ticks | undefined;
  readonly bytes: ByteSource;
  /** Takes what is reported of this member, from when it is handed out. */
  reportTo(report: Report): void;
}

/** What an archive is read from. */
export interface ArchiveSource {
  readonly bytes: ByteSource;
  /** Where the archive is a file of its own, and not within another: its path. */
  readonly path: string | undefined;
  readonly budget: UnpackBudget;
  /** Told of the bytes that are read from `path`. */
  readonly onBytes: (bytes: number) => void;
  /** Takes what is wrong with the archive itself. */
  readonly report: Report;
}

/** A format of files that hold files. A member must be read, or given up, before the next is asked for. */
export interface Container {
  readonly name: string;
  recognises(head: Uint8Array): boolean;
  members(archive: ArchiveSource): AsyncIterable<Member>;
}

/** A member's reporter: what comes before someone listens waits. */
export function memberReport(): { readonly report: Report; reportTo(report: Report): void } {
  const early: Parameters<Report>[0][] = [];
  let target: Report = (fault) => early.push(fault);
  return {
    report: (fault) => target(fault),
    reportTo(report) {
      target = report;
      for (const fault of early.splice(0)) report(fault);
    },
  };
}
