import type { ReadItem } from './record.ts';

/** A stream of bytes: a file or an archive's unpacked member. Chunks of any size. */
export type ByteSource = AsyncIterable<Uint8Array>;

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/**
 * A format of files. `recognises` looks at the first bytes (up to 64 KiB, after the encoding was settled to UTF-8 for text
 * formats); `read` yields in bounded memory and never throws for what the bytes hold.
 */
export interface Format {
  readonly name: string;
  /** `binary` formats see the bytes as they are; `text` formats see UTF-8 without a byte order mark. */
  readonly input: 'binary' | 'text';
  recognises(head: Uint8Array): boolean;
  read(source: ByteSource, options?: ReadOptions): AsyncIterable<readonly ReadItem[]>;
}
