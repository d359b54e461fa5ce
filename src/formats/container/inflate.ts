import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { type FaultCode, fault } from '../../core/fault.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import { ZstdFrames } from './zstd-frames.ts';

export type Compression = 'gzip' | 'zstd' | 'deflate';

/** One piece of input may unpack to a thousand times its size before it is seen how much that is. */
const PIECE_BYTES = 16 * 1024;
const CHUNK_BYTES = 128 * 1024;

/** Unpacks a stream. What came before a defect is kept, and the defect is reported. */
export function inflate(source: ByteSource, compression: Compression, report: Report): ByteSource {
  switch (compression) {
    case 'gzip':
      return throughZlib(source, zlib.createGunzip({ chunkSize: CHUNK_BYTES }), compression, report);
    case 'deflate':
      return throughZlib(source, zlib.createInflateRaw({ chunkSize: CHUNK_BYTES }), compression, report);
    case 'zstd':
      return zstd(source, report);
  }
}

async function* throughZlib(
  source: ByteSource,
  unpacker: zlib.Gunzip | zlib.InflateRaw,
  name: Compression,
  report: Report,
): AsyncGenerator<Uint8Array> {
  // Not the stream's own iterator: on an error that one drops what was unpacked before it.
  let ready: Uint8Array[] = [];
  let offset = 0;
  unpacker.on('data', (chunk: Uint8Array) => ready.push(chunk));
  const step = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<Error | undefined>((resolve) => {
      const settle = (error?: Error | null) => {
        unpacker.off('error', settle);
        resolve(error ?? undefined);
      };
      unpacker.once('error', settle);
      start(settle);
    });
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for await (const piece of pieces(source, PIECE_BYTES)) {
      const error = await step((done) => unpacker.write(piece, done));
      yield* take();
      if (error) {
        report(unpackFault(name, error, offset));
        return;
      }
      offset += piece.length;
    }
    const error = await step((done) => {
      unpacker.once('end', () => done());
      unpacker.end();
    });
    yield* take();
    if (error) report(unpackFault(name, error, offset));
  } finally {
    unpacker.destroy();
  }
}

async function* pieces(source: ByteSource, size: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size);
  }
}

function unpackFault(name: Compression, error: Error, offset: number) {
  const isShort = 'code' in error && error.code === 'Z_BUF_ERROR';
  const code: FaultCode = isShort || /unexpected EOF/i.test(error.message) ? 'truncated' : 'bad-structure';
  return fault(code, `${name} data: ${error.message}`, offset);
}

/** Node's own decompressor where there is one (22.15 on). */
function zstd(source: ByteSource, report: Report): ByteSource {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => zlib.Gunzip };
  return createZstdDecompress
    ? throughZlib(source, createZstdDecompress(), 'zstd', report)
    : zstdInJavaScript(source, report);
}

/** The decoder moves its whole window for every block, so a large one costs time out of proportion. */
const WINDOW_MOST = 32 * 1024 * 1024;
/** A block of 4 bytes may unpack to 128 KiB. */
const ZSTD_PIECE_BYTES = 1024;

async function* zstdInJavaScript(source: ByteSource, report: Report): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  // The blocks are kept by the decoder as its window, so they are copied.
  const unpacker = new Decompress((chunk) => ready.push(Uint8Array.from(chunk)));
  const frames = new ZstdFrames();
  let offset = 0;
  const push = (piece: Uint8Array, isLast: boolean): boolean => {
    try {
      unpacker.push(piece, isLast);
      return true;
    } catch (error) {
      report(unpackFault('zstd', error as Error, offset));
      return false;
    }
  };
  for await (const piece of pieces(source, ZSTD_PIECE_BYTES)) {
    frames.push(piece);
    if (frames.window > WINDOW_MOST) {
      const asked = `zstd data that asks for a window of ${frames.window} bytes`;
      report(fault('too-large', `${asked}; unpack it with zstd --long=31 -d`, offset));
      return;
    }
    const isGood = push(piece, false);
    yield* ready;
    ready = [];
    if (!isGood) return;
    offset += piece.length;
  }
  push(new Uint8Array(0), true);
  yield* ready;
}
