import type { Worker } from 'node:worker_threads';
import { startThread } from '../ingest/decode-thread-entry.ts';
import { fileError } from './export-error.ts';
import type { FromWriter, ToWriter } from './writer-message.ts';

/** The module of a writing thread, beside this one in the sources and in the built program. */
const exportWriter = new URL(
  import.meta.url.endsWith('.ts') ? './export-writer.ts' : './export-writer.mjs',
  import.meta.url,
);

/** Pieces that may wait for the disk. */
const mostUnderWay = 12;

interface Ended {
  readonly bytes: number;
  readonly sha256: string;
}

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
  readonly #finishing = new Map<number, Waiting<Ended>>();
  #failure: Error | undefined;

  constructor() {
    this.#worker = startThread(exportWriter, {});
    this.#worker.on('message', (message: FromWriter) => this.#take(message));
    this.#worker.on('error', (error) => this.#fail(error));
  }

  /** Opens a file; gives its number. That it cannot be opened is told later. */
  open(path: string): number {
    const file = this.#files++;
    this.#post({ kind: 'open', file, path });
    return file;
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
  async finish(file: number): Promise<Ended> {
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

  async close(): Promise<void> {
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
    for (const { refuse } of this.#finishing.values()) refuse(error);
    this.#finishing.clear();
  }
}
