import { mkdir, open, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { exportNames } from '../formats/export-folder.ts';
import { ExportError, fileError } from './export-error.ts';
import { type ExportRequest, isSameRequest } from './export-scope.ts';
import { partialSuffix } from './file-sink.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** Says in a folder that it is an export which is not finished. */
const markName = `export${partialSuffix}`;

/** What is to be done with a folder. */
export type FolderState =
  /** It is empty, or was emptied of what an interrupted run left. */
  | { readonly kind: 'ready'; readonly interrupted: boolean }
  | { readonly kind: 'finished'; readonly manifest: Manifest };

/**
 * Makes the folder ready. An interrupted run is begun anew, since the store may have more by now and all files are to hold the
 * same events. A finished export of the same request is left as it is; anything else in the folder is an `ExportError`.
 */
export async function prepareFolder(folder: string, request: ExportRequest): Promise<FolderState> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError(folder, error);
  }
  const manifest = await readManifest(folder);
  if (manifest !== undefined) {
    if (isSameRequest(manifest.scope, request)) return { kind: 'finished', manifest };
    throw new ExportError(
      `${folder} holds an export of another scope`,
      'Name another folder; an export is never written over.',
    );
  }
  const names = await readdir(folder);
  const interrupted = names.includes(markName);
  if (!interrupted && names.length > 0)
    throw new ExportError(
      `${folder} is not empty, and what is in it is no export`,
      'Name a folder that is empty or not there yet.',
    );
  if (interrupted) await takeOver(folder);
  try {
    const mark = await open(join(folder, markName), 'w', 0o600);
    await mark.write(String(process.pid));
    await mark.close();
    await mkdir(join(folder, exportNames.raw), { mode: 0o700 });
  } catch (error) {
    throw fileError(folder, error);
  }
  return { kind: 'ready', interrupted };
}

/** Removes what a run that has ended left, and nothing else. */
async function takeOver(folder: string): Promise<void> {
  const pid = Number(await readFile(join(folder, markName), 'utf8').catch(() => ''));
  if (pid !== process.pid && isRunning(pid))
    throw new ExportError(`${folder} is being written by another export (process ${pid})`);
  for (const name of Object.values(exportNames))
    for (const each of [name, `${name}${partialSuffix}`])
      await rm(join(folder, each), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes the mark away: the folder has its manifest. */
export async function releaseFolder(folder: string): Promise<void> {
  await rm(join(folder, markName), { force: true });
}

/** Bytes that are free where the folder is. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
