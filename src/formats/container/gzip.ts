import { crc32 } from 'node:zlib';
import { fault } from '../../core/fault.ts';
import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import { ByteReader } from './byte-reader.ts';
import { inflateRaw } from './inflate.ts';

/**
 * Unpacks gzip data (RFC 1952), any number of members. Member by member, because Node's own reader gives up what it just
 * unpacked when other bytes follow, as little as a line feed.
 */
export async function* unpackGzip(source: ByteSource, report: Report): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  try {
    while (await readHeader(reader, report)) {
      let sum = 0;
      let size = 0;
      const content = inflateRaw(reader, report);
      let next = await content.next();
      try {
        for (; !next.done; next = await content.next()) {
          sum = crc32(next.value, sum);
          size += next.value.length;
          yield next.value;
        }
      } finally {
        await content.return(false);
      }
      if (!next.value) return;
      const begin = reader.offset;
      const trailer = await reader.take(8);
      if (trailer.length < 8) {
        report(fault('truncated', 'gzip data: unexpected end of file', begin));
        return;
      }
      if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32) {
        report(fault('bad-checksum', 'the unpacked bytes are not those that were packed', begin));
      }
    }
  } finally {
    await reader.close();
  }
}

const CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

/** Whether a member follows; other bytes than blanks and zeros, which pad, are reported. */
async function readHeader(reader: ByteReader, report: Report): Promise<boolean> {
  let begin = reader.offset;
  let first = await reader.take(1);
  while (begin > 0 && (first[0] === 0 || first[0] === 0x0a || first[0] === 0x0d)) {
    begin = reader.offset;
    first = await reader.take(1);
  }
  if (first.length === 0) return false;
  const head = Buffer.concat([first, await reader.take(9)]);
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) {
    report(fault('bad-structure', 'other bytes behind the gzip data', begin));
    return false;
  }
  const flags = head[3] ?? 0;
  if (flags & EXTRA) {
    const size = await reader.take(2);
    await reader.take(size.length < 2 ? 0 : size.readUInt16LE(0));
  }
  if (flags & NAME) await passText(reader);
  if (flags & COMMENT) await passText(reader);
  if (flags & CRC) await reader.take(2);
  return true;
}

/** Reads past a text that ends in a zero byte. */
async function passText(reader: ByteReader): Promise<void> {
  for (;;) {
    const piece = await reader.some(256);
    const end = piece.indexOf(0);
    if (end >= 0) reader.giveBack(piece.subarray(end + 1));
    if (end >= 0 || piece.length === 0) return;
  }
}
