import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '../../core/make-folder.ts';
import { ApiFailure } from '../api-failure.ts';

/** Bytes that uploads leave free on the disk. */
const spared = 1 << 30;
/** How often the room on the disk is looked at. */
const lookEvery = 64 << 20;

const mostFiles = 10_000;
const longestName = 200;

/** Files as they were sent, in a folder that is there until they are read. */
export class UploadFolder {
  readonly #folder: string;
  /** By path: what the file is called in origins. */
  readonly #names = new Map<string, string>();
  bytes = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(workFolder: string): Promise<UploadFolder> {
    const folder = join(workFolder, `upload-${randomUUID()}`);
    makeFolder(folder, 0o700);
    return new UploadFolder(folder);
  }

  get paths(): readonly string[] {
    return [...this.#names.keys()];
  }

  get names(): readonly string[] {
    return [...this.#names.values()];
  }

  nameOf(path: string): string {
    return this.#names.get(path) ?? 'upload';
  }

  /** Takes a file. On disk it has a name of our own; only its ending is kept, which some formats are known by. */
  async take(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.#names.size >= mostFiles)
      throw new ApiFailure(413, 'too-many-files', `More than ${mostFiles} files at once are not taken.`);
    const shown = safeName(name);
    const ending = /(?:\.[A-Za-z0-9]{1,8}){0,2}$/.exec(shown)?.[0] ?? '';
    const path = join(this.#folder, `${String(this.#names.size + 1).padStart(6, '0')}${ending}`);
    await pipeline(this.#counted(bytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    this.#names.set(path, `upload/${shown}`);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async *#counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let until = 0;
    for await (const piece of bytes) {
      if (this.bytes >= until) {
        await this.#checkRoom();
        until = this.bytes + lookEvery;
      }
      this.bytes += piece.length;
      // The piece may be a view of memory that is used again.
      yield Buffer.from(piece);
    }
  }

  async #checkRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize > spared + lookEvery) return;
    throw new ApiFailure(413, 'no-room', 'There is not enough room on the disk for these files.');
  }
}

/** A name for origins: path steps that lead nowhere else, no control characters, of bounded length. */
export function safeName(name: string): string {
  const steps = name
    .replaceAll('\\', '/')
    .split('/')
    .map((step) => step.replace(/[\p{Cc}!]/gu, '_').trim())
    .filter((step) => step !== '' && step !== '.' && step !== '..');
  const joined = steps.join('/');
  return joined === '' ? 'unnamed' : joined.slice(-longestName);
}
