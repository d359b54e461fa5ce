import type { ReadLimits } from '../core/limits.ts';
import type { ReadItem } from './record.ts';

/** A stream of bytes: a file or an archive's unpacked member. Chunks of any size. */
export type ByteSource = AsyncIterable<Uint8Array>;

/** Bytes of a stream's beginning that a format is recognised by. */
export const HEAD_BYTES = 64 * 1024;

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Offset of the source's first byte: what stood before it (a byte order mark) is not in the source. Default 0. */
  readonly start?: number;
  /** Default `defaultReadLimits`. */
  readonly limits?: ReadLimits;
}

/**
 * A format of files. `recognises` looks at the first bytes (up to `HEAD_BYTES`, after the encoding was settled to UTF-8
 * for text formats); `read` yields in bounded memory and never throws for what the bytes hold. Offsets count bytes of
 * the source; for a text that was not UTF-8 that is its UTF-8 form.
 */
export interface Format {
  readonly name: string;
  /** `binary` formats see the bytes as they are; `text` formats see UTF-8 without a byte order mark. */
  readonly input: 'binary' | 'text';
  recognises(head: Uint8Array): boolean;
  read(source: ByteSource, options?: ReadOptions): AsyncIterable<readonly ReadItem[]>;
}
