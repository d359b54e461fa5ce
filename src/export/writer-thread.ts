import type { Worker } from 'node:worker_threads';
import { startThread } from '../ingest/decode-thread-entry.ts';
import { fileError } from './export-error.ts';
import type { FileOnDisk, FromWriter, ToWriter } from './writer-message.ts';

/** The module of a writing thread, beside this one in the sources and in the built program. */
const exportWriter = new URL(
  import.meta.url.endsWith('.ts') ? './export-writer.ts' : './export-writer.mjs',
  import.meta.url,
);

/** Bytes of a piece; its memory has room for the event that makes it full. */
export const pieceBytes = 1 << 20;

/** Pieces that may wait for the disk. */
const mostUnderWay = 12;

interface Waiting<Value> {
  readonly give: (value: Value) => void;
  readonly refuse: (reason: Error) => void;
}

/** A thread that writes files. After a failure everything that is asked of it fails with the same `ExportError`. */
export class WriterThread {
  readonly #worker: Worker;
  #files = 0;
  /** Memory of the pieces that are under way, in their order. */
  readonly #underWay: Buffer[] = [];
  readonly #spare: Buffer[] = [];
  /** Those that wait for a piece to be written. */
  readonly #waiting: Waiting<void>[] = [];
  readonly #finishing = new Map<number, Waiting<FileOnDisk>>();
  readonly #reopening = new Map<number, Waiting<boolean>>();
  readonly #checkpoints: Waiting<readonly FileOnDisk[]>[] = [];
  #failure: Error | undefined;

  constructor() {
    this.#worker = startThread(exportWriter, {});
    this.#worker.on('message', (message: FromWriter) => this.#take(message));
    this.#worker.on('error', (error) => this.#fail(error));
  }

  /** Opens a new file; gives its number. That it cannot be opened is told later. */
  open(path: string): number {
    const file = this.#files++;
    this.#post({ kind: 'open', file, path });
    return file;
  }

  /**
   * Opens a file to go on behind its first bytes, and cuts off what is there; gives its number, or undefined where its first
   * bytes are not those of the SHA-256 or where it is no file of its own.
   */
  async reopen(path: string, bytes: number, sha256: string): Promise<number | undefined> {
    if (this.#failure) throw this.#failure;
    const file = this.#files++;
    const isSame = await new Promise<boolean>((give, refuse) => {
      this.#reopening.set(file, { give, refuse });
      this.#post({ kind: 'reopen', file, path, bytes, sha256 });
    });
    return isSame ? file : undefined;
  }

  /** Resolves when what was handed over before is on disk; tells of each open file as it was then. None may be finished before. */
  async checkpoint(): Promise<readonly FileOnDisk[]> {
    if (this.#failure) throw this.#failure;
    return new Promise((give, refuse) => {
      this.#checkpoints.push({ give, refuse });
      this.#post({ kind: 'checkpoint' });
    });
  }

  /**
   * Memory of a piece, which both threads see. Memory that goes from one to the other counts anew for the collector each
   * time, and once any has, each access to any memory is checked: that took a tenth of the processor's time.
   */
  memory(): Buffer {
    return this.#spare.pop() ?? Buffer.from(new SharedArrayBuffer(pieceBytes + (pieceBytes >> 2)));
  }

  /** Takes memory whose first bytes are written to a file; resolves when there is room for more. */
  async write(file: number, memory: Buffer, length: number): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#underWay.push(memory);
    this.#post({ kind: 'write', file, memory, length });
    while (this.#underWay.length >= mostUnderWay) await this.#pieceWritten();
  }

  /** Resolves when the file is on disk, and closed. */
  async finish(file: number): Promise<FileOnDisk> {
    if (this.#failure) throw this.#failure;
    return new Promise((give, refuse) => {
      this.#finishing.set(file, { give, refuse });
      this.#post({ kind: 'finish', file });
    });
  }

  /** Resolves when everything that was handed over is written, though maybe not on disk yet. */
  async idle(): Promise<void> {
    while (this.#underWay.length > 0) await this.#pieceWritten();
    if (this.#failure) throw this.#failure;
  }

  /** Ends the thread; whatever still waits for it fails with the reason. */
  async close(reason = new Error('the writing thread was ended')): Promise<void> {
    this.#fail(reason);
    await this.#worker.terminate();
  }

  #pieceWritten(): Promise<void> {
    return new Promise((give, refuse) => {
      if (this.#failure) refuse(this.#failure);
      else this.#waiting.push({ give, refuse });
    });
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromWriter): void {
    switch (message.kind) {
      case 'written': {
        const memory = this.#underWay.shift();
        // Memory that had to grow is this thread's own; the other got a copy.
        if (memory?.buffer instanceof SharedArrayBuffer) this.#spare.push(memory);
        for (const { give } of this.#waiting.splice(0)) give();
        break;
      }
      case 'reopened':
        this.#reopening.get(message.file)?.give(message.isSame);
        this.#reopening.delete(message.file);
        break;
      case 'checkpoint':
        this.#checkpoints.shift()?.give(message.files);
        break;
      case 'finished':
        this.#finishing.get(message.file)?.give(message);
        this.#finishing.delete(message.file);
        break;
      case 'failed':
        this.#fail(
          fileError(message.path, Object.assign(new Error(message.message), { code: message.code })),
        );
        break;
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { refuse } of this.#waiting.splice(0)) refuse(error);
    for (const { refuse } of this.#checkpoints.splice(0)) refuse(error);
    for (const waiting of [this.#finishing, this.#reopening]) {
      for (const { refuse } of waiting.values()) refuse(error);
      waiting.clear();
    }
  }
}
