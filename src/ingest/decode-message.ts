import type { FoundFile, UnreadablePath } from '../formats/container/folder.ts';
import type { DecodedPart } from './decoded-part.ts';
import type { DecoderSettings } from './decoder.ts';

/** What a decoding thread is started with. */
export interface DecodeWorkerData extends DecoderSettings {
  /** Weight of parts that may be under way; from there on, the thread waits until some are given back. */
  readonly window: number;
}

/** What the main thread tells a decoding thread. */
export type ToDecodeWorker =
  | { readonly kind: 'decode'; readonly found: FoundFile | UnreadablePath }
  | { readonly kind: 'release'; readonly weight: number; readonly chunks: readonly Uint8Array[] };

/** What a decoding thread tells the main thread: the parts of a file in order, then that it is at its end. */
export type FromDecodeWorker =
  | { readonly kind: 'part'; readonly part: DecodedPart }
  | { readonly kind: 'done' };
