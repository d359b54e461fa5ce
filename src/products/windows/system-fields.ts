import type { FieldValue } from '../../events/event.ts';
import { eventMemberNames } from '../../events/fields.ts';
import type { Fields } from '../cim-rules.ts';
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

/** The name under which a recorded field is kept: that of a member of the event is kept as `extracted_…`. */
export function freeName(name: string): string {
  const first = name.charCodeAt(0);
  // Members start with `_`, h, s or i: most names need no look-up.
  if (first !== 95 && first !== 104 && first !== 115 && first !== 105) return name;
  return Object.hasOwn(eventMemberNames, name) ? `extracted_${name}` : name;
}

function addData(fields: Fields, data: WindowsRecord['event']['data']): number {
  let seen: Set<string> | undefined;
  let unnamed: string[] | undefined;
  const end = Math.min(data.length, MAXIMUM_FIELDS);
  for (let at = 0; at < end; at++) {
    const datum = data[at];
    if (datum === undefined) break;
    const { name, value } = datum;
    if (name === undefined || name === '') {
      unnamed ??= [];
      if (typeof value === 'string') unnamed.push(value);
      else unnamed.push(...value);
      continue;
    }
    if (value.length === 0) continue;
    const key = freeName(name);
    const before = fields[key];
    // A name that the System part has too is taken over once; a name twice in the data has both values.
    if (before !== undefined) {
      seen ??= new Set(data.slice(0, at).map((earlier) => earlier.name ?? ''));
      fields[key] = seen.has(name) ? join(before, value) : value;
      seen.add(name);
    } else fields[key] = value;
  }
  if (unnamed?.some((text) => text !== ''))
    fields.Data = unnamed.length === 1 ? (unnamed[0] as string) : unnamed;
  return data.length - end;
}

function join(first: FieldValue, second: FieldValue): FieldValue {
  return [first, second].flat();
}
