import { once } from 'node:events';

/** Writes to a stream and waits where its reader is slower. A stream that has failed is not waited for. */
export async function writeOut(
  stream: NodeJS.WritableStream & { readonly destroyed?: boolean },
  text: string,
): Promise<void> {
  if (!stream.write(text) && stream.destroyed !== true) await once(stream, 'drain');
}
