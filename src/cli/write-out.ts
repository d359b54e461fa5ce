import { once } from 'node:events';

/** Writes to a stream and waits where its reader is slower. */
export async function writeOut(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
