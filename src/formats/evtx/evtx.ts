import type { ByteSource, Format, ReadOptions } from '../format.ts';
import type { ReadItem } from '../record.ts';
import { decodeChunk } from './chunk.ts';
import { CHUNK_SIZE } from './chunk-header.ts';
import { FILE_HEADER_SIZE, hasFileSignature, readFileHeader } from './file-header.ts';
import { TextCache } from './value-text.ts';

/** Windows event logs, binary (`.evtx`, MS-EVEN6 and libevtx's description of the file). One batch for each chunk. */
export const evtxFormat: Format = {
  name: 'evtx',
  input: 'binary',
  recognises: hasFileSignature,
  read: readEvtx,
};

/** Decodes a whole file in memory: its records and faults in order. */
export function decodeEvtxBytes(bytes: Uint8Array): readonly ReadItem[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const { header, faults } = readFileHeader(file.subarray(0, FILE_HEADER_SIZE));
  const items: ReadItem[] = [...faults];
  const texts = new TextCache();
  for (let at = FILE_HEADER_SIZE; at < file.length; at += CHUNK_SIZE) {
    for (const item of decodeChunk(file.subarray(at, at + CHUNK_SIZE), at, header.checksums, texts))
      items.push(item);
  }
  return items;
}

async function* readEvtx(source: ByteSource, options?: ReadOptions): AsyncIterable<readonly ReadItem[]> {
  const texts = new TextCache();
  let checksums = true;
  let offset = 0;
  for await (const block of blocksOf(source)) {
    options?.signal?.throwIfAborted();
    let items: readonly ReadItem[];
    if (offset === 0) {
      const { header, faults } = readFileHeader(block);
      checksums = header.checksums;
      items = faults;
    } else items = decodeChunk(block, offset, checksums, texts);
    offset += block.length;
    if (items.length > 0) yield items;
  }
}

/** The file header, then chunk after chunk, the last as long as it is. An empty source gives one empty block. */
async function* blocksOf(source: ByteSource): AsyncIterable<Buffer> {
  let block = Buffer.alloc(FILE_HEADER_SIZE);
  let filled = 0;
  let first = true;
  for await (const piece of source) {
    let taken = 0;
    while (taken < piece.length) {
      const part = piece.subarray(taken, taken + block.length - filled);
      block.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled < block.length) continue;
      yield block;
      first = false;
      block = Buffer.alloc(CHUNK_SIZE);
      filled = 0;
    }
  }
  if (filled > 0 || first) yield block.subarray(0, filled);
}
