/**
 * A decoding thread: takes files, one after another, and gives their parts. An exception is a bug and ends the thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { FoundFile, UnreadablePath } from '../formats/container/folder.ts';
import { transferables } from '../store/encoded-events.ts';
import type { DecodeWorkerData, FromDecodeWorker, ToDecodeWorker } from './decode-message.ts';
import { weightOf } from './decoded-part.ts';
import { Decoder } from './decoder.ts';

if (parentPort === null) throw new Error('runs as a thread only');
const port = parentPort;
const settings = workerData as DecodeWorkerData;
const decoder = new Decoder(settings);
let underWay = 0;
let released: (() => void) | undefined;

async function decode(found: FoundFile | UnreadablePath): Promise<void> {
  for await (const part of decoder.decode(found)) {
    underWay += weightOf(part);
    port.postMessage(
      { kind: 'part', part } satisfies FromDecodeWorker,
      part.events && transferables(part.events),
    );
    while (underWay >= settings.window) await release();
  }
  port.postMessage({ kind: 'done' } satisfies FromDecodeWorker);
}

function release(): Promise<void> {
  return new Promise((wake) => {
    released = wake;
  });
}

port.on('message', (message: ToDecodeWorker) => {
  switch (message.kind) {
    case 'decode':
      // A rejection is left unhandled: it ends the thread, and the main thread gets it.
      void decode(message.found);
      break;
    case 'release':
      underWay -= message.weight;
      decoder.reuse(message.chunks);
      released?.();
      break;
  }
});
