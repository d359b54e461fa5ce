import type { EventClass } from '../events/event-class.ts';

/** What events of a class are called in a sentence, in the plural. */
export const classNames: Readonly<Record<EventClass, string>> = {
  'process-start': 'process starts',
  'process-end': 'process ends',
  'process-access': 'accesses to processes',
  'process-tampering': 'process tampering',
  'remote-thread': 'remote threads',
  'module-load': 'module loads',
  'driver-load': 'driver loads',
  'file-create': 'file creations',
  'file-delete': 'file deletions',
  'file-time-change': 'changes of file times',
  'file-stream': 'file streams',
  'file-access': 'file accesses',
  'raw-access': 'raw accesses to volumes',
  registry: 'registry changes',
  network: 'network connections',
  dns: 'DNS queries',
  pipe: 'named pipes',
  wmi: 'WMI subscriptions',
  clipboard: 'clipboard changes',
  script: 'scripts',
  service: 'services',
  'scheduled-task': 'scheduled tasks',
  logon: 'logons',
  account: 'account changes',
  web: 'web requests',
  'sensor-state': 'states of the sensor',
  'sensor-drop': 'drops of the sensor',
  'log-cleared': 'clears of the log',
  boot: 'boots',
  'clock-change': 'changes of the clock',
  other: 'other events',
};

/** What each product is called. */
const productNames: ReadonlyMap<string, string> = new Map([
  ['sysmon', 'Sysmon'],
  ['windows-security', 'Windows Security'],
  ['windows', 'Windows'],
  ['defender', 'Defender'],
  ['crowdstrike', 'CrowdStrike'],
  ['sentinelone', 'SentinelOne'],
  ['carbon-black', 'Carbon Black'],
  ['sysmon-linux', 'Sysmon for Linux'],
  ['auditd', 'the Linux audit log'],
]);

export function productName(product: string): string {
  return productNames.get(product) ?? product;
}
