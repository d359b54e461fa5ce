import type { Ticks } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import type { SourceRecord } from '../formats/record.ts';
import { readMoment } from '../products/generic/generic-time.ts';

/**
 * Where the arrival of events is recorded, to replay a past arrival: the time of the file (one for all of its events), or a
 * field of the event that holds a time. `_time` is the event's own time, `_indextime` that of the export it comes from.
 */
export type ArrivalSource =
  | { readonly kind: 'file-time' }
  | { readonly kind: 'field'; readonly name: string };

/** The arrival that a record names in a field; undefined where it has none, or one that is no time. */
export function recordedArrival(name: string, record: SourceRecord, event: Event): Ticks | undefined {
  if (name === '_time') return event.timeSource.startsWith('arrival') ? undefined : event.time;
  const exported = name === '_indextime' ? record.envelope?.indexTime : undefined;
  const value = exported ?? event.fields[name] ?? event.fields[`extracted_${name}`];
  const text = typeof value === 'string' ? value : value?.[0];
  return text === undefined ? undefined : readMoment(text.trim());
}
