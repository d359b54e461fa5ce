import type { FoundParts, SystemMember } from './windows-record.ts';

/** A key of a flat record that is of the System part. */
interface FlatMember {
  readonly member: SystemMember;
  /** Where this key is there too, it is the System part's, and the other is data (5058 has a `ProviderName`). */
  readonly unless?: string;
}

/**
 * Which keys of a flat record are the event's System part, in the spellings of the exporters. Case-sensitive: `ProcessID`
 * and `ProcessId` are two fields. What is not here is data of the event.
 */
const flatMembers: ReadonlyMap<string, FlatMember> = new Map<string, FlatMember>([
  ['SourceName', { member: 'provider' }],
  ['ProviderName', { member: 'provider', unless: 'SourceName' }],
  ['Provider', { member: 'provider', unless: 'SourceName' }],
  ['ProviderGuid', { member: 'providerGuid' }],
  ['ProviderId', { member: 'providerGuid', unless: 'ProviderGuid' }],
  ['EventID', { member: 'eventId' }],
  ['Qualifiers', { member: 'qualifiers' }],
  ['Version', { member: 'version' }],
  ['Level', { member: 'level' }],
  ['EventLevel', { member: 'level', unless: 'Level' }],
  ['Task', { member: 'task' }],
  ['Keywords', { member: 'keywords' }],
  ['TimeCreated', { member: 'systemTime' }],
  ['SystemTime', { member: 'systemTime', unless: 'TimeCreated' }],
  ['RecordNumber', { member: 'recordId' }],
  ['EventRecordID', { member: 'recordId', unless: 'RecordNumber' }],
  ['RecordId', { member: 'recordId', unless: 'RecordNumber' }],
  ['ActivityID', { member: 'activityId' }],
  ['ActivityId', { member: 'activityId', unless: 'ActivityID' }],
  ['RelatedActivityID', { member: 'relatedActivityId' }],
  ['RelatedActivityId', { member: 'relatedActivityId', unless: 'RelatedActivityID' }],
  ['ExecutionProcessID', { member: 'executionProcessId' }],
  ['ThreadID', { member: 'executionThreadId' }],
  ['ExecutionThreadID', { member: 'executionThreadId', unless: 'ThreadID' }],
  ['Channel', { member: 'channel' }],
  ['LogName', { member: 'channel', unless: 'Channel' }],
  ['Hostname', { member: 'computer' }],
  ['Computer', { member: 'computer', unless: 'Hostname' }],
  ['ComputerName', { member: 'computer', unless: 'Hostname' }],
  ['MachineName', { member: 'computer', unless: 'Hostname' }],
  ['UserID', { member: 'securityUserId' }],
  ['Message', { member: 'message' }],
]);

/**
 * The member of the System part that a key is in a record that has `members`; undefined where it is data, also
 * where another spelling has given that member to `parts` already.
 */
export function flatMember(
  key: string,
  members: { readonly [key: string]: unknown },
  parts: FoundParts,
): SystemMember | undefined {
  const found = flatMembers.get(key);
  if (found === undefined) return undefined;
  if (found.unless !== undefined && (found.unless in members || parts[found.member] !== undefined))
    return undefined;
  return found.member;
}
