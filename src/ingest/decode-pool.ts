import type { Worker } from 'node:worker_threads';
import type { FoundFile, UnreadablePath } from '../formats/container/folder.ts';
import { AsyncQueue } from './async-queue.ts';
import { DecodeError } from './decode-error.ts';
import type { DecodeWorkerData, FromDecodeWorker, ToDecodeWorker } from './decode-message.ts';
import { decodeWorker, startThread } from './decode-thread-entry.ts';
import { type DecodedPart, weightOf } from './decoded-part.ts';
import type { Decoding } from './decoding.ts';

/** Short-lived objects are most of what a thread makes: with more room for them, fewer are copied. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

/**
 * Threads that decode, each a file at a time. They are started when there is work for them. The first failure, or an abort,
 * ends all of them and every decoding.
 */
export class DecodePool {
  readonly #size: number;
  readonly #data: DecodeWorkerData;
  readonly #entry: URL;
  readonly #threads: DecodeThread[] = [];
  readonly #idle: DecodeThread[] = [];
  #failure: { readonly reason: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** `entry` is the module that a thread runs. */
  constructor(size: number, data: DecodeWorkerData, entry = decodeWorker) {
    this.#size = size;
    this.#data = data;
    this.#entry = entry;
  }

  /** Waits for a free thread, and gives it the file. */
  async decode(found: FoundFile | UnreadablePath): Promise<Decoding> {
    for (;;) {
      if (this.#failure) throw this.#failure.reason;
      const thread = this.#idle.pop() ?? this.#start();
      if (thread) return thread.decode(found);
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** Ends all threads and what they decode. */
  fail(reason: unknown): void {
    if (this.#failure) return;
    this.#failure = { reason };
    for (const thread of this.#threads) thread.fail(reason);
    this.#wake?.();
  }

  /** Resolves when no thread runs any more. */
  async close(): Promise<void> {
    this.fail(new DecodeError('the ingest has ended'));
    await Promise.all(this.#threads.map((thread) => thread.ended()));
  }

  #start(): DecodeThread | undefined {
    if (this.#threads.length >= this.#size) return undefined;
    const worker = startThread(this.#entry, { workerData: this.#data, resourceLimits });
    const thread: DecodeThread = new DecodeThread(worker, {
      done: () => {
        this.#idle.push(thread);
        this.#wake?.();
      },
      failed: (error) => this.fail(error),
    });
    this.#threads.push(thread);
    return thread;
  }
}

interface ThreadListener {
  done(): void;
  failed(error: DecodeError): void;
}

class DecodeThread {
  readonly #worker: Worker;
  #parts = new AsyncQueue<DecodedPart>();
  #path = '';
  #ended: Promise<unknown> | undefined;

  constructor(worker: Worker, listener: ThreadListener) {
    this.#worker = worker;
    worker.on('message', (message: FromDecodeWorker) => {
      switch (message.kind) {
        case 'part':
          this.#parts.push(message.part);
          break;
        case 'done':
          this.#parts.end();
          listener.done();
          break;
      }
    });
    const fail = (reason: string, cause?: unknown) => {
      const message = `${this.#path}: the thread that decoded it has failed: ${reason}`;
      listener.failed(new DecodeError(message, { cause }));
    };
    worker.on('error', (error) => fail(error.message, error));
    worker.on('messageerror', (error) => fail(error.message, error));
    worker.on('exit', (status) => fail(`it ended with status ${status}`));
  }

  decode(found: FoundFile | UnreadablePath): Decoding {
    const parts = new AsyncQueue<DecodedPart>();
    this.#parts = parts;
    this.#path = found.path;
    this.#send({ kind: 'decode', found });
    return {
      parts,
      release: (part) => {
        const chunks = part.events?.chunks ?? [];
        const message = { kind: 'release', weight: weightOf(part), chunks } as const;
        this.#send(message, [...new Set(chunks.map(({ buffer }) => buffer as ArrayBuffer))]);
      },
    };
  }

  fail(reason: unknown): void {
    this.#parts.fail(reason);
    this.#ended ??= this.#worker.terminate();
  }

  async ended(): Promise<void> {
    await this.#ended;
  }

  #send(message: ToDecodeWorker, memory: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, memory);
  }
}
