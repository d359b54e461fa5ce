import type { EventClass } from '../../events/event-class.ts';

/** What an action is: its class, and the CIM's action where the name alone decides. */
export interface DefenderAction {
  readonly eventClass: EventClass;
  readonly action?: string;
}

type Row = readonly [name: string, eventClass: EventClass, action?: string];

/** By `ActionType`, as the portal's schema reference names them. Others are of the class of their table. */
const actionRows: readonly Row[] = [
  ['ProcessCreated', 'process-start', 'allowed'],
  ['ConnectionSuccess', 'network', 'allowed'],
  ['ConnectionFailed', 'network', 'failure'],
  ['ConnectionAttempt', 'network'],
  ['ConnectionRequest', 'network'],
  ['ConnectionFound', 'network'],
  ['ConnectionAcknowledged', 'network', 'allowed'],
  ['InboundConnectionAccepted', 'network', 'allowed'],
  ['InboundConnectionBlocked', 'network', 'blocked'],
  ['InboundConnectionAttempt', 'network'],
  ['ListeningConnectionCreated', 'network'],
  ['FirewallInboundConnectionBlocked', 'network', 'blocked'],
  ['FirewallOutboundConnectionBlocked', 'network', 'blocked'],
  ['FirewallInboundConnectionToAppBlocked', 'network', 'blocked'],
  ['ExploitGuardNetworkProtectionBlocked', 'network', 'blocked'],
  ['ExploitGuardNetworkProtectionAudited', 'network'],
  ['HttpConnectionInspected', 'network', 'allowed'],
  ['SslConnectionInspected', 'network', 'allowed'],
  ['NetworkSignatureInspected', 'network'],
  ['DnsConnectionInspected', 'dns'],
  ['DnsQueryResponse', 'dns'],
  ['FileCreated', 'file-create', 'created'],
  ['FileModified', 'file-create', 'modified'],
  ['FileRenamed', 'file-create', 'modified'],
  ['FileDeleted', 'file-delete', 'deleted'],
  ['ShellLinkCreateFileEvent', 'file-create', 'created'],
  ['FileTimestampModificationEvent', 'file-time-change', 'modified'],
  ['SensitiveFileRead', 'file-access', 'read'],
  ['RegistryKeyCreated', 'registry', 'created'],
  ['RegistryKeyDeleted', 'registry', 'deleted'],
  ['RegistryKeyRenamed', 'registry', 'modified'],
  ['RegistryValueSet', 'registry', 'modified'],
  ['RegistryValueDeleted', 'registry', 'deleted'],
  ['ImageLoaded', 'module-load', 'success'],
  ['DriverLoad', 'driver-load', 'allowed'],
  ['LogonSuccess', 'logon', 'success'],
  ['LogonFailed', 'logon', 'failure'],
  ['LogonAttempted', 'logon'],
  ['CreateRemoteThreadApiCall', 'remote-thread'],
  ['OpenProcessApiCall', 'process-access'],
  ['OpenProcess', 'process-access'],
  ['ReadProcessMemoryApiCall', 'process-access'],
  ['WriteProcessMemoryApiCall', 'process-access'],
  ['WriteToLsassProcessMemory', 'process-access'],
  ['NtAllocateVirtualMemoryRemoteApiCall', 'process-access'],
  ['NtMapViewOfSectionRemoteApiCall', 'process-access'],
  ['NtProtectVirtualMemoryApiCall', 'process-access'],
  ['MemoryRemoteProtect', 'process-access'],
  ['QueueUserApcRemoteApiCall', 'process-access'],
  ['SetThreadContextRemoteApiCall', 'process-access'],
  ['ProcessPrimaryTokenModified', 'process-tampering'],
  ['NamedPipeEvent', 'pipe'],
  ['PowerShellCommand', 'script'],
  ['ScriptContent', 'script'],
  ['AmsiScriptContent', 'script'],
  ['AmsiScriptDetection', 'script'],
  ['GetClipboardData', 'clipboard'],
  ['WmiBindEventFilterToConsumer', 'wmi'],
  ['ProcessCreatedUsingWmiQuery', 'wmi'],
  ['RemoteWmiOperation', 'wmi'],
  ['ServiceInstalled', 'service'],
  ['ScheduledTaskCreated', 'scheduled-task', 'created'],
  ['ScheduledTaskDeleted', 'scheduled-task', 'deleted'],
  ['ScheduledTaskUpdated', 'scheduled-task', 'modified'],
  ['ScheduledTaskEnabled', 'scheduled-task', 'modified'],
  ['ScheduledTaskDisabled', 'scheduled-task', 'modified'],
  ['UserAccountCreated', 'account', 'created'],
  ['UserAccountDeleted', 'account', 'deleted'],
  ['UserAccountModified', 'account', 'modified'],
  ['UserAccountAddedToLocalGroup', 'account', 'modified'],
  ['UserAccountRemovedFromLocalGroup', 'account', 'modified'],
  ['PasswordChangeAttempt', 'account', 'modified'],
  ['SecurityLogCleared', 'log-cleared'],
];

const actions: ReadonlyMap<string, DefenderAction> = new Map(
  actionRows.map(([name, eventClass, action]) => [
    name,
    action === undefined ? { eventClass } : { eventClass, action },
  ]),
);

/** The class of a table's rows whose action is not named above. */
const tables: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['DeviceNetworkEvents', 'network'],
  ['DeviceFileEvents', 'file-create'],
  ['DeviceRegistryEvents', 'registry'],
  ['DeviceImageLoadEvents', 'module-load'],
  ['DeviceLogonEvents', 'logon'],
]);

/** Of a class, the table that a row is of, where the export does not say. */
const usualTables: Partial<Record<EventClass, string>> = {
  'process-start': 'DeviceProcessEvents',
  network: 'DeviceNetworkEvents',
  'file-create': 'DeviceFileEvents',
  'file-delete': 'DeviceFileEvents',
  registry: 'DeviceRegistryEvents',
  'module-load': 'DeviceImageLoadEvents',
  logon: 'DeviceLogonEvents',
};

/** Rows that stand for several events of an hour. */
export const AGGREGATED = 'AggregatedReport';

/**
 * What a row tells. A report that sums up several process creations tells of no one process, and is of class `other`; a row
 * of DeviceProcessEvents without an action is a creation, as the table has no other.
 */
export function actionOf(actionType: string | undefined, table: string | undefined): DefenderAction {
  if (actionType === undefined)
    return table === 'DeviceProcessEvents'
      ? { eventClass: 'process-start' }
      : { eventClass: tables.get(table ?? '') ?? 'other' };
  const isSum = actionType.endsWith(AGGREGATED);
  const found = actions.get(isSum ? actionType.slice(0, -AGGREGATED.length) : actionType);
  if (isSum && found?.eventClass === 'process-start') return { eventClass: 'other' };
  return found ?? { eventClass: tables.get(table ?? '') ?? 'other' };
}

export function usualTable(eventClass: EventClass): string {
  return usualTables[eventClass] ?? 'DeviceEvents';
}
