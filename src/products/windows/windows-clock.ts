import { parseIsoTicks, type Ticks } from '../../core/ticks.ts';
import { type ChosenTime, isPlausible } from '../chosen-time.ts';
import type { MappingContext } from '../product.ts';
import type { ClockTrust, WindowsRecord } from '../windows-shapes/windows-record.ts';

const doubt: Readonly<Record<ClockTrust, string>> = {
  utc: '',
  'maybe-local': ' (may be local time)',
  local: ' (local time, zone unknown)',
};

/**
 * The time of an event that has no clock of its own in its data: that of the System part (TimeCreated) as the record's
 * shape has it, set right by what the recording's Sysmon events say of its clock where the shape leaves it in doubt; else the
 * export's (`_time`); else the arrival's.
 */
export function recordedTime(record: WindowsRecord, context: MappingContext): ChosenTime {
  const { time, envelope } = record.event;
  if (time !== undefined && isPlausible(time)) {
    const corrected = correctedTime(record, time, context);
    if (corrected !== undefined) return { time: corrected, source: `${record.clock}, zone from Sysmon` };
    return { time, source: record.clock + doubt[record.clockTrust] };
  }
  const exported = envelope?.time === undefined ? undefined : parseIsoTicks(envelope.time);
  if (exported !== undefined && isPlausible(exported))
    return { time: exported, source: '_time of the export' };
  return { time: context.arrival, source: 'arrival' };
}

/** The UTC of a recorded time in doubt, by the recording's clock; undefined where there is no doubt or nothing was learnt. */
export function correctedTime(
  record: WindowsRecord,
  time: Ticks,
  context: MappingContext,
): Ticks | undefined {
  if (record.clockTrust === 'utc' || context.clock === undefined) return undefined;
  return context.clock.correct(clockHost(record), time, record.clockTrust === 'maybe-local');
}

/** The host by whose clock a record was written: the short name, as renamed and unqualified forms are mixed. */
export function clockHost(record: WindowsRecord): string {
  const name = (record.event.computer ?? '').toLowerCase();
  const dot = name.indexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
