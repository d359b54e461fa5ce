import type { JsonValue, SourceRecord } from '../../formats/record.ts';
import { assemble } from './assemble.ts';
import { readClock } from './clock-text.ts';
import { flatMember } from './flat-members.ts';
import { fieldValueOf, textOf } from './json-text.ts';
import { keywordMask } from './keyword-mask.ts';
import { channelOfProvider } from './provider-channel.ts';
import { type FoundParts, newParts, type SystemMember, type WindowsRecord } from './windows-record.ts';

type Members = { readonly [key: string]: JsonValue };

const SECURITY = 'Microsoft-Windows-Security-Auditing';

/** Keys beside the System part that shippers and tables add; they are kept, but are no data of the event. */
const shipperKeys: ReadonlySet<string> = new Set([
  '@timestamp',
  '@version',
  'TimeGenerated',
  'TimeCreatedUtc',
  'TenantId',
  'SourceSystem',
  'SourceComputerId',
  'ManagementGroupName',
  'EventOriginId',
  'EventLevelName',
  'MG',
  'Type',
  '_ResourceId',
  'host',
  'port',
  'tags',
]);

/** What `Get-WinEvent` adds to the common names; its `ProcessId` and `ThreadId` are those of the System part. */
const getWinEventMembers: ReadonlyMap<string, SystemMember> = new Map<string, SystemMember>([
  ['Id', 'eventId'],
  ['ProcessId', 'executionProcessId'],
  ['ThreadId', 'executionThreadId'],
  ['UserId', 'securityUserId'],
  ['Opcode', 'opcode'],
]);

/** Clocks of flat records, the best first. */
const clocks = ['TimeCreated', 'SystemTime', 'TimeCreatedUtc', 'TimeGenerated', '@timestamp'] as const;

function isGetWinEvent(members: Members): boolean {
  return 'Id' in members && 'ProviderName' in members && 'LogName' in members && !('EventID' in members);
}

/** Whether a flat record (the members of a JSON object or a row) is a Windows event. */
export function isFlat(members: Members): boolean {
  if (isGetWinEvent(members)) return textOf(members.Id) !== undefined;
  const id = members.EventID;
  if (typeof id !== 'number' && typeof id !== 'string') return false;
  return (
    'Channel' in members ||
    'SourceName' in members ||
    'ProviderName' in members ||
    'Provider' in members ||
    'LogName' in members ||
    ('Computer' in members && ('SubjectUserName' in members || 'NewProcessName' in members))
  );
}

/**
 * A record with the System part and the event's data side by side: `Hostname`, `EventID`, `Channel`, `TimeCreated` (research
 * sets), Azure's SecurityEvent rows, `Get-WinEvent` exports. Research sets of 2022 and 2023 mark local time on a 12-hour
 * clock as UTC, so their clock is `maybe-local`.
 */
export function readFlat(record: SourceRecord, members: Members): WindowsRecord {
  const parts = newParts();
  const own = isGetWinEvent(members) ? getWinEventMembers : undefined;
  for (const key in members) addMember(parts, key, members, own);
  if (parts.provider === undefined && parts.channel === undefined) parts.provider = SECURITY;
  parts.channel ??= channelOfProvider(parts.provider);
  return assemble(record, 'flat', parts, readTime(parts, members));
}

function addMember(
  parts: FoundParts,
  key: string,
  members: Members,
  own: ReadonlyMap<string, SystemMember> | undefined,
): void {
  const value = members[key];
  const member = own?.get(key) ?? flatMember(key, members, parts);
  if (member !== undefined) {
    const text = textOf(value);
    if (text !== undefined && text !== '') {
      parts[member] = member === 'keywords' ? keywordMask(text) : text;
      return;
    }
  }
  const made = fieldValueOf(value);
  if (made === undefined || made === '') return;
  if (shipperKeys.has(key)) parts.extra.push([key, made]);
  else if (key === 'Opcode') parts.opcode = typeof made === 'string' ? made : made[0];
  else if (key === 'TaskDisplayName') parts.extra.push(['TaskCategory', made]);
  else parts.data.push({ name: key, value: made });
}

function readTime(
  parts: FoundParts,
  members: Members,
): { clock: string; trust: 'utc' | 'maybe-local' | 'local' } {
  for (const clock of clocks) {
    const text = textOf(members[clock]);
    if (text === undefined) continue;
    const reading = readClock(text);
    if (reading === undefined) continue;
    parts.time = reading.time;
    parts.systemTime = text;
    const created = clock === 'TimeCreated' || clock === 'SystemTime';
    const trust = created ? (reading.local ? 'local' : 'maybe-local') : 'utc';
    return { clock, trust };
  }
  return { clock: 'TimeCreated', trust: 'utc' };
}
