import { crc32 } from 'node:zlib';
import type { Fault } from '../../core/fault.ts';
import { fault } from '../../core/fault.ts';

/** Bytes before the first chunk. */
export const FILE_HEADER_SIZE = 4096;

const signature = Buffer.from('ElfFile\0', 'latin1');
const CHECKED_BYTES = 120;
const FLAG_NO_CRC32 = 0x4;

/**
 * What the decoder takes from the file header. The header's count of chunks is not among it: a log that was copied while
 * it was open has more chunks than its header says.
 */
export interface FileHeader {
  /** False where the file says that it carries no CRC32 sums. */
  readonly checksums: boolean;
}

export function hasFileSignature(bytes: Uint8Array): boolean {
  return bytes.length >= signature.length && signature.equals(bytes.subarray(0, signature.length));
}

/** Reads the header of a file, `bytes` being what there is of its first 4096 bytes and `base` their offset in the stream. */
export function readFileHeader(
  bytes: Buffer,
  base: number,
): {
  readonly header: FileHeader;
  readonly faults: readonly Fault[];
} {
  if (bytes.length === 0)
    return { header: { checksums: true }, faults: [fault('empty', 'The file is empty.', base, 0)] };
  if (!hasFileSignature(bytes)) {
    const found = bytes.toString('hex', 0, signature.length);
    const message = `No event log file header: expected "ElfFile", found the bytes ${found}.`;
    return { header: { checksums: true }, faults: [fault('bad-signature', message, base, bytes.length)] };
  }
  if (bytes.length < FILE_HEADER_SIZE) {
    const message = `The file ends inside its header: ${bytes.length} of ${FILE_HEADER_SIZE} bytes.`;
    return { header: { checksums: true }, faults: [fault('truncated', message, base, bytes.length)] };
  }
  const checksums = (bytes.readUInt32LE(120) & FLAG_NO_CRC32) === 0;
  if (checksums && crc32(bytes.subarray(0, CHECKED_BYTES)) !== bytes.readUInt32LE(124)) {
    const message = 'The checksum of the file header is wrong: its bytes have changed since it was written.';
    return { header: { checksums }, faults: [fault('bad-checksum', message, base, CHECKED_BYTES)] };
  }
  return { header: { checksums }, faults: [] };
}
