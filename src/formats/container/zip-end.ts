import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';

/** A comment may have this many bytes, so the end record begins no further from the end. */
const COMMENT_BYTES = 65_535;
const END_BYTES = 22;

/**
 * Where the archive ends within the file: behind its end record (APPNOTE 4.3.16). The archive's own reader takes none
 * with as much as a line feed behind it, which real ones have; `extra` counts what is there and not blank.
 */
export async function endOfZip(path: string): Promise<{ readonly size: number; readonly extra: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, COMMENT_BYTES + END_BYTES));
    await file.read(tail, 0, tail.length, size - tail.length);
    for (let at = tail.length - END_BYTES; at >= 0; at--) {
      if (tail.readUInt32LE(at) !== 0x06054b50) continue;
      const end = at + END_BYTES + tail.readUInt16LE(at + 20);
      if (end > tail.length) continue;
      const isBlank = tail
        .subarray(end)
        .every((byte) => byte === 0 || byte === 0x0a || byte === 0x0d || byte === 0x20);
      return { size: size - (tail.length - end), extra: isBlank ? 0 : tail.length - end };
    }
    return { size, extra: 0 };
  } finally {
    await file.close();
  }
}

/** A file's bytes for the archive's reader, up to the size that it is told. */
export class FilePart extends yauzl.RandomAccessReader {
  private readonly path: string;

  constructor(path: string) {
    super();
    this.path = path;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.path, { start, end: end - 1 });
  }
}
