import { rename } from 'node:fs/promises';
import { ByteText } from '../core/byte-text.ts';
import { fileError } from './export-error.ts';
import type { AloneFacts } from './raw-sample.ts';
import { pieceBytes, type WriterThread } from './writer-thread.ts';

/** A file of the export as its manifest lists it. */
export interface WrittenFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Events in it; absent where it is of none one by one. */
  readonly events?: number;
  /** Of a file of raw texts: whether they tell all by themselves. */
  readonly alone?: AloneFacts;
}

/** What an unfinished file has behind its name. */
export const partialSuffix = '.partial';

/** A file that is written piece by piece under a temporary name. */
export class FileSink {
  readonly #name: string;
  readonly #target: string;
  readonly #writer: WriterThread;
  /** The writer's number of the file. */
  readonly file: number;
  /** Where the next event is written to. */
  readonly text = new ByteText(0);
  #events: number;

  /** `target` is the path on disk, `name` what the manifest calls it; `begun` is a file that the writer has open, with its events. */
  constructor(
    name: string,
    target: string,
    writer: WriterThread,
    begun?: { readonly file: number; readonly events: number },
  ) {
    this.#name = name;
    this.#target = target;
    this.#writer = writer;
    this.file = begun?.file ?? writer.open(`${target}${partialSuffix}`);
    this.#events = begun?.events ?? 0;
    this.text.clear(writer.memory());
  }

  /** Events that were added. */
  get events(): number {
    return this.#events;
  }

  /** Takes what was written to `text` as so many events; whether it is time to `flush`. */
  add(events: number): boolean {
    this.#events += events;
    return this.text.length >= pieceBytes;
  }

  /** Hands on what is gathered; resolves when there is room for more, which may be before it is written. */
  async flush(): Promise<void> {
    const { bytes, length } = this.text;
    if (length === 0) return;
    await this.#writer.write(this.file, bytes, length);
    this.text.clear(this.#writer.memory());
  }

  /** The file, when it is on disk; it has its temporary name until `publish`. */
  async finish(counts: 'events' | 'none'): Promise<WrittenFile> {
    await this.flush();
    const { bytes, sha256 } = await this.#writer.finish(this.file);
    return { path: this.#name, bytes, sha256, ...(counts === 'events' && { events: this.#events }) };
  }

  /** Gives the file its name. */
  async publish(): Promise<void> {
    try {
      await rename(`${this.#target}${partialSuffix}`, this.#target);
    } catch (error) {
      throw fileError(this.#target, error);
    }
  }
}
