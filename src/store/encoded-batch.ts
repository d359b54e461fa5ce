import type { Ticks } from '../core/ticks.ts';
import type { FieldValue } from '../events/event.ts';
import { encodeJsonKey } from './json-key.ts';
import { RowBinaryWriter } from './row-binary-writer.ts';
import type { FieldFacts, StoredEvent } from './store.ts';

/** What the encoder knows of a field's name. */
interface FieldCoding {
  readonly number: number;
  /** Position among the hot columns, or -1. */
  readonly column: number;
  /** Length and bytes of its path in the JSON column. */
  readonly path: Uint8Array;
}

/** Names of fields remembered at most from batch to batch, so that hostile names cannot fill the memory. */
const rememberedNames = 50_000;

/** Type codes of the engine's binary form of types. */
const stringType = 0x15;
const arrayType = 0x1e;
const nullableType = 0x23;

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

/**
 * Events as rows of the table of events: RowBinary in the order of `eventColumns`. An event is encoded when it is added, so
 * that nothing holds it; one whose fingerprint the batch has is left out.
 */
export class EncodedBatch {
  readonly #columns: readonly string[];
  readonly #row = new RowBinaryWriter();
  readonly #pathWriter = new RowBinaryWriter();
  readonly #slots: (string | undefined)[];
  readonly #paths: FieldCoding[] = [];
  readonly #values: FieldValue[] = [];
  readonly #codings = new Map<string, FieldCoding>();
  readonly #fingerprints = new Set<string>();
  readonly #rowEnds: number[] = [];
  readonly #rowIndexes: string[] = [];
  readonly #rowFields = new RowFields();
  readonly #hosts = new Set<string>();
  readonly #clocks = new Set<string>();
  #first: Ticks = 0n;
  #last: Ticks = 0n;

  /** `columns` are the names of the hot columns, in their order. */
  constructor(columns: readonly string[]) {
    this.#columns = columns;
    this.#slots = columns.map(() => undefined);
  }

  get rows(): number {
    return this.#rowEnds.length;
  }

  get bytes(): number {
    return this.#row.length;
  }

  /** Fingerprints of the rows, as texts of 16 bytes. */
  get fingerprints(): ReadonlySet<string> {
    return this.#fingerprints;
  }

