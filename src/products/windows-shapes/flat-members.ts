import type { SystemMember } from './windows-record.ts';

/**
 * Which keys of a flat record are the event's System part, in the spellings of the exporters. Case-sensitive: `ProcessID`
 * and `ProcessId` are two fields. What is not here is data of the event.
 */
export const flatMembers: ReadonlyMap<string, SystemMember> = new Map<string, SystemMember>([
  ['SourceName', 'provider'],
  ['ProviderName', 'provider'],
  ['Provider', 'provider'],
  ['ProviderGuid', 'providerGuid'],
  ['ProviderId', 'providerGuid'],
  ['EventID', 'eventId'],
  ['Qualifiers', 'qualifiers'],
  ['Version', 'version'],
  ['Level', 'level'],
  ['EventLevel', 'level'],
  ['Task', 'task'],
  ['Keywords', 'keywords'],
  ['TimeCreated', 'systemTime'],
  ['SystemTime', 'systemTime'],
  ['RecordNumber', 'recordId'],
  ['EventRecordID', 'recordId'],
  ['RecordId', 'recordId'],
  ['ActivityID', 'activityId'],
  ['ActivityId', 'activityId'],
  ['RelatedActivityID', 'relatedActivityId'],
  ['RelatedActivityId', 'relatedActivityId'],
  ['ExecutionProcessID', 'executionProcessId'],
  ['ThreadID', 'executionThreadId'],
  ['ExecutionThreadID', 'executionThreadId'],
  ['Channel', 'channel'],
  ['LogName', 'channel'],
  ['Hostname', 'computer'],
  ['Computer', 'computer'],
  ['ComputerName', 'computer'],
  ['MachineName', 'computer'],
  ['UserID', 'securityUserId'],
  ['Message', 'message'],
]);
