import { parseIsoTicks } from '../src/core/ticks.ts';
import type { Event } from '../src/events/event.ts';
import type { SourceRecord } from '../src/formats/record.ts';
import type { RecordingClock } from '../src/products/recording-clock.ts';
import { eventOf } from '../src/products/registry.ts';

export const arrival = parseIsoTicks('2024-03-05T11:00:00Z') ?? 0n;

/** The event that a record is; throws where the mapping gives a fault. */
export function mapped(record: SourceRecord, clock?: RecordingClock): Event {
  const made = eventOf(record, { arrival, origin: 'test.json', ...(clock === undefined ? {} : { clock }) });
  if ('kind' in made) throw new Error(made.message);
  return made;
}
