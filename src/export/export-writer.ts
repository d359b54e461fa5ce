/**
 * A writing thread: writes files and hashes them on the way, so that whoever makes the bytes need not wait for either.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { FromWriter, ToWriter } from './writer-message.ts';

if (parentPort === null) throw new Error('runs as a thread only');
const port = parentPort;

interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  readonly hash: Hash;
  bytes: number;
}

const files = new Map<number, OpenFile>();
let hasFailed = false;

function take(message: ToWriter): void {
  switch (message.kind) {
    case 'open': {
      const { file, path } = message;
      const descriptor = guarded(path, () => openSync(path, 'w', 0o600));
      if (descriptor !== undefined)
        files.set(file, { path, descriptor, hash: createHash('sha256'), bytes: 0 });
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
    case 'finish': {
      const open = files.get(message.file);
      if (open !== undefined) guarded(open.path, () => finish(message.file, open));
      break;
    }
  }
}

function write(open: OpenFile, bytes: Uint8Array): void {
  open.hash.update(bytes);
  open.bytes += bytes.length;
  for (let at = 0; at < bytes.length; ) at += writeSync(open.descriptor, bytes, at);
}

function finish(file: number, { descriptor, hash, bytes }: OpenFile): void {
  fsyncSync(descriptor);
  closeSync(descriptor);
  files.delete(file);
  port.postMessage({ kind: 'finished', file, bytes, sha256: hash.digest('hex') } satisfies FromWriter);
}

/** A failure is told once: what follows of a file with a hole in it is worth nothing. */
function guarded<Result>(path: string, work: () => Result): Result | undefined {
  if (hasFailed) return undefined;
  try {
    return work();
  } catch (error) {
    hasFailed = true;
    const { code = '', message } = error as NodeJS.ErrnoException;
    port.postMessage({ kind: 'failed', path, code, message } satisfies FromWriter);
    return undefined;
  }
}

port.on('message', take);
