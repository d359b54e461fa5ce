import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import { type ChosenTime, isPlausible } from '../chosen-time.ts';
import type { MappingContext } from '../product.ts';
import { clockHost, correctedTime, recordedTime } from '../windows/windows-clock.ts';
import type { ClockTrust, WindowsRecord } from '../windows-shapes/windows-record.ts';
import { startSecondOfGuid } from './process-guid.ts';

const HOUR = 3_600n * TICKS_PER_SECOND;

/**
 * Events whose UtcTime is known to be stale on some hosts, by days, while the others of the same host are right: the
 * sensor stamps them with the time of a cached entry.
 */
const staleProne: ReadonlySet<string> = new Set(['3', '22']);

/**
 * How far UtcTime and the recorded time may be apart before one of them is wrong. UtcTime is UTC by definition; Sysmon
 * writes an event within seconds, under load within minutes. A recorded time without a trustworthy zone may be off by
 * a zone (up to 14 hours) and by half a day (a 12-hour clock), which says nothing against UtcTime.
 */
const tolerance: Readonly<Record<ClockTrust, Ticks>> = {
  utc: HOUR,
  'maybe-local': 26n * HOUR,
  local: 26n * HOUR,
};

/** An event before the start of its own process, by its GUID, cannot be right; the GUID has whole seconds. */
const GUID_SLACK = 2n * TICKS_PER_SECOND;

/**
 * Chooses the time of a Sysmon event.
 *
 * | UtcTime | recorded time (TimeCreated) | taken |
 * |---|---|---|
 * | none or unreadable | any | recorded time, as for other Windows events |
 * | not before the process's start, within the tolerance of the recorded time | any | UtcTime |
 * | beyond the tolerance, EID 3 or 22 | any | recorded time; UtcTime called stale |
 * | beyond the tolerance, others | any | UtcTime; the recorded clock called different |
 * | before the process's start | not before it | recorded time; UtcTime called stale |
 * | before the process's start | before it too, or none | UtcTime unless stale; doubt is said |
 *
 * For EID 3 and 22 a recorded time that the recording's other events have set right counts as trustworthy. `guid` is that
 * of the process that acted, in lower case without braces.
 */
export function sysmonTime(
  record: WindowsRecord,
  eventId: string,
  utcTimeText: string | undefined,
  guid: string | undefined,
  context: MappingContext,
): ChosenTime {
  const utcTime = utcTimeText === undefined ? undefined : parseIsoTicks(utcTimeText);
  if (utcTime === undefined || !isPlausible(utcTime)) return recordedTime(record, context);
  if (record.event.time === undefined || !isPlausible(record.event.time))
    return { time: utcTime, source: 'UtcTime' };
  const corrected = staleProne.has(eventId) ? correctedTime(record, record.event.time, context) : undefined;
  const written = corrected ?? record.event.time;
  const difference = written > utcTime ? written - utcTime : utcTime - written;
  const startSecond = guid === undefined ? undefined : startSecondOfGuid(guid);
  const start = startSecond === undefined ? undefined : BigInt(startSecond) * TICKS_PER_SECOND - GUID_SLACK;
  const beforeStart = start !== undefined && utcTime < start;
  const apart = difference > tolerance[corrected === undefined ? record.clockTrust : 'utc'];
  if (!beforeStart && !apart) {
    if (record.clockTrust !== 'utc' && !staleProne.has(eventId))
      context.clock?.observe(clockHost(record), record.event.time, utcTime);
    return { time: utcTime, source: 'UtcTime' };
  }
  if (apart && staleProne.has(eventId)) return staleUtcTime(record, context, start);
  if (beforeStart && start !== undefined && written >= start) return staleUtcTime(record, context, start);
  if (beforeStart) return { time: utcTime, source: 'UtcTime (before the start of its process)' };
  return { time: utcTime, source: `UtcTime (${record.clock} is hours away)` };
}

function staleUtcTime(record: WindowsRecord, context: MappingContext, start: Ticks | undefined): ChosenTime {
  const { time, source } = recordedTime(record, context);
  const beforeStart = start !== undefined && time < start;
  return {
    time,
    source: `${source}, UtcTime stale${beforeStart ? ', before the start of its process' : ''}`,
  };
}
