import { type Event, UNKNOWN_HOST } from '../events/event.ts';
import { isEventClass } from '../events/event-class.ts';
import type { StoredEventRecord } from '../formats/record.ts';

/** The event that a store held: it was mapped when it first came, with what stood around it then. */
export function storedEventOf(record: StoredEventRecord): Event {
  const { envelope, time, timeSource, product, raw, fields } = record;
  const { index } = envelope;
  return {
    time,
    timeSource,
    host: envelope.host || UNKNOWN_HOST,
    source: envelope.source ?? '',
    sourcetype: envelope.sourcetype ?? '',
    product,
    eventClass: isEventClass(record.eventClass) ? record.eventClass : 'other',
    raw,
    fields,
    ...(index !== undefined && index !== '' && { index }),
  };
}
