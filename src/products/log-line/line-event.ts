import { type Event, UNKNOWN_HOST } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';
import type { MappingContext } from '../product.ts';

export interface LogEventParts {
  readonly product: string;
  readonly sourcetype: string;
  readonly eventClass: EventClass;
  readonly time: ChosenTime;
  /** The device that wrote the record, where the record itself says. */
  readonly host: string | undefined;
  readonly fields: Fields;
}

/** The event of a record of a device's log: `host` is the device that wrote it. */
export function logEvent(record: SourceRecord, parts: LogEventParts, context: MappingContext): Event {
  const { product, sourcetype, eventClass, time, fields } = parts;
  const { envelope } = record;
  const host = (envelope?.host ?? parts.host ?? '').toLowerCase();
  if (host !== '') fields.dvc ??= host;
  const event: Event = {
    time: time.time,
    timeSource: time.source,
    host: host === '' ? UNKNOWN_HOST : host,
    source: envelope?.source ?? context.origin,
    sourcetype: envelope?.sourcetype ?? sourcetype,
    product,
    eventClass,
    raw: record.raw,
    fields,
  };
  return envelope?.index === undefined ? event : { ...event, index: envelope.index };
}
