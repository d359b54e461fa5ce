import type { Fault } from '../src/core/fault.ts';
import type { Format, ReadOptions } from '../src/formats/format.ts';
import type { ReadItem, SourceRecord } from '../src/formats/record.ts';

/** A stream of chunks of `size` bytes. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything that a format reads out of `content`, which comes in chunks of `size` bytes. */
export async function readAll(
  format: Format,
  content: string | Uint8Array,
  size = 64 * 1024,
  options: ReadOptions = {},
): Promise<ReadItem[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const items: ReadItem[] = [];
  for await (const batch of format.read(inChunks(bytes, size), options)) items.push(...batch);
  return items;
}

export function recordsOf(items: readonly ReadItem[]): SourceRecord[] {
  return items.filter((item) => item.kind !== 'fault');
}

export function faultsOf(items: readonly ReadItem[]): Fault[] {
  return items.filter((item) => item.kind === 'fault');
}
