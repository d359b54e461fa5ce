import { type Event, UNKNOWN_HOST } from '../../events/event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { ChosenTime } from '../chosen-time.ts';
import type { Fields } from '../fields.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';

/** Puts a Windows event together. An envelope's own source, sourcetype and index win; its host only where the event has none. */
export function windowsEvent(
  record: WindowsRecord,
  product: string,
  eventClass: EventClass,
  channel: string | undefined,
  chosen: ChosenTime,
  fields: Fields,
): Event {
  const { event } = record;
  const { envelope } = event;
  const host = event.computer || envelope?.host || UNKNOWN_HOST;
  const made: Event = {
    time: chosen.time,
    timeSource: chosen.source,
    host: host.toLowerCase(),
    source: envelope?.source ?? `XmlWinEventLog:${channel ?? event.provider ?? 'unknown'}`,
    sourcetype: envelope?.sourcetype ?? 'XmlWinEventLog',
    product,
    eventClass,
    raw: event.raw,
    fields,
  };
  return envelope?.index === undefined ? made : { ...made, index: envelope.index };
}
