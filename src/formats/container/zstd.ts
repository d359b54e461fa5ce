import { Decompress } from 'fzstd';
import { fault } from '../../core/fault.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import { ByteReader } from './byte-reader.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** The decoder moves its whole window for every block, so a large one costs time out of proportion. */
const WINDOW_MOST = 32 * 1024 * 1024;
/** A block of 4 bytes may unpack to 128 KiB. */
const PIECE_BYTES = 1024;

/** Unpacks zstd in JavaScript: Node has its own decompressor only from 22.15 on. */
export async function* unpackZstd(source: ByteSource, report: Report): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  // The blocks are kept by the decoder as its window, so they are copied.
  const unpacker = new Decompress((chunk) => ready.push(Uint8Array.from(chunk)));
  const frames = new ZstdFrames();
  const reader = new ByteReader(source);
  try {
    for (;;) {
      const { offset } = reader;
      const piece = await reader.some(PIECE_BYTES);
      frames.push(piece);
      if (frames.window > WINDOW_MOST) {
        const asked = `zstd data that asks for a window of ${frames.window} bytes`;
        report(fault('too-large', `${asked}; unpack it with zstd --long=31 -d`, offset));
        return;
      }
      let failure: Error | undefined;
      try {
        unpacker.push(piece, piece.length === 0);
      } catch (error) {
        failure = error as Error;
      }
      yield* ready;
      ready = [];
      if (failure) {
        const code = failure.message === 'unexpected EOF' ? 'truncated' : 'bad-structure';
        report(fault(code, `zstd data: ${failure.message}`, offset));
        return;
      }
      if (piece.length === 0) return;
    }
  } finally {
    await reader.close();
  }
}
