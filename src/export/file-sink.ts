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

/** Bytes that are gathered before they are written. */
const gathered = 1 << 20;

/** What an unfinished file has behind its name. */
export const partialSuffix = '.partial';

/** A file that is written piece by piece under a temporary name and hashed on the way. */
export class FileSink {
  readonly #name: string;
  readonly #target: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  /** Texts are encoded at once: kept until they are written, they would cost the collector more than all else. */
  readonly #buffer = Buffer.allocUnsafe(gathered);
  #filled = 0;
  /** What had no room. */
  #over: string[] = [];
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
    this.#events += events;
    // Three bytes a UTF-16 unit at most.
    if (this.#over.length > 0 || text.length * 3 > gathered - this.#filled) {
      this.#over.push(text);
      return true;
    }
    this.#filled += this.#buffer.write(text, this.#filled, 'utf8');
    return false;
  }

  async flush(): Promise<void> {
    const over = this.#over;
    this.#over = [];
    const filled = this.#filled;
    this.#filled = 0;
    if (filled > 0) await this.#write(this.#buffer.subarray(0, filled));
    for (const text of over) await this.#write(Buffer.from(text, 'utf8'));
  }

  async #write(bytes: Buffer): Promise<void> {
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
