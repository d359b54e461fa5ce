import type { Ticks } from '../core/ticks.ts';
import { type EncodedEvents, FINGERPRINT_BYTES } from './encoded-events.ts';
import { chunkSlices } from './row-binary-writer.ts';
import type { FieldFacts } from './store.ts';

/** What the fields of a batch are, by index and name. */
export type BatchFields = ReadonlyMap<string, ReadonlyMap<string, FieldFacts>>;

/** Where and when a batch's events are. */
export interface BatchScope {
  readonly indexes: readonly string[];
  readonly hosts: readonly string[];
  readonly first: Ticks;
  readonly last: Ticks;
  /** The clocks that the events' times were taken from (`Event.timeSource`). */
  readonly clocks: readonly string[];
}

/** Rows that are to be written: their bytes, and what their fields are by index and name. */
export interface BatchRows {
  readonly rows: number;
  readonly chunks: readonly Uint8Array[];
  readonly fields: BatchFields;
}

/** Encoded events that are written as one. Of events with the same fingerprint the first counts. */
export class EncodedBatch {
  /** Rows, repeats included. */
  readonly rows: number;
  readonly scope: BatchScope;
  readonly #parts: readonly EncodedEvents[];
  /** By part and row: the fingerprint as a text of 16 bytes, undefined for a repeat. */
  readonly #kept: readonly (string | undefined)[][];

  constructor(parts: readonly EncodedEvents[]) {
    this.#parts = parts.filter(({ rowEnds }) => rowEnds.length > 0);
    this.rows = this.#parts.reduce((sum, { rowEnds }) => sum + rowEnds.length, 0);
    this.scope = scopeOf(this.#parts);
    const met = new Set<string>();
    this.#kept = this.#parts.map(({ fingerprints }) => firstOfEach(fingerprints, met));
  }

  /** The fingerprints of the rows, without the repeats, one behind another. */
  fingerprints(): Uint8Array {
    return Buffer.from(this.#kept.map((part) => part.join('')).join(''), 'latin1');
  }

  /** The rows but the repeats and those of the given fingerprints. */
  without(stored: ReadonlySet<string>): BatchRows {
    const chunks: Uint8Array[] = [];
    const fields = new Map<string, Map<string, FieldFacts>>();
    let rows = 0;
    for (const [at, part] of this.#parts.entries()) {
      const kept = (this.#kept[at] ?? []).map((id) => id !== undefined && !stored.has(id));
      const count = kept.reduce((sum, isKept) => sum + (isKept ? 1 : 0), 0);
      rows += count;
      if (count === kept.length) chunks.push(...part.chunks);
      else chunks.push(...chunkSlices(part.chunks, spansOf(kept, part.rowEnds)));
      addFacts(fields, part, kept);
    }
    return { rows, chunks, fields };
  }
}

function scopeOf(parts: readonly EncodedEvents[]): BatchScope {
  const [head] = parts;
  let first = head?.first ?? 0n;
  let last = head?.last ?? 0n;
  for (const part of parts) {
    if (part.first < first) first = part.first;
    if (part.last > last) last = part.last;
  }
  const distinct = (texts: (part: EncodedEvents) => readonly string[]) => [...new Set(parts.flatMap(texts))];
  return {
    indexes: distinct(({ indexes }) => indexes),
    hosts: distinct(({ hosts }) => hosts),
    clocks: distinct(({ clocks }) => clocks),
    first,
    last,
  };
}

/** The fingerprints as texts; those that were met before are undefined. */
function firstOfEach(fingerprints: Uint8Array, met: Set<string>): (string | undefined)[] {
  const bytes = Buffer.from(fingerprints.buffer, fingerprints.byteOffset, fingerprints.byteLength);
  const kept: (string | undefined)[] = [];
  for (let at = 0; at < bytes.length; at += FINGERPRINT_BYTES) {
    const fingerprint = bytes.toString('latin1', at, at + FINGERPRINT_BYTES);
    const before = met.size;
    met.add(fingerprint);
    kept.push(met.size === before ? undefined : fingerprint);
  }
  return kept;
}

/** Spans of the rows that are kept, neighbours joined. */
function spansOf(kept: readonly boolean[], rowEnds: Uint32Array): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  let start = 0;
  for (let row = 0; row < kept.length; row++) {
    const end = rowEnds[row] as number;
    const last = spans.at(-1);
    if (kept[row] && last?.[1] === start) last[1] = end;
    else if (kept[row]) spans.push([start, end]);
    start = end;
  }
  return spans;
}

/** Adds what the fields of a part's kept rows are. */
function addFacts(
  byIndex: Map<string, Map<string, FieldFacts>>,
  part: EncodedEvents,
  kept: readonly boolean[],
): void {
  for (const [place, index] of part.indexes.entries()) {
    const isCounted = (row: number) => kept[row] === true && part.rowIndexes[row] === place;
    const { events, multivalue } = countFields(part, isCounted);
    const facts = byIndex.get(index) ?? new Map<string, FieldFacts>();
    byIndex.set(index, facts);
    for (const [number, name] of part.fieldNames.entries()) {
      const count = events[number] ?? 0;
      if (count === 0) continue;
      const known = facts.get(name);
      facts.set(name, {
        events: count + (known?.events ?? 0),
        multivalue: multivalue[number] === 1 || known?.multivalue === true,
      });
    }
  }
}

/** By the field's number: in how many of the rows it is, and whether any has several values in it. */
function countFields(
  { fields, fieldEnds, fieldNames }: EncodedEvents,
  isCounted: (row: number) => boolean,
): { readonly events: Uint32Array; readonly multivalue: Uint8Array } {
  const events = new Uint32Array(fieldNames.length);
  const multivalue = new Uint8Array(fieldNames.length);
  let at = 0;
  for (let row = 0; row < fieldEnds.length; row++) {
    const end = fieldEnds[row] as number;
    if (!isCounted(row)) at = end;
    for (; at < end; at++) {
      const field = fields[at] as number;
      const number = field >>> 1;
      events[number] = (events[number] as number) + 1;
      if (field & 1) multivalue[number] = 1;
    }
  }
  return { events, multivalue };
}
