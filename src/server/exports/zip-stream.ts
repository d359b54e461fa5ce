import { createReadStream } from 'node:fs';
import { crc32, createDeflateRaw } from 'node:zlib';
import {
  deflated,
  dosTime,
  most32,
  type PackedFile,
  zip64Field,
  zipDirectory,
  zipFlags,
  zipVersion,
} from './zip-directory.ts';

/** A file on its way into an archive. */
export interface ZipFile {
  /** With `/`, relative. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** Files of more bytes get sizes of 64 bits; packed, a file may be a little larger than it is. */
const largeFrom = 0xf000_0000;

/** Logs pack to a tenth at any level; a higher one takes several times as long. */
const level = 1;

/** A zip archive of files (APPNOTE 6.3), as a stream in bounded memory. Files of any size, in any number. */
export async function* zipStream(files: Iterable<ZipFile>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const written: PackedFile[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const isLarge = file.bytes > largeFrom;
    const head = localHead(name, isLarge);
    yield head;
    let crc = 0;
    let size = 0;
    let packedSize = 0;
    const pieces = createReadStream(file.path, { highWaterMark: 1 << 18, signal });
    const packer = createDeflateRaw({ level, chunkSize: 1 << 16 });
    pieces.on('data', (piece) => {
      crc = crc32(piece, crc);
      size += piece.length;
    });
    pieces.on('error', (error) => packer.destroy(error));
    try {
      for await (const piece of pieces.pipe(packer) as AsyncIterable<Buffer>) {
        packedSize += piece.length;
        yield piece;
      }
    } finally {
      pieces.destroy();
    }
    if (!isLarge && (size > most32 || packedSize > most32))
      throw new Error(`${file.name} grew while it was read`);
    const tail = dataDescriptor({ crc, size, packedSize }, isLarge);
    yield tail;
    written.push({ name, crc, size, packedSize, offset });
    offset += head.length + packedSize + tail.length;
  }
  yield zipDirectory(written, offset);
}

function localHead(name: Buffer, isLarge: boolean): Buffer {
  const extra = isLarge ? zip64Field([0n, 0n]) : Buffer.alloc(0);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50, 0);
  head.writeUInt16LE(zipVersion, 4);
  head.writeUInt16LE(zipFlags, 6);
  head.writeUInt16LE(deflated, 8);
  head.writeUInt32LE(dosTime, 10);
  if (isLarge) head.fill(0xff, 18, 26);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
}

function dataDescriptor(
  { crc, size, packedSize }: Pick<PackedFile, 'crc' | 'size' | 'packedSize'>,
  isLarge: boolean,
): Buffer {
  const tail = Buffer.alloc(isLarge ? 24 : 16);
  tail.writeUInt32LE(0x0807_4b50, 0);
  tail.writeUInt32LE(crc, 4);
  if (isLarge) {
    tail.writeBigUInt64LE(BigInt(packedSize), 8);
    tail.writeBigUInt64LE(BigInt(size), 16);
  } else {
    tail.writeUInt32LE(packedSize, 8);
    tail.writeUInt32LE(size, 12);
  }
  return tail;
}
