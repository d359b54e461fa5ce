import type { Ticks } from '../core/ticks.ts';
import type { FieldValue } from '../events/event.ts';
import type { EncodedEvents } from './encoded-events.ts';
import { hotColumns } from './event-columns.ts';
import { encodeJsonKey } from './json-key.ts';
import { NumberList } from './number-list.ts';
import { RowBinaryWriter } from './row-binary-writer.ts';
import type { StoredEvent } from './store.ts';

/** What the encoder knows of a field's name. */
interface FieldCoding {
  /** Position among the hot columns, or -1. */
  readonly column: number;
  /** Length and bytes of its path in the JSON column. */
  readonly path: Uint8Array;
  /** Its place among the names of the present part, and which part that is. */
  number: number;
  part: number;
}

/** Names of fields remembered at most from part to part, so that hostile names cannot fill the memory. */
const rememberedNames = 50_000;

/** Type codes of the engine's binary form of types. */
const stringType = 0x15;
const arrayType = 0x1e;
const nullableType = 0x23;

/**
 * Makes events into rows of the table of events: RowBinary in the order of `eventColumns`. An event is encoded when it is
 * added, so that nothing holds it. Needs no store, so it can work in any thread.
 */
export class EventEncoder {
  readonly #row = new RowBinaryWriter();
  readonly #pathWriter = new RowBinaryWriter();
  readonly #columns: readonly string[] = hotColumns().map(({ name }) => name);
  readonly #slots: (string | undefined)[] = this.#columns.map(() => undefined);
  readonly #paths: FieldCoding[] = [];
  readonly #values: FieldValue[] = [];
  readonly #codings = new Map<string, FieldCoding>();
  readonly #rowEnds = new NumberList();
  readonly #fingerprints = new RowBinaryWriter();
  readonly #indexes = new Map<string, number>();
  readonly #rowIndexes = new NumberList();
  readonly #fields = new NumberList();
  readonly #fieldEnds = new NumberList();
  readonly #hosts = new Set<string>();
  readonly #clocks = new Set<string>();
  #fieldNames: string[] = [];
  #part = 0;
  #first: Ticks = 0n;
  #last: Ticks = 0n;

  /** Rows since the last `take`. */
  get rows(): number {
    return this.#rowEnds.length;
  }

  /** Bytes of those rows. */
  get bytes(): number {
    return this.#row.length;
  }

  add(stored: StoredEvent): void {
    const { event } = stored;
    const isFirst = this.rows === 0;
    if (isFirst || event.time < this.#first) this.#first = event.time;
    if (isFirst || event.time > this.#last) this.#last = event.time;
    this.#hosts.add(event.host);
    this.#clocks.add(event.timeSource);
    this.#fingerprints.raw(stored.fingerprint);
    this.#addIndex(stored.index);
    this.#members(stored);
    this.#sortFields(event.fields);
    this.#hotColumns();
    this.#json();
    this.#rowEnds.push(this.#row.length);
  }

  /** Gives what was added since the last time, and begins anew. */
  take(): EncodedEvents {
    const taken: EncodedEvents = {
      chunks: this.#row.take(),
      rowEnds: this.#rowEnds.take(),
      fingerprints: new Uint8Array(Buffer.concat(this.#fingerprints.chunks())),
      indexes: [...this.#indexes.keys()],
      rowIndexes: this.#rowIndexes.take(),
      fieldNames: this.#fieldNames,
      fields: this.#fields.take(),
      fieldEnds: this.#fieldEnds.take(),
      hosts: [...this.#hosts],
      clocks: [...this.#clocks],
      first: this.#first,
      last: this.#last,
    };
    this.#fingerprints.clear();
    this.#indexes.clear();
    this.#hosts.clear();
    this.#clocks.clear();
    this.#fieldNames = [];
    this.#part++;
    if (this.#codings.size > rememberedNames) this.#codings.clear();
    return taken;
  }

  /** Takes back the memory of chunks that are not needed any more. */
  reuse(chunks: readonly Uint8Array[]): void {
    this.#row.reuse(chunks);
  }

  #addIndex(index: string): void {
    const known = this.#indexes.get(index);
    const place = known ?? this.#indexes.size;
    if (known === undefined) this.#indexes.set(index, place);
    this.#rowIndexes.push(place);
  }

  /** Puts values into the slots of the hot columns, and the others and all with several values with the JSON column. */
  #sortFields(fields: Readonly<Record<string, FieldValue>>): void {
    this.#paths.length = 0;
    this.#values.length = 0;
    this.#slots.fill(undefined);
    for (const name of Object.keys(fields)) {
      const value = fields[name] as FieldValue;
      const coding = this.#codings.get(name) ?? this.#newCoding(name);
      if (coding.part !== this.#part) {
        coding.part = this.#part;
        coding.number = this.#fieldNames.push(name) - 1;
      }
      const isText = typeof value === 'string';
      this.#fields.push(coding.number * 2 + (isText ? 0 : 1));
      if (isText && coding.column >= 0) this.#slots[coding.column] = value;
      else {
        this.#paths.push(coding);
        this.#values.push(value);
      }
    }
    this.#fieldEnds.push(this.#fields.length);
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
    const path = new Uint8Array(Buffer.concat(this.#pathWriter.chunks()));
    const coding = { column: this.#columns.indexOf(name), path, number: 0, part: -1 };
    this.#codings.set(name, coding);
    return coding;
  }
}

/** Encodes events as one part. */
export function encodeEvents(events: readonly StoredEvent[]): EncodedEvents {
  const encoder = new EventEncoder();
  for (const event of events) encoder.add(event);
  return encoder.take();
}
