import type { Worker } from 'node:worker_threads';
import { startThread } from '../ingest/decode-thread-entry.ts';
import { fileError } from './export-error.ts';
import type { FileOnDisk, FromWriter, ToWriter } from './writer-message.ts';

/** The module of a writing thread, beside this one in the sources and in the built program. */
const exportWriter = new URL(
  import.meta.url.endsWith('.ts') ? './export-writer.ts' : './export-writer.mjs',
  import.meta.url,
);

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
  #underWay = 0;
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

  /** Takes memory whose first bytes are written to a file, and gives memory for the next; resolves when there is room for it. */
  async write(file: number, memory: Buffer, length: number): Promise<Buffer> {
    if (this.#failure) throw this.#failure;
    const piece = new Uint8Array(memory.buffer as ArrayBuffer, memory.byteOffset, memory.length);
    this.#underWay++;
    this.#worker.postMessage({ kind: 'write', file, memory: piece, length } satisfies ToWriter, [
      piece.buffer,
    ]);
    while (this.#underWay >= mostUnderWay) await this.#pieceWritten();
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(memory.length || length);
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
    while (this.#underWay > 0) await this.#pieceWritten();
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
        this.#underWay--;
        const { buffer, byteOffset, length } = message.memory;
        this.#spare.push(Buffer.from(buffer, byteOffset, length));
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
