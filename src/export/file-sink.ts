import { createHash } from 'node:crypto';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { fileError } from './export-error.ts';

/** A file of the export as its manifest lists it. */
export interface WrittenFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Events in it; absent where it is of none one by one. */
  readonly events?: number;
}

/** Characters that are gathered before they are written. */
const gathered = 1 << 20;

/** What an unfinished file has behind its name. */
export const partialSuffix = '.partial';

/** A file that is written piece by piece under a temporary name and hashed on the way. */
export class FileSink {
  readonly #name: string;
  readonly #target: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #pieces: string[] = [];
  #length = 0;
  #bytes = 0;
  #events = 0;

  private constructor(name: string, target: string, handle: FileHandle) {
    this.#name = name;
    this.#target = target;
    this.#handle = handle;
  }

  /** `target` is the path on disk, `name` what the manifest calls it. */
  static async open(name: string, target: string): Promise<FileSink> {
    try {
      return new FileSink(name, target, await open(`${target}${partialSuffix}`, 'w', 0o600));
    } catch (error) {
      throw fileError(target, error);
    }
  }

  /** Takes the text of so many events; whether it is time to `flush`. */
  add(text: string, events: number): boolean {
    this.#pieces.push(text);
    this.#length += text.length;
    this.#events += events;
    return this.#length >= gathered;
  }

  async flush(): Promise<void> {
    if (this.#length === 0) return;
    const bytes = Buffer.from(this.#pieces.join(''), 'utf8');
    this.#pieces = [];
    this.#length = 0;
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    try {
      for (let at = 0; at < bytes.length; )
        at += (await this.#handle.write(bytes, at, bytes.length - at)).bytesWritten;
    } catch (error) {
      throw fileError(this.#target, error);
    }
  }

  /** Writes the rest; the file is on disk under its name when this is given. */
  async finish(counts: 'events' | 'none'): Promise<WrittenFile> {
    await this.flush();
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(`${this.#target}${partialSuffix}`, this.#target);
    } catch (error) {
      throw fileError(this.#target, error);
    }
    return {
      path: this.#name,
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      ...(counts === 'events' && { events: this.#events }),
    };
  }

  /** Gives the file up after a failure. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}
