import type { EventClass } from '../../events/event-class.ts';

/** What is fixed for an event id: its class, what it means, and the CIM's action where the id alone decides. */
export interface SysmonEventKind {
  readonly eventClass: EventClass;
  readonly signature: string;
  readonly action?: string;
}

/** Sysmon's events. Actions as in Splunk's add-on, which calls the end of a process `blocked`. */
export const sysmonEvents: ReadonlyMap<string, SysmonEventKind> = new Map<string, SysmonEventKind>([
  ['1', { eventClass: 'process-start', signature: 'Process creation', action: 'allowed' }],
  ['2', { eventClass: 'file-time-change', signature: 'File creation time changed', action: 'modified' }],
  ['3', { eventClass: 'network', signature: 'Network connection', action: 'allowed' }],
  ['4', { eventClass: 'sensor-state', signature: 'Sysmon service state changed' }],
  ['5', { eventClass: 'process-end', signature: 'Process terminated', action: 'blocked' }],
  ['6', { eventClass: 'driver-load', signature: 'Driver loaded', action: 'allowed' }],
  ['7', { eventClass: 'module-load', signature: 'Image loaded', action: 'success' }],
  ['8', { eventClass: 'remote-thread', signature: 'Remote thread created', action: 'allowed' }],
  ['9', { eventClass: 'raw-access', signature: 'Raw access to a volume', action: 'allowed' }],
  ['10', { eventClass: 'process-access', signature: 'Process accessed', action: 'allowed' }],
  ['11', { eventClass: 'file-create', signature: 'File created', action: 'created' }],
  ['12', { eventClass: 'registry', signature: 'Registry object created or deleted' }],
  ['13', { eventClass: 'registry', signature: 'Registry value set', action: 'modified' }],
  ['14', { eventClass: 'registry', signature: 'Registry object renamed', action: 'modified' }],
  ['15', { eventClass: 'file-stream', signature: 'File stream created', action: 'allowed' }],
  ['16', { eventClass: 'sensor-state', signature: 'Sysmon configuration changed' }],
  ['17', { eventClass: 'pipe', signature: 'Pipe created', action: 'allowed' }],
  ['18', { eventClass: 'pipe', signature: 'Pipe connected', action: 'allowed' }],
  ['19', { eventClass: 'wmi', signature: 'WMI filter' }],
  ['20', { eventClass: 'wmi', signature: 'WMI consumer' }],
  ['21', { eventClass: 'wmi', signature: 'WMI consumer bound to a filter' }],
  ['22', { eventClass: 'dns', signature: 'DNS query' }],
  ['23', { eventClass: 'file-delete', signature: 'File deleted, content kept', action: 'deleted' }],
  ['24', { eventClass: 'clipboard', signature: 'Clipboard changed', action: 'allowed' }],
  ['25', { eventClass: 'process-tampering', signature: 'Process tampering', action: 'allowed' }],
  ['26', { eventClass: 'file-delete', signature: 'File deleted', action: 'deleted' }],
  ['27', { eventClass: 'file-create', signature: 'Executable file blocked', action: 'blocked' }],
  ['28', { eventClass: 'file-delete', signature: 'File shredding blocked', action: 'blocked' }],
  ['29', { eventClass: 'file-create', signature: 'Executable file detected', action: 'created' }],
  ['255', { eventClass: 'sensor-state', signature: 'Sysmon error' }],
]);
