import { constants } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '../core/is-running.ts';
import { writeDurably } from './durable-file.ts';
import { ExportError } from './export-error.ts';
import { partialSuffix } from './file-sink.ts';

/** Says in a folder that it is an export which is not finished, and which process writes it. */
export const markName = `export${partialSuffix}`;

/** Its name until it is on disk. */
export const temporaryMark = `${markName}.new`;

/** Bytes of a mark at most. */
const mostBytes = 200;

/** Fails where another process that runs writes the folder. */
export async function checkMark(folder: string): Promise<void> {
  const [pid = '', ...of] = (await markText(join(folder, markName))).split(' ');
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number <= 0 || number === process.pid || !isRunning(number)) return;
  const began = await beginningOf(number);
  // After the machine was started anew, another process may have the number.
  if (of.length > 0 && began !== '' && began !== of.join(' ')) return;
  throw new ExportError(`${folder} is being written by another export (process ${number})`);
}

/** Marks the folder as written by this process. Where there is no room for that, an earlier mark stays. */
export async function writeMark(folder: string): Promise<void> {
  const text = [String(process.pid), await beginningOf(process.pid)].join(' ').trim();
  await writeDurably(join(folder, markName), join(folder, temporaryMark), text);
}

/** Takes the mark away: the folder is finished. */
export async function removeMark(folder: string): Promise<void> {
  for (const name of [temporaryMark, markName])
    await rm(join(folder, name), { recursive: true, force: true });
}

async function markText(path: string): Promise<string> {
  try {
    const mark = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { buffer, bytesRead } = await mark.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await mark.close();
    }
  } catch {
    return '';
  }
}

/** When a process began, in words that no other process has; empty where the system does not tell. */
async function beginningOf(pid: number): Promise<string> {
  try {
    const [boot, state] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'latin1'),
      readFile(`/proc/${pid}/stat`, 'latin1'),
    ]);
    // The name of the program, in parentheses, may have blanks; the start is the 20th behind it.
    const start = state.slice(state.lastIndexOf(')') + 2).split(' ')[19];
    return start === undefined ? '' : `${boot.trim()} ${start}`;
  } catch {
    return '';
  }
}
