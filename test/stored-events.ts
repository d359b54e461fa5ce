import { createHash } from 'node:crypto';
import { parseIsoTicks, type Ticks } from '../src/core/ticks.ts';
import type { WindowsEventRecord } from '../src/formats/record.ts';
import type { StoredEvent } from '../src/store/store.ts';
import { mapped } from './mapped-event.ts';
import { securityRecord, sysmonRecord, windowsEventRecord } from './windows-records.ts';

/** A moment of the made-up day, `10:15:30.5`. */
export function moment(clock: string): Ticks {
  const ticks = parseIsoTicks(`2024-03-05T${clock}Z`);
  if (ticks === undefined) throw new Error(`${clock} is no time of day`);
  return ticks;
}

/** A ProcessGuid of a process that started at a moment, the n-th of its boot. */
export function guidAt(clock: string, sequence: number): string {
  const second = Number(moment(clock) / 10_000_000n)
    .toString(16)
    .padStart(8, '0');
  const low = sequence.toString(16).padStart(4, '0');
  return `11112222-${second.slice(4)}-${second.slice(0, 4)}-${low.slice(2)}${low.slice(0, 2)}-000000000300`;
}

interface Told {
  readonly at: string;
  readonly host?: string;
  readonly arrival?: string;
}

let made = 0;

function stored(record: WindowsEventRecord, { at, arrival = at }: Told): StoredEvent {
  const fingerprint = createHash('md5').update(`event ${made++}`).digest();
  return {
    event: mapped(record),
    index: 'main',
    arrival: moment(arrival),
    origin: 'made up',
    offset: made,
    fingerprint,
  };
}

function system({ at, host = 'WS01' }: Told): Partial<WindowsEventRecord> {
  const systemTime = `2024-03-05T${at}Z`;
  return { systemTime, time: moment(at), computer: host };
}

type Data = Readonly<Record<string, string>>;

/** A Sysmon event as the store gets it. `UtcTime` is its time unless the data say another. */
export function sysmonEvent(id: string, told: Told, data: Data): StoredEvent {
  const UtcTime = `2024-03-05 ${told.at}`;
  return stored(sysmonRecord(id, { UtcTime, ...data }, system(told)), told);
}

/** A Security event as the store gets it. */
export function securityEvent(id: string, told: Told, data: Data): StoredEvent {
  return stored(securityRecord(id, data, system(told)), told);
}

/** An event of any other channel as the store gets it. */
export function windowsEvent(part: Partial<WindowsEventRecord>, told: Told, data: Data): StoredEvent {
  return stored(windowsEventRecord({ ...system(told), ...part }, data), told);
}
