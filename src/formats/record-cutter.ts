import { defaultReadLimits, type ReadLimits } from '../core/limits.ts';
import { type ByteSource, HEAD_BYTES, type ReadOptions } from './format.ts';
import type { ReadItem } from './record.ts';

/** The bytes that a cutter is asked to read. */
export interface Stretch {
  readonly bytes: Buffer;
  /** Offset of the first of `bytes` in the stream. */
  readonly offset: number;
  /** Whether the stream ends with `bytes`. */
  readonly last: boolean;
}

/**
 * Cuts one stream into records. `read` pushes what it finds onto `items` and gives the number of bytes it is done with;
 * the others come again with more behind them. It must be done with all when `last`, and with some when there are more
 * than `limits.recordBytes`. What it finds must not depend on where the stretches end. The first stretch holds at least
 * `HEAD_BYTES`, if the stream has as many.
 */
export interface RecordCutter {
  read(stretch: Stretch, items: ReadItem[]): number;
}

/** A cutter's maker: one cutter reads one stream. */
export type CutterMaker = (limits: ReadLimits) => RecordCutter;

/** Reads a stream through a cutter, a batch for each chunk that completes a record. */
export async function* cutRecords(
  source: ByteSource,
  makeCutter: CutterMaker,
  options: ReadOptions = {},
): AsyncGenerator<readonly ReadItem[]> {
  const cutter = makeCutter(options.limits ?? defaultReadLimits);
  let waiting: Uint8Array[] = [];
  let size = 0;
  let offset = options.start ?? 0;
  // A record in many chunks is looked at only when what waits has doubled, so that its cost stays linear.
  let wanted = HEAD_BYTES;
  for await (const chunk of source) {
    options.signal?.throwIfAborted();
    if (chunk.length === 0) continue;
    waiting.push(chunk);
    size += chunk.length;
    if (size < wanted) continue;
    const bytes = joined(waiting, size);
    const items: ReadItem[] = [];
    const used = cutter.read({ bytes, offset, last: false }, items);
    offset += used;
    size -= used;
    waiting = size > 0 ? [bytes.subarray(used)] : [];
    wanted = used === 0 ? size * 2 : size + 1;
    if (items.length > 0) yield items;
  }
  const items: ReadItem[] = [];
  cutter.read({ bytes: joined(waiting, size), offset, last: true }, items);
  if (items.length > 0) yield items;
}

function joined(chunks: readonly Uint8Array[], size: number): Buffer {
  const [first] = chunks;
  if (first && chunks.length === 1) return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
  return Buffer.concat(chunks, size);
}
