/** What events tell, whichever product told it. Coverage and evidence are kept by class. */
export const eventClasses = [
  'process-start',
  'process-end',
  'process-access',
  'process-tampering',
  'remote-thread',
  'module-load',
  'driver-load',
  'file-create',
  'file-delete',
  'file-time-change',
  'file-stream',
  'file-access',
  'raw-access',
  'registry',
  'network',
  'dns',
  'pipe',
  'wmi',
  'clipboard',
  'script',
  'service',
  'scheduled-task',
  'logon',
  'account',
  'web',
  'sensor-state',
  'sensor-drop',
  'log-cleared',
  'boot',
  'clock-change',
  'other',
] as const;

export type EventClass = (typeof eventClasses)[number];

const known: ReadonlySet<string> = new Set(eventClasses);

export function isEventClass(text: string): text is EventClass {
  return known.has(text);
}
