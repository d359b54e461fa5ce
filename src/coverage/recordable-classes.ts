import type { EventClass } from '../events/event-class.ts';

/** How a product records a class of events. */
export interface RecordableClass {
  readonly eventClass: EventClass;
  readonly byDefault: 'on' | 'off';
  /** Happens so seldom on a host that its absence says little. */
  readonly seldom?: true;
  /**
   * What is recorded: `all` of the class; what the sensor's `rules` let through, which no event tells; or only what happens
   * to objects, or by ways, that are `audited`.
   */
  readonly selection: 'all' | 'rules' | 'audited';
}

type Entry = readonly [
  eventClass: EventClass,
  byDefault: 'on' | 'off',
  selection: RecordableClass['selection'],
  seldom?: 'seldom',
];

/** Sysmon without a configuration records the classes that are `on`; all others are switched on by rules. */
const sysmon: readonly Entry[] = [
  ['process-start', 'on', 'rules'],
  ['process-end', 'on', 'rules'],
  ['file-time-change', 'on', 'rules', 'seldom'],
  ['driver-load', 'on', 'rules', 'seldom'],
  ['remote-thread', 'on', 'rules', 'seldom'],
  ['raw-access', 'on', 'rules', 'seldom'],
  ['network', 'off', 'rules'],
  ['module-load', 'off', 'rules'],
  ['process-access', 'off', 'rules'],
  ['file-create', 'off', 'rules'],
  ['registry', 'off', 'rules'],
  ['file-stream', 'off', 'rules', 'seldom'],
  ['pipe', 'off', 'rules'],
  ['wmi', 'off', 'rules', 'seldom'],
  ['dns', 'off', 'rules'],
  ['file-delete', 'off', 'rules'],
  ['clipboard', 'off', 'rules', 'seldom'],
  ['process-tampering', 'off', 'rules', 'seldom'],
];

/** By the audit policy of Windows as installed. Objects are audited where their access list says so. */
const security: readonly Entry[] = [
  ['process-start', 'off', 'all'],
  ['process-end', 'off', 'all'],
  ['logon', 'on', 'all'],
  ['account', 'on', 'all', 'seldom'],
  ['file-access', 'off', 'audited'],
  ['registry', 'off', 'audited'],
  ['process-access', 'off', 'audited'],
  ['network', 'off', 'all'],
  ['service', 'off', 'all', 'seldom'],
  ['scheduled-task', 'off', 'all', 'seldom'],
];

/** Classes of the channels that have no product of their own, by channel in lower case. */
const channels: ReadonlyMap<string, readonly Entry[]> = new Map<string, readonly Entry[]>([
  [
    'system',
    [
      ['service', 'on', 'all'],
      ['boot', 'on', 'all', 'seldom'],
    ],
  ],
  ['microsoft-windows-powershell/operational', [['script', 'off', 'audited']]],
  ['windows powershell', [['script', 'on', 'audited']]],
  ['microsoft-windows-taskscheduler/operational', [['scheduled-task', 'off', 'all']]],
  ['microsoft-windows-wmi-activity/operational', [['wmi', 'on', 'audited']]],
  [
    'microsoft-windows-terminalservices-localsessionmanager/operational',
    [['logon', 'on', 'audited', 'seldom']],
  ],
  ['microsoft-windows-dns-client/operational', [['dns', 'off', 'all']]],
]);

const none: readonly RecordableClass[] = [];

/** The classes that a product can record on a channel; none where nothing is known of it. */
export function recordableClasses(product: string, channel: string): readonly RecordableClass[] {
  if (product === 'sysmon') return sysmonClasses;
  if (product === 'windows-security') return securityClasses;
  return product === 'windows' ? (channelClasses.get(channel.toLowerCase()) ?? none) : none;
}

function classesOf(entries: readonly Entry[]): readonly RecordableClass[] {
  return entries.map(([eventClass, byDefault, selection, seldom]) => ({
    eventClass,
    byDefault,
    selection,
    ...(seldom === undefined ? {} : { seldom: true }),
  }));
}

const sysmonClasses = classesOf(sysmon);
const securityClasses = classesOf(security);
const channelClasses = new Map([...channels].map(([channel, entries]) => [channel, classesOf(entries)]));
