import type { Report } from '../byte-stream.ts';
import type { ByteSource } from '../format.ts';
import { unpackGzip } from './gzip.ts';
import { unpackZstd } from './zstd.ts';

/** A packing of one stream: what comes out has the name of what went in. */
export interface Compression {
  readonly name: string;
  recognises(head: Uint8Array): boolean;
  /** Never throws; what came before a defect is kept, and the defect is reported. */
  unpack(source: ByteSource, report: Report): ByteSource;
}

export const gzip: Compression = {
  name: 'gzip',
  recognises: ([first, second, third]) => first === 0x1f && second === 0x8b && third === 8,
  unpack: unpackGzip,
};

/** A frame, or one to be skipped (RFC 8878 section 3.1). */
export const zstd: Compression = {
  name: 'zstd',
  recognises: ([first = 0, second, third, fourth]) =>
    (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) ||
    (first >> 4 === 5 && second === 0x2a && third === 0x4d && fourth === 0x18),
  unpack: unpackZstd,
};
