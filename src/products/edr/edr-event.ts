import { type Event, UNKNOWN_HOST } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';

export interface EdrEventParts {
  readonly product: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly eventClass: EventClass;
  readonly time: ChosenTime;
  /** The computer on which it happened. */
  readonly host: string | undefined;
  readonly fields: Fields;
}

/**
 * The event of a record that a sensor on a computer gave. The computer is `host` and `dvc`, and `dest` where the event itself
 * names no other; an envelope's host is that of the collector and is taken only where the record names none.
 */
export function edrEvent(record: SourceRecord, parts: EdrEventParts): Event {
  const { product, source, sourcetype, eventClass, time, fields } = parts;
  const { envelope } = record;
  const host = parts.host || envelope?.host || '';
  if (host !== '') {
    fields.dvc ??= host;
    fields.dest ??= host;
  }
  const event: Event = {
    time: time.time,
    timeSource: time.source,
    host: host === '' ? UNKNOWN_HOST : host.toLowerCase(),
    source: envelope?.source ?? source,
    sourcetype: envelope?.sourcetype ?? sourcetype,
    product,
    eventClass,
    raw: record.raw,
    fields,
  };
  return envelope?.index === undefined ? event : { ...event, index: envelope.index };
}
