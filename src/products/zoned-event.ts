import { parseIsoTicks } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import type { Fields } from './fields.ts';
import { isZone, LocalZone } from './local-zone.ts';
import { putEnd } from './proxy/access-time.ts';

/** How products say in a time's source that it was read as if it were UTC, since the record does not say its zone. */
const unknownZone = /\bzone (?:of the feed )?unknown\b/;

/** Whether an event's time was read as UTC for want of a zone. */
export function isZoneUnknown(timeSource: string): boolean {
  return unknownZone.test(timeSource);
}

/** An event whose time says no zone, with the zone that the user named for such times; any other as it is. */
export function zonedEvent(event: Event, zone: LocalZone): Event {
  const { timeSource } = event;
  if (!isZoneUnknown(timeSource)) return event;
  const fields: Fields = Object.assign(Object.create(null), event.fields);
  const end = typeof fields.end_time === 'string' ? parseIsoTicks(fields.end_time) : undefined;
  if (end !== undefined) putEnd(fields, zone.momentOf(end));
  return {
    ...event,
    time: zone.momentOf(event.time),
    timeSource: timeSource.replace(unknownZone, `zone given: ${zone.name}`),
    fields,
  };
}

/** The zone that the user named for an event, as its time's source tells. */
export function givenZone(timeSource: string): LocalZone | undefined {
  const name = /\bzone given: ([^;)]+)/.exec(timeSource)?.[1];
  return name === undefined || !isZone(name) ? undefined : new LocalZone(name);
}
