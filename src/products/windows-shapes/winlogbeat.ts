import { parseIsoTicks } from '../../core/ticks.ts';
import type { FieldValue } from '../../events/event.ts';
import type { SourceRecord } from '../../formats/record.ts';
import { assemble } from './assemble.ts';
import { flattenMembers } from './flatten-members.ts';
import { isObject, type JsonObject, textOf } from './json-text.ts';
import { newParts, type SystemMember, type WindowsRecord } from './windows-record.ts';

/** Winlogbeat's members by dotted name: version 6 at the top, 7 and 8 below `winlog`. */
const members: ReadonlyMap<string, SystemMember> = new Map<string, SystemMember>([
  ['source_name', 'provider'],
  ['provider_guid', 'providerGuid'],
  ['event_id', 'eventId'],
  ['version', 'version'],
  ['level', 'level'],
  ['opcode', 'opcode'],
  ['keywords', 'keywords'],
  ['record_number', 'recordId'],
  ['activity_id', 'activityId'],
  ['related_activity_id', 'relatedActivityId'],
  ['process_id', 'executionProcessId'],
  ['thread_id', 'executionThreadId'],
  ['log_name', 'channel'],
  ['computer_name', 'computer'],
  ['user.identifier', 'securityUserId'],
  ['message', 'message'],
  ['winlog.provider_name', 'provider'],
  ['winlog.provider_guid', 'providerGuid'],
  ['winlog.event_id', 'eventId'],
  ['winlog.version', 'version'],
  ['log.level', 'level'],
  ['winlog.opcode', 'opcode'],
  ['winlog.keywords', 'keywords'],
  ['winlog.record_id', 'recordId'],
  ['winlog.activity_id', 'activityId'],
  ['winlog.related_activity_id', 'relatedActivityId'],
  ['winlog.process.pid', 'executionProcessId'],
  ['winlog.process.thread.id', 'executionThreadId'],
  ['winlog.channel', 'channel'],
  ['winlog.computer_name', 'computer'],
  ['winlog.user.identifier', 'securityUserId'],
]);

const dataPrefixes = ['event_data.', 'winlog.event_data.', 'user_data.', 'winlog.user_data.'] as const;

function source(value: JsonObject): JsonObject {
  const inner = value._source;
  return isObject(inner) && '_index' in value ? inner : value;
}

/** Whether the object is an event of Winlogbeat, nested or with dotted keys, also as Elasticsearch gives it (`_source`). */
export function isWinlogbeat(outer: JsonObject): boolean {
  const value = source(outer);
  if (isObject(value.winlog)) return 'event_id' in value.winlog || 'channel' in value.winlog;
  if ('winlog.event_id' in value) return true;
  return 'event_id' in value && ('log_name' in value || 'source_name' in value) && 'computer_name' in value;
}

/** Winlogbeat 6, 7 and 8. `@timestamp` is TimeCreated; `host.name` may be the collector's and is never the host. */
export function readWinlogbeat(record: SourceRecord, outer: JsonObject): WindowsRecord {
  const value = source(outer);
  const parts = newParts();
  const leaves: [name: string, value: FieldValue][] = [];
  flattenMembers(value, '', leaves);
  for (const [name, leaf] of leaves) {
    const member = members.get(name);
    if (member !== undefined) {
      parts[member] ??= typeof leaf === 'string' ? leaf : leaf.join(', ');
      continue;
    }
    const prefix = dataPrefixes.find((start) => name.startsWith(start));
    if (prefix !== undefined) {
      if (leaf !== '') parts.data.push({ name: name.slice(prefix.length), value: leaf });
      if (prefix.endsWith('user_data.')) parts.dataPart = 'UserData';
    } else if (name === 'task' || name === 'winlog.task') parts.extra.push(['TaskCategory', leaf]);
    else if (leaf !== '') parts.extra.push([name, leaf]);
  }
  const time = textOf(value['@timestamp']);
  parts.systemTime = time;
  parts.time = time === undefined ? undefined : parseIsoTicks(time);
  return assemble(record, 'winlogbeat', parts, { clock: 'TimeCreated', trust: 'utc' });
}
