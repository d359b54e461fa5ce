import type { EventClass } from '../../events/event-class.ts';

/** Classes of events that are no system calls, by the type of their first record. */
const byType: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['USER_LOGIN', 'logon'],
  ['USER_AUTH', 'logon'],
  ['USER_LOGOUT', 'logon'],
  ['LOGIN', 'logon'],
  ['USER_START', 'logon'],
  ['USER_END', 'logon'],
  ['ADD_USER', 'account'],
  ['DEL_USER', 'account'],
  ['ADD_GROUP', 'account'],
  ['DEL_GROUP', 'account'],
  ['USER_MGMT', 'account'],
  ['USER_CHAUTHTOK', 'account'],
  ['USER_ACCT', 'account'],
  ['SERVICE_START', 'service'],
  ['SERVICE_STOP', 'service'],
  ['DAEMON_START', 'sensor-state'],
  ['DAEMON_END', 'sensor-state'],
  ['DAEMON_ABORT', 'sensor-state'],
  ['DAEMON_CONFIG', 'sensor-state'],
  ['CONFIG_CHANGE', 'sensor-state'],
  ['SYSTEM_BOOT', 'boot'],
  ['SYSTEM_SHUTDOWN', 'boot'],
  ['KERN_MODULE', 'driver-load'],
]);

export function classOfType(type: string): EventClass {
  return byType.get(type) ?? 'other';
}
