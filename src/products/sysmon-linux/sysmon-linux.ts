import type { Event } from '../../events/event.ts';
import { parseEventXml } from '../../formats/event-xml/parse-event-xml.ts';
import type { SourceRecord, WindowsEventRecord } from '../../formats/record.ts';
import { type Fields, firstText } from '../fields.ts';
import type { LineProduct, LogProduct } from '../log-line/log-line.ts';
import type { MappingContext, Product } from '../product.ts';
import { sysmonFields } from '../sysmon/sysmon.ts';
import { sysmonTime } from '../sysmon/sysmon-clock.ts';
import { windowsEvent } from '../windows/windows-event.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';
import { windowsRecordOf } from '../windows-shapes/windows-record-of.ts';

const PROVIDER = 'Linux-Sysmon';
const CHANNEL = 'Linux-Sysmon/Operational';

/**
 * Sysmon for Linux. Its GUIDs tell machine and second of the start, but programs that are loaded at a fixed address share
 * one: only with the process id a GUID names one process. A program that takes the place of another keeps GUID and process id.
 */
export const sysmonLinux: Product<WindowsRecord> = {
  name: 'sysmon-linux',
  recognises: ({ event }) => event.provider === PROVIDER || event.channel === CHANNEL,
  map: mapSysmonLinux,
};

/** Its events as syslog lines: `… sysmon: <Event>…`. */
export const sysmonLinuxLine: LineProduct = {
  name: 'sysmon-linux',
  read: ({ record, text, syslog }, context) => readText(record, text, syslog?.host, context),
};

/** Its events as the journal exports them: an object whose `MESSAGE` is the event. */
export const sysmonLinuxObject: LogProduct = {
  name: 'sysmon-linux',
  read(record, context) {
    if (record.kind !== 'json' || record.value.SYSLOG_IDENTIFIER !== 'sysmon') return undefined;
    const { MESSAGE, _HOSTNAME } = record.value;
    if (typeof MESSAGE !== 'string') return undefined;
    return readText(record, MESSAGE, typeof _HOSTNAME === 'string' ? _HOSTNAME : undefined, context);
  },
};

/** A text longer than this is no event that the sensor writes (62,000 bytes). */
const LONGEST = 1 << 18;

function readText(
  record: SourceRecord,
  text: string,
  host: string | undefined,
  context: MappingContext,
): Event | undefined {
  if (!text.startsWith('<Event>') || text.length > LONGEST || !text.includes(PROVIDER)) return undefined;
  const event = parseEventXml(text, record.offset).record;
  if (event === undefined) return undefined;
  const { raw, envelope } = record;
  const whole: WindowsEventRecord = {
    ...event,
    raw,
    computer: event.computer || host,
    ...(envelope && { envelope }),
  };
  const windowsRecord = windowsRecordOf(whole);
  return windowsRecord === undefined ? undefined : mapSysmonLinux(windowsRecord, context);
}

function mapSysmonLinux(record: WindowsRecord, context: MappingContext): Event {
  const { fields, eventClass } = sysmonFields(record, CHANNEL, () => {});
  dropUnmeant(fields);
  // The user of an end is that of the sensor (microsoft/SysmonForLinux, issue 238).
  if (eventClass === 'process-end') for (const name of ['user', 'user_domain']) delete fields[name];
  fields.vendor_product = 'Microsoft Sysmon for Linux';
  const guid = firstText(fields.process_guid);
  const time = sysmonTime(record, record.event.eventId ?? '', firstText(fields.UtcTime), guid, context);
  const event = windowsEvent(record, 'sysmon-linux', eventClass, CHANNEL, time, fields);
  const { envelope } = record.event;
  return {
    ...event,
    source: envelope?.source ?? `Syslog:${CHANNEL}`,
    sourcetype: envelope?.sourcetype ?? 'sysmon:linux',
  };
}

/** A machine without a moment names no process; `no level` is no integrity level. */
function dropUnmeant(fields: Fields): void {
  for (const name of ['process_guid', 'parent_process_guid'])
    if (/^[0-9a-f]{8}-0000-0000-0000-0{12}$/.test(firstText(fields[name]) ?? '')) delete fields[name];
  if (fields.process_integrity_level === 'no level') delete fields.process_integrity_level;
}
