/**
 * A writing thread: writes files and hashes them on the way, so that whoever makes the bytes need not wait for either.
 */
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { FileOnDisk, FromWriter, ToWriter } from './writer-message.ts';

if (parentPort === null) throw new Error('runs as a thread only');
const port = parentPort;

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
      port.postMessage({ kind: 'written', memory: message.memory } satisfies FromWriter, [
        message.memory.buffer,
      ]);
      break;
    }
    case 'checkpoint': {
      const onDisk = [...files].map(([file, open]) => guarded(open.path, () => synced(file, open)));
      if (!hasFailed) tell({ kind: 'checkpoint', files: onDisk.filter((each) => each !== undefined) });
      break;
    }
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

function synced(file: number, { descriptor, hash, bytes }: OpenFile): FileOnDisk {
  fsyncSync(descriptor);
  return { file, bytes, sha256: hash.copy().digest('hex') };
}

function finish(file: number, open: OpenFile): void {
  const onDisk = synced(file, open);
  closeSync(open.descriptor);
  files.delete(file);
  tell({ kind: 'finished', ...onDisk });
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
    hasFailed = true;
    const { code = '', message } = error as NodeJS.ErrnoException;
    tell({ kind: 'failed', path, code, message });
    return undefined;
  }
}

port.on('message', take);
