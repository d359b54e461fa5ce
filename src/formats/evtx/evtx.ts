import { defaultReadLimits } from '../../core/limits.ts';
import type { ByteSource, Format, ReadOptions } from '../format.ts';
import type { ReadItem } from '../record.ts';
import { decodeChunk, fileContext } from './chunk.ts';
import { CHUNK_SIZE } from './chunk-header.ts';
import type { FileHeader } from './file-header.ts';
import { FILE_HEADER_SIZE, hasFileSignature, readFileHeader } from './file-header.ts';

/** Windows event logs, binary (`.evtx`, MS-EVEN6 and libevtx's description of the file). One batch for each chunk. */
export const evtxFormat: Format = {
  name: 'evtx',
  input: 'binary',
  recognises: hasFileSignature,
  read: readEvtx,
};

type DecodeOptions = Pick<ReadOptions, 'start' | 'limits'>;

/**
 * Decodes a whole file in memory: its records and faults in order, one batch for each chunk that has any. What a batch
 * holds is decoded when it is asked for.
 */
export function* decodeEvtxBytes(
  bytes: Uint8Array,
  options: DecodeOptions = {},
): Generator<readonly ReadItem[], void, undefined> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const decode = evtxDecoder(options);
  let at = 0;
  do {
    const block = file.subarray(at, at + (at === 0 ? FILE_HEADER_SIZE : CHUNK_SIZE));
    const items = decode(block);
    if (items.length > 0) yield items;
    at += block.length;
  } while (at < file.length);
}

async function* readEvtx(source: ByteSource, options: ReadOptions = {}): AsyncIterable<readonly ReadItem[]> {
  const decode = evtxDecoder(options);
  for await (const block of blocksOf(source)) {
    options.signal?.throwIfAborted();
    const items = decode(block);
    if (items.length > 0) yield items;
  }
}

/** Decodes a file block by block: first the file header, then each chunk. */
function evtxDecoder({
  start = 0,
  limits = defaultReadLimits,
}: DecodeOptions): (block: Buffer) => readonly ReadItem[] {
  const file = fileContext(limits);
  let header: FileHeader | undefined;
  let offset = start;
  return (block) => {
    const base = offset;
    offset += block.length;
    if (header !== undefined) return decodeChunk(block, base, header.checksums, file);
    const first = readFileHeader(block, base);
    header = first.header;
    return first.faults;
  };
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
