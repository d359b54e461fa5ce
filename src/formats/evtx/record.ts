import { MalformedBytes } from '../../core/byte-cursor.ts';
import type { WindowsEventRecord } from '../record.ts';
import type { ChunkContext } from './chunk-context.ts';
import { spend } from './decode-budget.ts';
import { eventOf } from './event-draft.ts';
import { readFragment } from './fragment-reader.ts';
import { renderFragment } from './xml-program.ts';

/** Signature, size, record id, time of writing. */
const RECORD_HEADER_SIZE = 24;
/** The size again, so that records can be read backwards. */
const RECORD_TRAILER_SIZE = 4;
export const RECORD_SIGNATURE = 0x0000_2a2a;

/** Bytes of the record at `offset` in the chunk, by its header; throws where that is no record's header. */
export function readRecordSize(context: ChunkContext, offset: number, freeSpace: number): number {
  const { cursor } = context;
  const signature = cursor.u32At(offset);
  if (signature !== RECORD_SIGNATURE) {
    const message = `No record: expected the signature 0x2a2a, found 0x${signature.toString(16)}.`;
    throw new MalformedBytes('bad-signature', message, offset);
  }
  const size = cursor.u32At(offset + 4);
  if (size < RECORD_HEADER_SIZE + RECORD_TRAILER_SIZE || offset + size > freeSpace) {
    const message = `A record of ${size} bytes where ${freeSpace - offset} bytes hold records.`;
    throw new MalformedBytes('bad-structure', message, offset);
  }
  return size;
}

/** Decodes the record of `size` bytes at `offset` in the chunk; `base` is the chunk's offset in the file. */
export function readRecord(
  context: ChunkContext,
  offset: number,
  size: number,
  base: number,
): WindowsEventRecord {
  const { cursor, budget, limits } = context;
  const end = offset + size - RECORD_TRAILER_SIZE;
  const trailer = cursor.u32At(end);
  // Zeros are a page that did not reach the disk; what stands before it is as the event had it.
  if (trailer !== size && trailer !== 0) {
    const message = `A torn record: ${size} bytes by its start, ${trailer} by its end.`;
    throw new MalformedBytes('bad-structure', message, offset);
  }
  const fragment = readFragment(context, offset + RECORD_HEADER_SIZE, end, 0);
  const raw = renderFragment(fragment, budget);
  spend(budget, 'characters', raw.length, offset);
  if (raw.length > limits.recordBytes) {
    const message = `An event of ${raw.length} characters; at most ${limits.recordBytes} are read.`;
    throw new MalformedBytes('too-long', message, offset);
  }
  const event = eventOf(context, fragment, raw, base + offset);
  if (event === undefined)
    throw new MalformedBytes('bad-structure', 'The record holds no Event element.', offset);
  return event;
}
