import { createInflateRaw } from 'node:zlib';
import { fault } from '../../core/fault.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import { ByteReader } from './byte-reader.ts';

/** One piece of input may unpack to a thousand times its size before it is seen how much that is. */
const PIECE_BYTES = 16 * 1024;
const CHUNK_BYTES = 128 * 1024;

/**
 * Unpacks one deflate stream (RFC 1951) and leaves the reader behind it. What came before a defect is kept. True where the
 * stream was whole; else its defect was reported.
 */
export async function* inflateRaw(
  reader: ByteReader,
  report: Report,
): AsyncGenerator<Uint8Array, boolean, undefined> {
  const unpacker = createInflateRaw({ chunkSize: CHUNK_BYTES });
  // Not the stream's own iterator: on an error that one drops what was unpacked before it.
  let ready: Uint8Array[] = [];
  let hasEnded = false;
  let fed = 0;
  unpacker.on('data', (chunk: Uint8Array) => ready.push(chunk));
  unpacker.on('end', () => {
    hasEnded = true;
  });
  const step = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<Error | undefined>((resolve) => {
      const settle = (error?: Error | null) => {
        unpacker.off('error', settle);
        resolve(error ?? undefined);
      };
      unpacker.once('error', settle);
      start(settle);
    });
  try {
    for (;;) {
      const piece = await reader.some(PIECE_BYTES);
      const isLast = piece.length === 0;
      fed += piece.length;
      const error = await step((done) => {
        if (!isLast) unpacker.write(piece, done);
        else if (hasEnded) done();
        else {
          unpacker.once('end', () => done());
          unpacker.end();
        }
      });
      yield* ready;
      ready = [];
      if (error) {
        const code = 'code' in error && error.code === 'Z_BUF_ERROR' ? 'truncated' : 'bad-structure';
        report(fault(code, `packed data: ${error.message}`, reader.offset));
        return false;
      }
      const over = fed - unpacker.bytesWritten;
      if (over > 0) reader.giveBack(piece.subarray(piece.length - over));
      if (over > 0 || hasEnded || isLast) return true;
    }
  } finally {
    unpacker.destroy();
  }
}

/** Unpacks what must be one deflate stream and nothing else. */
export async function* inflateAll(source: ByteSource, report: Report): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  try {
    const isWhole = yield* inflateRaw(reader, report);
    if (isWhole && (await reader.some(1)).length > 0) {
      report(fault('bad-structure', 'other bytes behind the packed data', reader.offset - 1));
    }
  } finally {
    await reader.close();
  }
}
