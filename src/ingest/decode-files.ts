import { availableParallelism } from 'node:os';
import type { FoundFile, UnreadablePath } from '../formats/container/folder.ts';
import { AsyncQueue } from './async-queue.ts';
import { DecodePool } from './decode-pool.ts';
import { Decoder, type DecoderSettings } from './decoder.ts';
import { type Decoding, decodeHere } from './decoding.ts';

type Found = FoundFile | UnreadablePath;

/** Bytes of files from which on threads are worth their start. */
const worthThreads = 4 << 20;

/** More threads than this would only wait for the store. */
const maximumThreads = 4;

export interface DecodeFilesOptions extends DecoderSettings {
  /** Threads at most; 0 decodes in this one. Undefined: as many as the machine and the files' sizes are good for. */
  readonly threads: number | undefined;
  /** Weight of parts that a thread may have under way: what it gave and was not released. */
  readonly window: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Decodes files: gives them in their order, though later ones may be decoded meanwhile, so that what is stored does not
 * depend on the number of threads.
 */
export async function* decodeFiles(
  files: AsyncIterable<Found>,
  options: DecodeFilesOptions,
): AsyncGenerator<Decoding> {
  const rest = files[Symbol.asyncIterator]();
  const { head, bytes } = await firstFiles(rest);
  const threads = options.threads ?? usualThreads(bytes);
  yield* threads === 0
    ? decodedHere(chained(head, rest), options)
    : decodedInThreads(chained(head, rest), threads, options);
}

function usualThreads(bytes: number): number {
  const cores = availableParallelism();
  return cores === 1 || bytes < worthThreads ? 0 : Math.min(cores, maximumThreads);
}

async function* decodedHere(
  files: AsyncIterable<Found>,
  { signal, ...settings }: DecodeFilesOptions,
): AsyncGenerator<Decoding> {
  const decoder = new Decoder(settings);
  for await (const found of files) yield decodeHere(decoder, found, signal);
}

async function* decodedInThreads(
  files: AsyncIterable<Found>,
  threads: number,
  { signal, window, threads: _, ...settings }: DecodeFilesOptions,
): AsyncGenerator<Decoding> {
  const pool = new DecodePool(threads, { ...settings, window });
  const abort = () => pool.fail(signal?.reason);
  signal?.addEventListener('abort', abort);
  const decodings = new AsyncQueue<Decoding>();
  // A thread that waits for a pipe's other end could not be ended.
  const own = new Decoder(settings);
  const start = async (found: Found) =>
    found.kind === 'file' && found.size === undefined
      ? decodeHere(own, found, signal)
      : await pool.decode(found);
  const started = startAll(files, start, decodings);
  try {
    yield* decodings;
  } finally {
    signal?.removeEventListener('abort', abort);
    await pool.close();
    await started;
  }
}

/** Starts one file after another. */
async function startAll(
  files: AsyncIterable<Found>,
  start: (found: Found) => Promise<Decoding>,
  decodings: AsyncQueue<Decoding>,
): Promise<void> {
  try {
    for await (const found of files) decodings.push(await start(found));
    decodings.end();
  } catch (error) {
    decodings.fail(error);
  }
}

/** The files until it is clear whether they are worth threads. A pipe's size is not known, and counts as none. */
async function firstFiles(
  files: AsyncIterator<Found>,
): Promise<{ readonly head: readonly Found[]; readonly bytes: number }> {
  const head: Found[] = [];
  let bytes = 0;
  while (bytes < worthThreads) {
    const next = await files.next();
    if (next.done) break;
    head.push(next.value);
    if (next.value.kind === 'file') bytes += next.value.size ?? 0;
  }
  return { head, bytes };
}

async function* chained(head: readonly Found[], rest: AsyncIterator<Found>): AsyncGenerator<Found> {
  yield* head;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}
