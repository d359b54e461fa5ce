import type { FoundFile, UnreadablePath } from '../formats/container/folder.ts';
import type { DecodedPart } from './decoded-part.ts';
import type { Decoder } from './decoder.ts';

/** A file that is being decoded, here or in another thread. */
export interface Decoding {
  /** Its parts in order; can be read once. */
  readonly parts: AsyncIterable<DecodedPart>;
  /** Gives back the memory of a part that is written. */
  release(part: DecodedPart): void;
}

/** Decodes a file in this thread, when its parts are asked for. */
export function decodeHere(
  decoder: Decoder,
  found: FoundFile | UnreadablePath,
  signal: AbortSignal | undefined,
): Decoding {
  return {
    parts: decoder.decode(found, signal),
    release: ({ events }) => decoder.reuse(events?.chunks ?? []),
  };
}
