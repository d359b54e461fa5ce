import type { Event } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';
import { recordedEvent } from '../recorded-event.ts';

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
  const { fields } = parts;
  const host = parts.host || record.envelope?.host || '';
  if (host !== '') {
    fields.dvc ??= host;
    fields.dest ??= host;
  }
  return recordedEvent(record, { ...parts, host });
}
