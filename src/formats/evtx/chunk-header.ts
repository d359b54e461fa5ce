import { crc32 } from 'node:zlib';
import type { ByteCursor } from '../../core/byte-cursor.ts';

/** Every chunk is this long, whatever it holds. Offsets inside a chunk count from its start. */
export const CHUNK_SIZE = 65_536;
export const CHUNK_HEADER_SIZE = 512;

const FLAG_NO_CRC32 = 0x4;

export interface ChunkHeader {
  /** Offset behind the last record. */
  readonly freeSpace: number;
  /** Whether the sums over the header and over the records are right; undefined where the chunk carries none. */
  readonly headerIntact: boolean | undefined;
  readonly recordsIntact: boolean | undefined;
}

export function hasChunkSignature(bytes: Buffer): boolean {
  return bytes.length >= 8 && bytes.toString('latin1', 0, 8) === 'ElfChnk\0';
}

/** Reads the header of a chunk that has its signature. A free-space offset that cannot be is taken as the chunk's end. */
export function readChunkHeader(cursor: ByteCursor, checksums: boolean): ChunkHeader {
  const { bytes } = cursor;
  cursor.need(0, CHUNK_HEADER_SIZE);
  const claimed = cursor.u32At(48);
  const freeSpace = claimed < CHUNK_HEADER_SIZE || claimed > bytes.length ? bytes.length : claimed;
  if (!checksums || (cursor.u32At(120) & FLAG_NO_CRC32) !== 0)
    return { freeSpace, headerIntact: undefined, recordsIntact: undefined };
  // The sum leaves out itself and the flags, which Windows changes in place.
  const headerSum = crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120)));
  const recordsSum = crc32(bytes.subarray(CHUNK_HEADER_SIZE, freeSpace));
  return {
    freeSpace,
    headerIntact: headerSum === cursor.u32At(124),
    recordsIntact: recordsSum === cursor.u32At(52),
  };
}
