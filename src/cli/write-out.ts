import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes to a stream and waits where its reader is slower. A stream that has failed is not waited for. */
export async function writeOut(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text) && !stream.destroyed) await once(stream, 'drain');
}
