import type { Ticks } from '../core/ticks.ts';

/**
 * Events as rows of the table of events, with what the store has to know of them to write them. Plain data in flat memory,
 * so that it can be made in one thread and written in another (`transferables`).
 */
export interface EncodedEvents {
  /** RowBinary in the order of `eventColumns`; a row may go on in the next chunk. */
  readonly chunks: readonly Uint8Array[];
  /** Where each row ends, in bytes from the first chunk's beginning. */
  readonly rowEnds: Uint32Array;
  /** `FINGERPRINT_BYTES` a row. */
  readonly fingerprints: Uint8Array;
  readonly indexes: readonly string[];
  /** By row: its place in `indexes`. */
  readonly rowIndexes: Uint32Array;
  readonly fieldNames: readonly string[];
  /** The fields of all rows, one row after another: their place in `fieldNames`, doubled, plus 1 for several values. */
  readonly fields: Uint32Array;
  /** Where each row's fields end in `fields`. */
  readonly fieldEnds: Uint32Array;
  readonly hosts: readonly string[];
  /** The clocks that the events' times were taken from (`Event.timeSource`). */
  readonly clocks: readonly string[];
  readonly first: Ticks;
  readonly last: Ticks;
}

export const FINGERPRINT_BYTES = 16;

/** Bytes that the encoded events hold. */
export function heldBytes(events: EncodedEvents): number {
  return memoryOf(events).reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/** The memory that goes along when encoded events are sent to another thread. */
export function transferables(events: EncodedEvents): readonly ArrayBuffer[] {
  return memoryOf(events).map(({ buffer }) => buffer as ArrayBuffer);
}

function memoryOf(events: EncodedEvents): readonly (Uint8Array | Uint32Array)[] {
  const { chunks, rowEnds, fingerprints, rowIndexes, fields, fieldEnds } = events;
  return [...chunks, rowEnds, fingerprints, rowIndexes, fields, fieldEnds];
}
