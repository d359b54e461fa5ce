import { type Event, UNKNOWN_HOST } from '../events/event.ts';
import type { EventClass } from '../events/event-class.ts';
import type { SourceRecord } from '../formats/record.ts';
import type { ChosenTime } from './chosen-time.ts';
import type { Fields } from './fields.ts';

export interface RecordedEventParts {
  readonly product: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly eventClass: EventClass;
  readonly time: ChosenTime;
  /** Empty where it is not known. */
  readonly host: string;
  readonly fields: Fields;
}

/** The event of a record: what an envelope around it says of source, sourcetype and index wins. */
export function recordedEvent(record: SourceRecord, parts: RecordedEventParts): Event {
  const { product, source, sourcetype, eventClass, time, host, fields } = parts;
  const { envelope } = record;
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
