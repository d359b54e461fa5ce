import type { EventClass } from '../../events/event-class.ts';

/** What is fixed for a Security event: its class and what it means. */
export interface SecurityEventKind {
  readonly eventClass: EventClass;
  readonly signature: string;
}

/**
 * Windows Security's events that have a class or a meaning here; all others pass with their fields as `other`. 1100 to 1102
 * come from the event log service into the same channel.
 */
const table: readonly (readonly [id: string, eventClass: EventClass, signature: string])[] = [
  ['1100', 'sensor-state', 'The event logging service has shut down'],
  ['1101', 'sensor-drop', 'Audit events have been dropped by the transport'],
  ['1102', 'log-cleared', 'The audit log was cleared'],
  ['1104', 'sensor-drop', 'The security log is full'],
  ['1108', 'sensor-drop', 'The event logging service encountered an error'],
  ['4608', 'boot', 'Windows is starting up'],
  ['4609', 'boot', 'Windows is shutting down'],
  ['4612', 'sensor-drop', 'Resources for the queuing of audit messages have been exhausted'],
  ['4616', 'clock-change', 'The system time was changed'],
  ['4624', 'logon', 'An account was successfully logged on'],
  ['4625', 'logon', 'An account failed to log on'],
  ['4626', 'logon', 'User or device claims information'],
  ['4627', 'logon', 'Group membership information'],
  ['4634', 'logon', 'An account was logged off'],
  ['4647', 'logon', 'User initiated logoff'],
  ['4648', 'logon', 'A logon was attempted using explicit credentials'],
  ['4649', 'logon', 'A replay attack was detected'],
  ['4656', 'file-access', 'A handle to an object was requested'],
  ['4657', 'registry', 'A registry value was modified'],
  ['4658', 'file-access', 'The handle to an object was closed'],
  ['4660', 'other', 'An object was deleted'],
  ['4661', 'other', 'A handle to an object was requested'],
  ['4662', 'other', 'An operation was performed on an object'],
  ['4663', 'file-access', 'An attempt was made to access an object'],
  ['4670', 'file-access', 'Permissions on an object were changed'],
  ['4672', 'logon', 'Special privileges assigned to new logon'],
  ['4673', 'other', 'A privileged service was called'],
  ['4674', 'other', 'An operation was attempted on a privileged object'],
  ['4675', 'logon', 'SIDs were filtered'],
  ['4688', 'process-start', 'A new process has been created'],
  ['4689', 'process-end', 'A process has exited'],
  ['4690', 'other', 'An attempt was made to duplicate a handle to an object'],
  ['4696', 'other', 'A primary token was assigned to process'],
  ['4697', 'service', 'A service was installed in the system'],
  ['4698', 'scheduled-task', 'A scheduled task was created'],
  ['4699', 'scheduled-task', 'A scheduled task was deleted'],
  ['4700', 'scheduled-task', 'A scheduled task was enabled'],
  ['4701', 'scheduled-task', 'A scheduled task was disabled'],
  ['4702', 'scheduled-task', 'A scheduled task was updated'],
  ['4703', 'other', 'A user right was adjusted'],
  ['4704', 'account', 'A user right was assigned'],
  ['4705', 'account', 'A user right was removed'],
  ['4719', 'sensor-state', 'System audit policy was changed'],
  ['4720', 'account', 'A user account was created'],
  ['4722', 'account', 'A user account was enabled'],
  ['4723', 'account', "An attempt was made to change an account's password"],
  ['4724', 'account', "An attempt was made to reset an account's password"],
  ['4725', 'account', 'A user account was disabled'],
  ['4726', 'account', 'A user account was deleted'],
  ['4727', 'account', 'A security-enabled global group was created'],
  ['4728', 'account', 'A member was added to a security-enabled global group'],
  ['4729', 'account', 'A member was removed from a security-enabled global group'],
  ['4730', 'account', 'A security-enabled global group was deleted'],
  ['4731', 'account', 'A security-enabled local group was created'],
  ['4732', 'account', 'A member was added to a security-enabled local group'],
  ['4733', 'account', 'A member was removed from a security-enabled local group'],
  ['4734', 'account', 'A security-enabled local group was deleted'],
  ['4735', 'account', 'A security-enabled local group was changed'],
  ['4737', 'account', 'A security-enabled global group was changed'],
  ['4738', 'account', 'A user account was changed'],
  ['4740', 'account', 'A user account was locked out'],
  ['4741', 'account', 'A computer account was created'],
  ['4742', 'account', 'A computer account was changed'],
  ['4743', 'account', 'A computer account was deleted'],
  ['4756', 'account', 'A member was added to a security-enabled universal group'],
  ['4757', 'account', 'A member was removed from a security-enabled universal group'],
  ['4767', 'account', 'A user account was unlocked'],
  ['4768', 'logon', 'A Kerberos authentication ticket (TGT) was requested'],
  ['4769', 'logon', 'A Kerberos service ticket was requested'],
  ['4770', 'logon', 'A Kerberos service ticket was renewed'],
  ['4771', 'logon', 'Kerberos pre-authentication failed'],
  ['4776', 'logon', 'The computer attempted to validate the credentials for an account'],
  ['4778', 'logon', 'A session was reconnected to a Window Station'],
  ['4779', 'logon', 'A session was disconnected from a Window Station'],
  ['4781', 'account', 'The name of an account was changed'],
  ['4798', 'account', "A user's local group membership was enumerated"],
  ['4799', 'account', 'A security-enabled local group membership was enumerated'],
  ['4800', 'logon', 'The workstation was locked'],
  ['4801', 'logon', 'The workstation was unlocked'],
  ['4964', 'logon', 'Special groups have been assigned to a new logon'],
  ['5140', 'file-access', 'A network share object was accessed'],
  ['5142', 'file-access', 'A network share object was added'],
  ['5143', 'file-access', 'A network share object was modified'],
  ['5144', 'file-access', 'A network share object was deleted'],
  ['5145', 'file-access', 'A network share object was checked for access'],
  ['5152', 'network', 'The Windows Filtering Platform blocked a packet'],
  ['5154', 'network', 'The Windows Filtering Platform has permitted a listen'],
  ['5155', 'network', 'The Windows Filtering Platform has blocked a listen'],
  ['5156', 'network', 'The Windows Filtering Platform has permitted a connection'],
  ['5157', 'network', 'The Windows Filtering Platform has blocked a connection'],
  ['5158', 'network', 'The Windows Filtering Platform has permitted a bind to a local port'],
  ['5159', 'network', 'The Windows Filtering Platform has blocked a bind to a local port'],
];

const kinds: ReadonlyMap<string, SecurityEventKind> = new Map(
  table.map(([id, eventClass, signature]) => [id, { eventClass, signature }]),
);

/** The kind of a Security event; undefined for ids that the table does not name. */
export function securityEventKind(eventId: string): SecurityEventKind | undefined {
  return kinds.get(eventId);
}

/** Events on an object of any type, whose class is that of the object. */
const onObjects: ReadonlySet<string> = new Set(['4656', '4658', '4663', '4670']);

const classOfObjectType: Readonly<Record<string, EventClass>> = {
  File: 'file-access',
  Key: 'registry',
  Process: 'process-access',
};

/** The class of an event on an object, by the object's type. A closed handle (4658) does not say of what. */
export function securityEventClass(
  kind: SecurityEventKind | undefined,
  eventId: string,
  objectType: string | undefined,
): EventClass {
  if (kind === undefined) return 'other';
  if (!onObjects.has(eventId)) return kind.eventClass;
  return objectType !== undefined && Object.hasOwn(classOfObjectType, objectType)
    ? (classOfObjectType[objectType] ?? 'other')
    : 'other';
}
