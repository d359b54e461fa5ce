import type { FieldValue } from '../events/event.ts';
import { encodeJsonKey } from './json-key.ts';
import { RowBinaryWriter } from './row-binary-writer.ts';
import type { FieldFacts, StoredEvent } from './store.ts';

/** A batch in RowBinary, in the order of `eventColumns`, and what its fields are, by index and field. */
export interface EncodedEvents {
  /** Valid until the encoder is used again. */
  readonly chunks: readonly Uint8Array[];
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, FieldFacts>>;
}

/** What the encoder knows of a field's name. */
interface FieldCoding {
  /** Position among the hot columns, or -1. */
  readonly column: number;
  /** Length and bytes of its path in the JSON column. */
  readonly path: Uint8Array;
  events: number;
  multivalue: boolean;
}

/** Names of fields remembered at most, so that hostile names cannot fill the memory. */
const rememberedNames = 50_000;

/** Type codes of the engine's binary form of types. */
const stringType = 0x15;
const arrayType = 0x1e;
const nullableType = 0x23;

/** Writes events as rows of the table of events. It keeps its buffer and what it knows of names between batches. */
export class EventEncoder {
  readonly #columns: readonly string[];
  readonly #row = new RowBinaryWriter();
  readonly #pathWriter = new RowBinaryWriter();
  #codings = new Map<string, Map<string, FieldCoding>>();
  #names = 0;

  /** `columns` are the names of the hot columns, in their order. */
  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  encode(batch: readonly StoredEvent[]): EncodedEvents {
    this.#row.clear();
    if (this.#names > rememberedNames) {
      this.#codings = new Map();
      this.#names = 0;
    }
    let index: string | undefined;
    let codings = new Map<string, FieldCoding>();
    const slots: (string | undefined)[] = this.#columns.map(() => undefined);
    const pathsOf: FieldCoding[] = [];
    const valuesOf: FieldValue[] = [];
    for (const stored of batch) {
      if (stored.index !== index) {
        index = stored.index;
        codings = this.#codingsOf(index);
      }
      this.#members(stored);
      pathsOf.length = 0;
      valuesOf.length = 0;
      slots.fill(undefined);
      const { fields } = stored.event;
      for (const name of Object.keys(fields)) {
        const value = fields[name] as FieldValue;
        const coding = codings.get(name) ?? this.#newCoding(codings, name);
        coding.events++;
        if (typeof value === 'string') {
          if (coding.column >= 0) {
            slots[coding.column] = value;
            continue;
          }
        } else coding.multivalue = true;
        pathsOf.push(coding);
        valuesOf.push(value);
      }
      this.#hotColumns(slots);
      this.#json(pathsOf, valuesOf);
    }
    return { chunks: this.#row.chunks(), fields: this.#takeFacts() };
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

  #hotColumns(slots: readonly (string | undefined)[]): void {
    for (const value of slots) {
      if (value === undefined) this.#row.byte(1);
      else {
        this.#row.byte(0);
        this.#row.text(value);
      }
    }
  }

  #json(codings: readonly FieldCoding[], values: readonly FieldValue[]): void {
    const row = this.#row;
    row.variableInteger(codings.length);
    for (let at = 0; at < codings.length; at++) {
      row.raw((codings[at] as FieldCoding).path);
      const value = values[at] as FieldValue;
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

  #codingsOf(index: string): Map<string, FieldCoding> {
    let found = this.#codings.get(index);
    if (!found) {
      found = new Map();
      this.#codings.set(index, found);
    }
    return found;
  }

  #newCoding(codings: Map<string, FieldCoding>, name: string): FieldCoding {
    this.#pathWriter.clear();
    this.#pathWriter.text(encodeJsonKey(name));
    const path = Uint8Array.from(Buffer.concat(this.#pathWriter.chunks()));
    const coding = { column: this.#columns.indexOf(name), path, events: 0, multivalue: false };
    codings.set(name, coding);
    this.#names++;
    return coding;
  }

  #takeFacts(): ReadonlyMap<string, ReadonlyMap<string, FieldFacts>> {
    const byIndex = new Map<string, Map<string, FieldFacts>>();
    for (const [index, codings] of this.#codings) {
      const facts = new Map<string, FieldFacts>();
      for (const [name, coding] of codings) {
        if (coding.events === 0) continue;
        facts.set(name, { events: coding.events, multivalue: coding.multivalue });
        coding.events = 0;
        coding.multivalue = false;
      }
      if (facts.size > 0) byIndex.set(index, facts);
    }
    return byIndex;
  }
}
