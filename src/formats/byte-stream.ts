import { open } from 'node:fs/promises';
import { type Fault, fault } from '../core/fault.ts';
import type { ByteSource } from './format.ts';

/** Takes what goes wrong in a stream, which itself only ends. */
export type Report = (fault: Fault) => void;

const CHUNK_BYTES = 256 * 1024;

/** A file's bytes. `onBytes` is told of each chunk's size. */
export async function* fileBytes(
  path: string,
  report: Report,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  try {
    const file = await open(path, 'r');
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES);
        if (bytesRead === 0) return;
        offset += bytesRead;
        onBytes(bytesRead);
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    report(fault('unreadable', systemMessage(error), offset));
  }
}

export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
}

/** Whether an error is the operating system's answer, and not a bug. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'too many symbolic links',
  EIO: 'the device failed to read it',
};

/** What an error of the operating system means for a reader. */
export function systemMessage(error: SystemError): string {
  return reasons[error.code] ?? `cannot read: ${error.code}`;
}

export interface Peeked {
  readonly head: Buffer;
  /** Whether `head` is all there is. */
  readonly isAll: boolean;
  /** The stream from its beginning. */
  readonly bytes: ByteSource;
  /** Ends the stream where `bytes` is not read. */
  close(): Promise<void>;
}

/** Looks at the first bytes of a stream: `count` of them, or all where there are fewer. */
export async function peek(source: ByteSource, count: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isAll = false;
  while (size < count && !isAll) {
    const next = await iterator.next();
    if (next.done) isAll = true;
    else {
      chunks.push(next.value);
      size += next.value.length;
    }
  }
  const close = async () => {
    await iterator.return?.();
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await close();
    }
  }
  const first = chunks[0];
  const all =
    first && chunks.length === 1
      ? Buffer.from(first.buffer, first.byteOffset, first.length)
      : Buffer.concat(chunks);
  return { head: all.subarray(0, count), isAll, bytes: bytes(), close };
}

/** A stream from behind its first `count` bytes. */
export async function* withoutFirst(source: ByteSource, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of source) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}
