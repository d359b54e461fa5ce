/** Members of the System part in the order of an event draft's slots. */
export const systemMembers = [
  'provider',
  'providerGuid',
  'eventSourceName',
  'eventId',
  'qualifiers',
  'version',
  'level',
  'task',
  'opcode',
  'keywords',
  'systemTime',
  'recordId',
  'activityId',
  'relatedActivityId',
  'executionProcessId',
  'executionThreadId',
  'channel',
  'computer',
  'securityUserId',
] as const;

export type SystemMember = (typeof systemMembers)[number];

/** Where each member stands below System: the element, or its attribute behind `@` (event schema). */
const placeOfMember: Readonly<Record<SystemMember, string>> = {
  provider: 'Provider@Name',
  providerGuid: 'Provider@Guid',
  eventSourceName: 'Provider@EventSourceName',
  eventId: 'EventID',
  qualifiers: 'EventID@Qualifiers',
  version: 'Version',
  level: 'Level',
  task: 'Task',
  opcode: 'Opcode',
  keywords: 'Keywords',
  systemTime: 'TimeCreated@SystemTime',
  recordId: 'EventRecordID',
  activityId: 'Correlation@ActivityID',
  relatedActivityId: 'Correlation@RelatedActivityID',
  executionProcessId: 'Execution@ProcessID',
  executionThreadId: 'Execution@ThreadID',
  channel: 'Channel',
  computer: 'Computer',
  securityUserId: 'Security@UserID',
};

/** Slot of what stands at a place below System. */
export const slotOfPlace: ReadonlyMap<string, number> = new Map(
  systemMembers.map((member, slot) => [placeOfMember[member], slot]),
);

export const timeSlot = systemMembers.indexOf('systemTime');
