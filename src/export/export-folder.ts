import { lstat, mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '../core/make-folder.ts';
import { exportNames } from '../formats/export-folder.ts';
import type { AnewReason } from './earlier-run.ts';
import { othersName } from './event-files.ts';
import { ExportError, fileError } from './export-error.ts';
import { type ExportRequest, isSameRequest } from './export-scope.ts';
import { partialSuffix } from './file-sink.ts';
import { checkMark, markName, removeMark, temporaryMark, writeMark } from './folder-mark.ts';
import { type Journal, readJournal, removeJournal } from './journal.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** What a folder holds. */
export type FolderState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'finished'; readonly manifest: Manifest }
  /** What a run left that was interrupted, with how far it came, or why that is not known. */
  | { readonly kind: 'interrupted'; readonly journal: Journal | AnewReason };

/** What an export is asked for. */
export interface AskedOfFolder {
  readonly request: ExportRequest;
  /** The window as it was typed; empty where it does not matter. */
  readonly asked: string;
  readonly productVersion: string;
}

/**
 * Makes the folder where it is not there, and marks it as written by this process unless it is finished. What is in it stays. Anything
 * but an export of what is asked for is an `ExportError`.
 */
export async function takeFolder(folder: string, wanted: AskedOfFolder): Promise<FolderState> {
  try {
    makeFolder(folder, 0o700);
  } catch (error) {
    throw fileError(folder, error);
  }
  const manifest = await readManifest(folder);
  if (manifest !== undefined) {
    if (!isSameRequest(manifest.scope, wanted.request))
      throw new ExportError(
        `${folder} holds an export of another scope`,
        'Name another folder; an export is never written over.',
      );
    // The run may have ended before it took away what says that the folder is not finished.
    if ((await readdir(folder)).includes(markName)) {
      await checkMark(folder);
      await releaseFolder(folder);
    }
    return { kind: 'finished', manifest };
  }
  const names = await readdir(folder);
  if (!names.includes(markName)) {
    if (names.some((name) => name !== temporaryMark))
      throw new ExportError(
        `${folder} is not empty, and what is in it is no export`,
        'Name a folder that is empty or not there yet.',
      );
    await writeMark(folder);
    return { kind: 'empty' };
  }
  await checkMark(folder);
  const journal = await readJournal(folder, wanted.productVersion);
  if (typeof journal !== 'string' && !isAskedFor(journal, wanted))
    throw new ExportError(
      `${folder} holds an unfinished export of another scope`,
      'The command that began it goes on with it; for this one name another folder.',
    );
  await writeMark(folder);
  return { kind: 'interrupted', journal };
}

/** A window that is relative to the moment of the command is the one that it was when the export was begun. */
function isAskedFor({ scope, asked }: Journal, wanted: AskedOfFolder): boolean {
  const { earliest, latest } = wanted.asked !== '' && wanted.asked === asked ? scope : wanted.request;
  return isSameRequest(scope, { ...wanted.request, earliest, latest });
}

/** Removes what exports write, and nothing else, and makes the folder of raw texts. */
export async function emptyFolder(folder: string): Promise<void> {
  try {
    await removeJournal(folder);
    for (const name of [...Object.values(exportNames), othersName]) await removeBoth(folder, name);
    await mkdir(join(folder, exportNames.raw), { mode: 0o700 });
  } catch (error) {
    throw fileError(folder, error);
  }
}

/**
 * Leaves of what a run wrote only the files of its journal, under their temporary names. Whether the folder of raw texts is one. It does not
 * look into the files.
 */
export async function keepFiles(folder: string, paths: readonly string[]): Promise<boolean> {
  const raw = join(folder, exportNames.raw);
  const found = await lstat(raw).catch(() => undefined);
  if (!found?.isDirectory()) return false;
  try {
    for (const name of [exportNames.manifest, exportNames.parquet, exportNames.report])
      await removeBoth(folder, name);
    for (const path of paths) {
      const [named, partial] = [join(folder, path), join(folder, `${path}${partialSuffix}`)];
      // The run may have ended while it gave the files their names.
      if ((await isThere(named)) && !(await isThere(partial))) await rename(named, partial);
      await rm(named, { recursive: true, force: true });
    }
    const ofRaw = paths.filter((path) => path.startsWith(`${exportNames.raw}/`));
    const kept = new Set(ofRaw.map((path) => `${basename(path)}${partialSuffix}`));
    for (const name of await readdir(raw))
      if (!kept.has(name)) await rm(join(raw, name), { recursive: true, force: true });
  } catch (error) {
    throw fileError(folder, error);
  }
  return true;
}

/** Takes away what says that the folder is not finished, and what was of use until it was. */
export async function releaseFolder(folder: string): Promise<void> {
  await removeJournal(folder);
  await removeBoth(folder, othersName);
  await removeMark(folder);
}

/** Bytes that are free where the folder is. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function removeBoth(folder: string, name: string): Promise<void> {
  for (const each of [name, `${name}${partialSuffix}`])
    await rm(join(folder, each), { recursive: true, force: true });
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
