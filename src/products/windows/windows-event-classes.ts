import type { EventClass } from '../../events/event-class.ts';

type ClassesById = Readonly<Record<string, EventClass>>;

/** Classes by provider and event id: ids repeat under other providers. Ids that are not here are `other`. */
const byProvider: ReadonlyMap<string, ClassesById> = new Map<string, ClassesById>([
  [
    'Service Control Manager',
    { '7034': 'service', '7035': 'service', '7036': 'service', '7040': 'service', '7045': 'service' },
  ],
  ['Microsoft-Windows-Kernel-General', { '1': 'clock-change', '12': 'boot', '13': 'boot' }],
  ['Microsoft-Windows-Kernel-Power', { '41': 'boot', '42': 'boot', '107': 'boot', '109': 'boot' }],
  ['EventLog', { '6005': 'boot', '6006': 'boot', '6008': 'boot', '6009': 'boot', '6013': 'boot' }],
  ['User32', { '1074': 'boot', '1076': 'boot' }],
  [
    'Microsoft-Windows-Eventlog',
    { '104': 'log-cleared', '1100': 'sensor-state', '1101': 'sensor-drop', '1102': 'log-cleared' },
  ],
  [
    'Microsoft-Windows-PowerShell',
    { '4100': 'script', '4103': 'script', '4104': 'script', '4105': 'script', '4106': 'script' },
  ],
  ['PowerShell', { '400': 'script', '403': 'script', '500': 'script', '600': 'script', '800': 'script' }],
  [
    'Microsoft-Windows-TaskScheduler',
    {
      '100': 'scheduled-task',
      '102': 'scheduled-task',
      '106': 'scheduled-task',
      '107': 'scheduled-task',
      '110': 'scheduled-task',
      '129': 'scheduled-task',
      '140': 'scheduled-task',
      '141': 'scheduled-task',
      '200': 'scheduled-task',
      '201': 'scheduled-task',
    },
  ],
  [
    'Microsoft-Windows-WMI-Activity',
    { '5857': 'wmi', '5858': 'wmi', '5859': 'wmi', '5860': 'wmi', '5861': 'wmi' },
  ],
  [
    'Microsoft-Windows-TerminalServices-LocalSessionManager',
    { '21': 'logon', '22': 'logon', '23': 'logon', '24': 'logon', '25': 'logon' },
  ],
  ['Microsoft-Windows-DNS-Client', { '3006': 'dns', '3008': 'dns', '3018': 'dns', '3020': 'dns' }],
]);

/** The class of an event of a channel that has no product of its own. */
export function windowsEventClass(provider: string | undefined, eventId: string | undefined): EventClass {
  if (provider === undefined || eventId === undefined) return 'other';
  const classes = byProvider.get(provider);
  return classes !== undefined && Object.hasOwn(classes, eventId) ? (classes[eventId] ?? 'other') : 'other';
}
