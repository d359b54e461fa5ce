import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, fault } from '../../core/fault.ts';
import { type Ticks, ticksOfMilliseconds } from '../../core/ticks.ts';
import { isSystemError, systemMessage } from '../byte-stream.ts';
import { exportNames, isExportFolder } from '../export-folder.ts';

/** A file as found on disk. */
export interface FoundFile {
  readonly kind: 'file';
  readonly path: string;
  /** What the file is called in origins, where that is not the path. */
  readonly name?: string;
  /** Bytes; undefined for a pipe. */
  readonly size: number | undefined;
  readonly modified: Ticks | undefined;
}

/** A path that is no file that can be read. */
export interface UnreadablePath {
  readonly kind: 'unreadable';
  readonly path: string;
  /** As of a file. */
  readonly name?: string;
  readonly fault: Fault;
}

/**
 * The files at the given paths, folders followed to any depth, each folder's entries in the order of their names. Symbolic
 * links are followed; no folder is entered twice, so a loop ends.
 */
export async function* findFiles(paths: readonly string[]): AsyncGenerator<FoundFile | UnreadablePath> {
  const entered = new Set<string>();
  for (const path of paths) yield* filesAt(path, true, entered);
}

async function* filesAt(
  path: string,
  isNamed: boolean,
  entered: Set<string>,
): AsyncGenerator<FoundFile | UnreadablePath> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      const id = `${found.dev}:${found.ino}`;
      if (entered.has(id)) return;
      entered.add(id);
      const names = await readdir(path);
      const isExport = isExportFolder(path, names);
      for (const name of isExport ? [exportNames.events] : names.sort(byCodePoints))
        yield* filesAt(join(path, name), false, entered);
      return;
    }
    yield fileOf(path, found, isNamed);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    yield unreadable(path, fault('unreadable', systemMessage(error), 0));
  }
}

/** A pipe is read where it was named (`<(…)`, `/dev/stdin`), not where it happens to stand in a folder. */
function fileOf(path: string, found: Stats, isNamed: boolean): FoundFile | UnreadablePath {
  const modified = ticksOfMilliseconds(found.mtimeMs);
  if (found.isFile()) return { kind: 'file', path, size: found.size, modified };
  if (found.isFIFO() && isNamed) return { kind: 'file', path, size: undefined, modified: undefined };
  return unreadable(path, fault('unsupported', 'neither a file nor a folder', 0));
}

function unreadable(path: string, problem: Fault): UnreadablePath {
  return { kind: 'unreadable', path, fault: problem };
}

function byCodePoints(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
