import type { Event } from '../../events/event.ts';
import { isJsonObject } from '../../formats/json/json-value.ts';
import type { SourceRecord } from '../../formats/record.ts';
import type { ChosenTime } from '../chosen-time.ts';
import { edrEvent } from '../edr/edr-event.ts';
import { type Members, membersOf, recordedFields, type Said, saidBy } from '../edr/edr-record.ts';
import { readMoment } from '../generic/generic-time.ts';
import type { LogProduct } from '../log-line/log-line.ts';
import type { MappingContext } from '../product.ts';
import { falconEvent } from './crowdstrike-events.ts';
import { addContext, addTarget } from './crowdstrike-fields.ts';

/** CrowdStrike's Falcon Data Replicator: events of sensors, flat, or below `event` where a collector wrapped them. */
export const crowdstrike: LogProduct = { name: 'crowdstrike', read: readFalcon };

function readFalcon(record: SourceRecord, context: MappingContext): Event | undefined {
  const members = falconMembers(record);
  if (members === undefined) return undefined;
  const fields = recordedFields(members);
  const said = saidBy(fields);
  const name = said('event_simpleName') ?? '';
  const { eventClass, actor, action } = falconEvent(name);
  if (actor === 'target') addTarget(fields, said);
  else addContext(fields, said, eventClass);
  if (action !== undefined) fields.action = action;
  fields.signature = name;
  fields.vendor_product = 'CrowdStrike Falcon';
  return edrEvent(record, {
    product: 'crowdstrike',
    source: name,
    sourcetype: 'crowdstrike:events:sensor',
    eventClass,
    time: timeOf(said, name, context),
    host: said('ComputerName') ?? said('aid'),
    fields,
  });
}

/** The members of the sensor's event. A collector's wrapper has members of the same names, of which its own win. */
function falconMembers(record: SourceRecord): Members | undefined {
  const members = membersOf(record);
  if (members === undefined) return undefined;
  const { event } = members;
  const inner = event !== undefined && event !== null && isJsonObject(event) ? event : undefined;
  const whole = inner === undefined ? members : { ...members, ...inner };
  if (typeof whole.event_simpleName !== 'string' || typeof whole.aid !== 'string') return undefined;
  if (inner === undefined) return members;
  const { event: _wrapped, ...rest } = whole;
  return rest;
}

/** The sensor's clocks come before `timestamp`, at which the cloud received the event. */
const clocks: Readonly<Record<'start' | 'end' | 'others', readonly string[]>> = {
  start: ['ProcessStartTime', 'ContextTimeStamp', 'timestamp', '_time'],
  end: ['ProcessEndTime', 'ContextTimeStamp', 'timestamp', '_time'],
  others: ['ContextTimeStamp', 'timestamp', '_time'],
};

/**
 * A synthetic rollup tells of a process that ran before the sensor did: it too started at ProcessStartTime.
 */
function timeOf(said: Said, name: string, context: MappingContext): ChosenTime {
  const of = /^(?:Synthetic)?ProcessRollup2$/.test(name)
    ? 'start'
    : name.startsWith('EndOfProcess')
      ? 'end'
      : 'others';
  for (const clock of clocks[of]) {
    const text = said(clock);
    const time = text === undefined ? undefined : readMoment(text);
    if (time !== undefined)
      return { time, source: clock === 'timestamp' ? 'timestamp (received by the cloud)' : clock };
  }
  return { time: context.arrival, source: 'arrival' };
}
