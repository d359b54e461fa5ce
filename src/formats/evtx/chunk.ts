import { ByteCursor, MalformedBytes } from '../../core/byte-cursor.ts';
import { fault } from '../../core/fault.ts';
import { defaultReadLimits, type ReadLimits } from '../../core/limits.ts';
import type { ReadItem } from '../record.ts';
import type { ChunkContext } from './chunk-context.ts';
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, hasChunkSignature, readChunkHeader } from './chunk-header.ts';
import { chunkBudget } from './decode-budget.ts';
import { readRecord, readRecordSize } from './record.ts';
import { TemplateLibrary } from './template-library.ts';
import { TextCache } from './value-text.ts';

/** What the chunks of a file share. What is kept of earlier chunks makes later ones quicker and changes no result. */
export interface FileContext {
  readonly texts: TextCache;
  readonly library: TemplateLibrary;
  readonly limits: ReadLimits;
}

/**
 * Files under the default limits share their caches too: a host has hundreds of small logs with the same templates. Under
 * other limits a template that was fine before may not be.
 */
export function fileContext(limits: ReadLimits): FileContext {
  if (limits === defaultReadLimits) return ofAllFiles;
  return { texts: ofAllFiles.texts, library: new TemplateLibrary(), limits };
}

const ofAllFiles: FileContext = {
  texts: new TextCache(),
  library: new TemplateLibrary(),
  limits: defaultReadLimits,
};

/**
 * Decodes one chunk: its records in order, with a fault in the place of each that cannot be read. A region of zeros gives
 * nothing: Windows makes files larger than they need be. `base` is the chunk's offset in the file, `checksums` whether the
 * file carries them.
 */
export function decodeChunk(
  bytes: Buffer,
  base: number,
  checksums: boolean,
  file: FileContext,
): readonly ReadItem[] {
  if (!hasChunkSignature(bytes)) {
    if (isZeroed(bytes, 0)) return [];
    const message = `No chunk: expected "ElfChnk", found the bytes ${bytes.toString('hex', 0, 8)}.`;
    return [fault('bad-signature', message, base, bytes.length)];
  }
  if (bytes.length < CHUNK_HEADER_SIZE) return [cutShort(bytes, base)];
  const cursor = new ByteCursor(bytes);
  const context: ChunkContext = {
    cursor,
    names: new Map(),
    templates: new Map(),
    ...file,
    budget: chunkBudget(),
  };
  const whole = bytes.length === CHUNK_SIZE;
  const { freeSpace, headerIntact, recordsIntact } = readChunkHeader(cursor, checksums && whole);
  const items: ReadItem[] = [];
  const end = decodeRecords(context, freeSpace, base, items);
  const explained = end < freeSpace || items.some((item) => item.kind === 'fault');
  if (!whole) items.push(cutShort(bytes, base));
  else if (headerIntact === false) items.push(wrongSum('header', base, CHUNK_HEADER_SIZE));
  else if (recordsIntact === false && !explained) items.push(wrongSum('records', base, freeSpace));
  return items;
}

/** Decodes records up to the free space; gives the offset at which it stopped. */
function decodeRecords(context: ChunkContext, freeSpace: number, base: number, items: ReadItem[]): number {
  let offset = CHUNK_HEADER_SIZE;
  while (offset < freeSpace) {
    let size = freeSpace - offset;
    try {
      // A page that was never written, or lost: Windows ends the chunk there, and so does every other reader.
      if (size >= 4 && context.cursor.u32At(offset) === 0) return offset;
      const whole = readRecordSize(context, offset, freeSpace);
      size = whole;
      items.push(readRecord(context, offset, size, base));
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      items.push(fault(error.code, error.message, base + offset, size));
    }
    offset += size;
  }
  return offset;
}

function cutShort(bytes: Buffer, base: number): ReadItem {
  const message = `The file ends inside a chunk: ${bytes.length} of ${CHUNK_SIZE} bytes.`;
  return fault('truncated', message, base + bytes.length, 0);
}

function wrongSum(what: string, base: number, length: number): ReadItem {
  const message = `The checksum of the chunk's ${what} is wrong: bytes have changed since they were written.`;
  return fault('bad-checksum', message, base, length);
}

function isZeroed(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}
