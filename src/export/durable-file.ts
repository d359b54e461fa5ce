import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './export-error.ts';

/** What file systems say that have no way to bring a folder to the disk. */
const withoutFolders: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR']);

/** Brings the names in a folder to the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch (error) {
    if (!withoutFolders.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

/** Writes a small file whole or not at all; `temporary` is a name beside it. It is on disk when this resolves. */
export async function writeDurably(path: string, temporary: string, text: string): Promise<void> {
  try {
    await rm(temporary, { force: true });
    // Whatever lies there is not written through.
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileError(path, error);
  }
}
