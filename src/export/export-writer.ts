/**
 * A writing thread: writes files and hashes them on the way, so that whoever makes the bytes need not wait for either.
 */
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
import type { FileOnDisk, FromWriter, ToWriter } from './writer-message.ts';

if (parentPort === null) throw new Error('runs as a thread only');
const port = parentPort;
const sync = promisify(fsync);

interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  readonly hash: Hash;
  bytes: number;
}

/** Bytes that are read at once. */
const piece = 1 << 20;

const files = new Map<number, OpenFile>();
let hasFailed = false;

function take(message: ToWriter): void {
  switch (message.kind) {
    case 'open': {
      const { file, path } = message;
      // What is in its way, be it a link, is not written through.
      const descriptor = guarded(path, () => openSync(path, 'wx', 0o600));
      if (descriptor !== undefined)
        files.set(file, { path, descriptor, hash: createHash('sha256'), bytes: 0 });
      break;
    }
    case 'reopen': {
      const { file, path, bytes, sha256 } = message;
      const open = reopened(path, bytes, sha256);
      if (open !== undefined) files.set(file, open);
      tell({ kind: 'reopened', file, isSame: open !== undefined });
      break;
    }
    case 'write': {
      const open = files.get(message.file);
      if (open !== undefined)
        guarded(open.path, () => write(open, message.memory.subarray(0, message.length)));
      tell({ kind: 'written' });
      break;
    }
    case 'checkpoint':
      void checkpoint();
      break;
    case 'finish': {
      const { file } = message;
      const open = files.get(file);
      if (open !== undefined) guarded(open.path, () => finish(file, open));
      break;
    }
  }
}

/** A file whose first bytes are those that are meant, with nothing behind them; undefined where it is another. */
function reopened(path: string, bytes: number, sha256: string): OpenFile | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    // One that has another name, too, may be somebody else's.
    if (found.isFile() && found.nlink === 1 && found.size >= bytes) {
      const hash = hashOf(descriptor, bytes);
      if (hash?.copy().digest('hex') === sha256) {
        ftruncateSync(descriptor, bytes);
        return { path, descriptor, hash, bytes };
      }
    }
  } catch {
    // It cannot be gone on with, whatever the reason.
  }
  if (descriptor !== undefined) closeSync(descriptor);
  return undefined;
}

function hashOf(descriptor: number, bytes: number): Hash | undefined {
  const hash = createHash('sha256');
  const memory = Buffer.allocUnsafe(Math.min(piece, bytes));
  for (let at = 0; at < bytes; ) {
    const read = readSync(descriptor, memory, 0, Math.min(memory.length, bytes - at), at);
    if (read === 0) return undefined;
    hash.update(memory.subarray(0, read));
    at += read;
  }
  return hash;
}

function write(open: OpenFile, bytes: Uint8Array): void {
  open.hash.update(bytes);
  for (let at = 0; at < bytes.length; ) {
    const written = writeSync(open.descriptor, bytes, at, bytes.length - at, open.bytes);
    at += written;
    open.bytes += written;
  }
}

function stateOf(file: number, { hash, bytes }: OpenFile): FileOnDisk {
  return { file, bytes, sha256: hash.copy().digest('hex') };
}

/** The disk may take seconds: what comes meanwhile is written, and may come to it, too. No file is finished before the answer. */
async function checkpoint(): Promise<void> {
  const onDisk = [...files].map(([file, open]) => stateOf(file, open));
  for (const { path, descriptor } of [...files.values()])
    await sync(descriptor).catch((error: unknown) => fail(path, error));
  if (!hasFailed) tell({ kind: 'checkpoint', files: onDisk });
}

function finish(file: number, open: OpenFile): void {
  fsyncSync(open.descriptor);
  closeSync(open.descriptor);
  files.delete(file);
  tell({ kind: 'finished', ...stateOf(file, open) });
}

function tell(message: FromWriter): void {
  port.postMessage(message);
}

/** A failure is told once: what follows of a file with a hole in it is worth nothing. */
function guarded<Result>(path: string, work: () => Result): Result | undefined {
  if (hasFailed) return undefined;
  try {
    return work();
  } catch (error) {
    fail(path, error);
    return undefined;
  }
}

function fail(path: string, error: unknown): void {
  if (hasFailed) return;
  hasFailed = true;
  const { code = '', message } = error as NodeJS.ErrnoException;
  tell({ kind: 'failed', path, code, message });
}

port.on('message', take);