  get scope(): BatchScope {
    return {
      indexes: [...new Set(this.#rowIndexes)],
      hosts: [...this.#hosts],
      first: this.#first,
      last: this.#last,
      clocks: [...this.#clocks],
    };
  }

  /** Forgets the events and keeps the memory. */
  clear(): void {
    this.#row.clear();
    this.#fingerprints.clear();
    this.#rowEnds.length = 0;
    this.#rowIndexes.length = 0;
    this.#rowFields.clear();
    this.#hosts.clear();
    this.#clocks.clear();
    if (this.#codings.size > rememberedNames) this.#codings.clear();
  }

  add(stored: StoredEvent): void {
    const { event } = stored;
    const before = this.#fingerprints.size;
    this.#fingerprints.add(fingerprintText(stored.fingerprint));
    if (this.#fingerprints.size === before) return;
    if (before === 0 || event.time < this.#first) this.#first = event.time;
    if (before === 0 || event.time > this.#last) this.#last = event.time;
    this.#hosts.add(event.host);
    this.#clocks.add(event.timeSource);
    this.#rowIndexes.push(stored.index);
    this.#members(stored);
    this.#sortFields(event.fields);
    this.#hotColumns();
    this.#json();
    this.#rowEnds.push(this.#row.length);
  }

  /** The rows but those of the given fingerprints: their bytes, and what their fields are by index and name. */
  without(stored: ReadonlySet<string>): {
    readonly rows: number;
    readonly chunks: readonly Uint8Array[];
    readonly fields: BatchFields;
  } {
    const kept = [...this.#fingerprints].map((fingerprint) => !stored.has(fingerprint));
    const chunks = stored.size === 0 ? this.#row.chunks() : this.#row.slices(this.#ranges(kept));
    const rows = kept.filter(Boolean).length;
    return { rows, chunks, fields: this.#facts(kept) };
  }

  /** Spans of the rows that are kept, neighbours joined. */
  #ranges(kept: readonly boolean[]): readonly (readonly [number, number])[] {
    const ranges: [number, number][] = [];
    let start = 0;
    for (let row = 0; row < kept.length; row++) {
      const end = this.#rowEnds[row] as number;
      const last = ranges.at(-1);
      if (kept[row] && last?.[1] === start) last[1] = end;
      else if (kept[row]) ranges.push([start, end]);
      start = end;
    }
    return ranges;
  }

  #facts(kept: readonly boolean[]): BatchFields {
    const byIndex = new Map<string, Map<string, FieldFacts>>();
    for (const index of new Set(this.#rowIndexes)) {
      const counts = this.#rowFields.count((row) => kept[row] === true && this.#rowIndexes[row] === index);
      const facts = new Map<string, FieldFacts>();
      for (const [name, { number }] of this.#codings) {
        const events = counts.events[number] ?? 0;
        if (events > 0) facts.set(name, { events, multivalue: counts.multivalue[number] === 1 });
      }
      byIndex.set(index, facts);
    }
    return byIndex;
  }

  /** Puts values into the slots of the hot columns, and the others and all with several values with the JSON column. */
  #sortFields(fields: Readonly<Record<string, FieldValue>>): void {
    this.#paths.length = 0;
    this.#values.length = 0;
    this.#slots.fill(undefined);
    for (const name of Object.keys(fields)) {
      const value = fields[name] as FieldValue;
      const coding = this.#codings.get(name) ?? this.#newCoding(name);
      const isText = typeof value === 'string';
      this.#rowFields.push(coding.number, !isText);
      if (isText && coding.column >= 0) this.#slots[coding.column] = value;
      else {
        this.#paths.push(coding);
        this.#values.push(value);
      }
    }
    this.#rowFields.endRow();
  }

  #members(stored: StoredEvent): void {
    const row = this.#row;
    const { event } = stored;
    row.raw(stored.fingerprint);
    row.signed64(event.time);
    row.signed64(stored.arrival);
    row.text(stored.index);
    row.text(event.host);
    row.text(event.source);
    row.text(event.sourcetype);
    row.text(event.product);
    row.text(event.eventClass);
    row.text(event.timeSource);
    row.text(stored.origin);
    row.unsigned64(BigInt(stored.offset));
    row.text(event.raw);
  }

  #hotColumns(): void {
    for (const value of this.#slots) {
      if (value === undefined) this.#row.byte(1);
      else {
        this.#row.byte(0);
        this.#row.text(value);
      }
    }
  }

  #json(): void {
    const row = this.#row;
    row.variableInteger(this.#paths.length);
    for (let at = 0; at < this.#paths.length; at++) {
      row.raw((this.#paths[at] as FieldCoding).path);
      const value = this.#values[at] as FieldValue;
      if (typeof value === 'string') {
        row.byte(stringType);
        row.text(value);
      } else {
        row.byte(arrayType);
        row.byte(nullableType);
        row.byte(stringType);
        row.variableInteger(value.length);
        for (const item of value) {
          row.byte(0);
          row.text(item);
        }
      }
    }
  }

  #newCoding(name: string): FieldCoding {
    this.#pathWriter.clear();
    this.#pathWriter.text(encodeJsonKey(name));
    const path = Uint8Array.from(Buffer.concat(this.#pathWriter.chunks()));
    const coding = { number: this.#codings.size, column: this.#columns.indexOf(name), path };
    this.#codings.set(name, coding);
    return coding;
  }
}

/** Which fields each row has: numbers of codings, doubled, plus 1 where the row has several values. */
class RowFields {
  #fields = new Uint32Array(1 << 16);
  #length = 0;
  readonly #ends: number[] = [];
  #highest = 0;

  push(number: number, multivalue: boolean): void {
    if (this.#length === this.#fields.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#fields);
      this.#fields = grown;
    }
    this.#fields[this.#length++] = number * 2 + (multivalue ? 1 : 0);
    if (number > this.#highest) this.#highest = number;
  }

  endRow(): void {
    this.#ends.push(this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#ends.length = 0;
    this.#highest = 0;
  }

  /** By number: in how many of the rows the field is, and whether any has several values in it. */
  count(isCounted: (row: number) => boolean): {
    readonly events: Uint32Array;
    readonly multivalue: Uint8Array;
  } {
    const events = new Uint32Array(this.#highest + 1);
    const multivalue = new Uint8Array(this.#highest + 1);
    let at = 0;
    for (let row = 0; row < this.#ends.length; row++) {
      const end = this.#ends[row] as number;
      if (!isCounted(row)) at = end;
      for (; at < end; at++) {
        const field = this.#fields[at] as number;
        const number = field >>> 1;
        events[number] = (events[number] as number) + 1;
        if (field & 1) multivalue[number] = 1;
      }
    }
    return { events, multivalue };
  }
}

function fingerprintText(fingerprint: Uint8Array): string {
  return Buffer.from(fingerprint.buffer, fingerprint.byteOffset, fingerprint.byteLength).toString('latin1');
}
