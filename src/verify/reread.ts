import { defaultReadLimits } from '../core/limits.ts';
import type { Event } from '../events/event.ts';
import { parseEventXml } from '../formats/event-xml/parse-event-xml.ts';
import { jsonItems } from '../formats/json/json-record.ts';
import type { Envelope, SourceRecord } from '../formats/record.ts';
import type { MappingContext } from '../products/product.ts';
import { eventOf } from '../products/registry.ts';
import type { SquidFormat } from '../products/squid/squid-formats.ts';
import { givenZone } from '../products/zoned-event.ts';
import type { Stored } from './stored-event.ts';

/** What a stored raw text is by itself. */
export type RawForm = 'event-xml' | 'json' | 'text';

/** A raw text that was read again. */
export interface Reread {
  readonly form: RawForm;
  readonly event: Event | undefined;
  /** Why there is no event. */
  readonly problem: string | undefined;
}

export interface RereadOptions {
  /** Formats of Squid's access log that the user gave at ingest. */
  readonly squidFormats: readonly SquidFormat[];
  /** What an export said around the text. */
  readonly envelope?: Envelope;
}

/** Reads a stored raw text again by the same formats and products, with what else the store knows of its arrival. */
export function reread(stored: Stored, { squidFormats, envelope }: RereadOptions): Reread {
  const { form, record, problem } = recordOf(stored);
  if (record === undefined) return { form, event: undefined, problem };
  const zone = givenZone(stored.timeSource);
  const context: MappingContext = {
    arrival: stored.arrival,
    origin: stored.origin,
    ...(zone !== undefined && { localZone: zone }),
    ...(squidFormats.length > 0 && { squidFormats }),
  };
  const event = eventOf(envelope === undefined ? record : { ...record, envelope }, context);
  return 'kind' in event
    ? { form, event: undefined, problem: event.message }
    : { form, event, problem: undefined };
}

function recordOf({ raw, offset }: Stored): {
  readonly form: RawForm;
  readonly record: SourceRecord | undefined;
  readonly problem: string | undefined;
} {
  const first = /^\s*(\{|<Event[\s>])/.exec(raw)?.[1];
  if (first === undefined) return { form: 'text', record: { kind: 'text', raw, offset }, problem: undefined };
  if (first !== '{') {
    const { record, faults } = parseEventXml(raw, offset);
    return { form: 'event-xml', record, problem: faults[0]?.message };
  }
  const items = jsonItems(raw, offset, defaultReadLimits);
  const [item] = items;
  if (items.length === 1 && item !== undefined && item.kind !== 'fault')
    return { form: 'json', record: item, problem: undefined };
  // A line that only begins like an object is text.
  return { form: 'text', record: { kind: 'text', raw, offset }, problem: undefined };
}
