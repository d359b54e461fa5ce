import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { ZipFile as Archive } from 'yazl';

/** A file on its way into an archive. */
export interface ZipFile {
  /** With `/`, relative. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** Logs pack to a tenth at any level; a higher one takes several times as long. */
const compressionLevel = 1;

const mode = 0o100644;

/**
 * A zip archive of files as a stream in bounded memory: files of any size, in any number, one open at a time. Fails where one
 * is not as large as is said.
 */
export async function* zipStream(files: Iterable<ZipFile>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const archive = new Archive();
  // The library gives a PassThrough, and says less.
  const output = archive.outputStream as Readable;
  archive.on('error', (error: Error) => output.destroy(error));
  for (const { name, path, bytes } of files)
    archive.addReadStreamLazy(name, { compressionLevel, mode, size: bytes }, (give) => {
      const pieces = createReadStream(path, { highWaterMark: 1 << 18, signal: ended });
      // The library does not look at what a stream that it is given fails with.
      pieces.on('error', (error) => output.destroy(error));
      give(null, pieces);
    });
  archive.end();
  try {
    for await (const piece of output) yield piece as Uint8Array;
  } finally {
    stop.abort();
  }
}
