import type { EventDatum } from '../../formats/record.ts';
import { type Fields, freeName } from '../fields.ts';
import type { WindowsRecord } from '../windows-shapes/windows-record.ts';

const MAXIMUM_FIELDS = 1_000;

/**
 * Adds the System part, then what the shipper said, then the event's data, under the names that Splunk's add-ons give
 * them. Data wins over the System part where both have a name (Sysmon 4 has a `Version`). Data without names is `Data`,
 * in order. `channel` is the spelling to use. Returns how many data the limit of fields cut off.
 */
export function addRecordedFields(
  fields: Fields,
  record: WindowsRecord,
  channel: string | undefined,
): number {
  const { event } = record;
  add(fields, 'EventCode', event.eventId);
  add(fields, 'Channel', channel);
  add(fields, 'Computer', event.computer);
  add(fields, 'EventRecordID', event.recordId);
  add(fields, 'SourceName', event.provider);
  add(fields, 'ProviderGuid', event.providerGuid);
  add(fields, 'EventSourceName', event.eventSourceName);
  add(fields, 'Qualifiers', event.qualifiers);
  add(fields, 'Version', event.version);
  add(fields, 'Level', event.level);
  add(fields, 'Task', event.task);
  add(fields, 'Opcode', event.opcode);
  add(fields, 'Keywords', event.keywords);
  add(fields, 'SystemTime', event.systemTime);
  add(fields, 'ExecutionProcessID', event.executionProcessId);
  add(fields, 'ExecutionThreadID', event.executionThreadId);
  add(fields, 'UserID', event.securityUserId);
  add(fields, 'ActivityID', event.activityId);
  add(fields, 'RelatedActivityID', event.relatedActivityId);
  add(fields, 'Message', record.message);
  for (const [name, value] of record.extra.slice(0, MAXIMUM_FIELDS)) fields[freeName(name)] = value;
  const task = event.rendering?.Task;
  if (task !== undefined && task !== '') fields.TaskCategory ??= task;
  return Math.max(0, record.extra.length - MAXIMUM_FIELDS) + addData(fields, event.data);
}

function add(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && text !== '') fields[name] = text;
}

function addData(fields: Fields, data: WindowsRecord['event']['data']): number {
  let earlier: Map<string, string[]> | undefined;
  const unnamed: string[] = [];
  const end = Math.min(data.length, MAXIMUM_FIELDS);
  for (let at = 0; at < end; at++) {
    const { name, value } = data[at] as EventDatum;
    if (name === undefined || name === '') pushAll(unnamed, value);
    else if (value.length > 0) {
      const key = freeName(name);
      // A name that the System part has too is taken over; a name that comes twice in the data has all values.
      if (fields[key] !== undefined) earlier ??= valuesByName(data.slice(0, at));
      const values = earlier === undefined ? undefined : addValue(earlier, key, value);
      fields[key] = values === undefined || values.length < 2 ? value : values;
    }
  }
  if (unnamed.some((text) => text !== ''))
    fields.Data = unnamed.length === 1 ? (unnamed[0] as string) : unnamed;
  return data.length - end;
}

function valuesByName(data: readonly EventDatum[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of data) if (value.length > 0) addValue(values, freeName(name ?? ''), value);
  return values;
}

function addValue(values: Map<string, string[]>, key: string, value: EventDatum['value']): string[] {
  let known = values.get(key);
  if (known === undefined) {
    known = [];
    values.set(key, known);
  }
  pushAll(known, value);
  return known;
}

function pushAll(into: string[], value: EventDatum['value']): void {
  if (typeof value === 'string') into.push(value);
  else for (const text of value) into.push(text);
}
