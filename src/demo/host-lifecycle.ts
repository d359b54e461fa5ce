import { type CaseTime, MINUTE, SECOND } from './case-time.ts';
import type { HostSimulation } from './host-simulation.ts';
import { IMAGES, type ImageName } from './image-catalogue.ts';
import { loggedOff, loggedOn, userLoggedOff, windowsStarted } from './security-events.ts';
import { driverLoad, serviceState } from './sysmon-events.ts';

const KERNEL_GENERAL = [
  'Microsoft-Windows-Kernel-General',
  '{a68ca8b7-004f-d7b6-a698-07e2de0f1f5d}',
] as const;
const EVENT_LOG = ['EventLog', '{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}'] as const;

interface BaselineProcess {
  readonly role: string;
  readonly image: ImageName;
  readonly commandLine: string;
  readonly parent: string | undefined;
  readonly pid?: number;
}

const service = (role: string, group: string, name: string): BaselineProcess => ({
  role,
  image: 'svchost',
  commandLine: `C:\\Windows\\system32\\svchost.exe -k ${group} -p -s ${name}`,
  parent: 'services',
});

/** What Windows starts before anyone logs on, parents first. */
const BASELINE: readonly BaselineProcess[] = [
  { role: 'system', image: 'system', commandLine: '', parent: undefined, pid: 4 },
  { role: 'smss', image: 'smss', commandLine: '\\SystemRoot\\System32\\smss.exe', parent: 'system' },
  {
    role: 'csrss',
    image: 'csrss',
    commandLine: '%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows SharedSection=1024,20480,768',
    parent: 'smss',
  },
  { role: 'wininit', image: 'wininit', commandLine: 'wininit.exe', parent: 'smss' },
  { role: 'winlogon', image: 'winlogon', commandLine: 'winlogon.exe', parent: 'smss' },
  {
    role: 'services',
    image: 'services',
    commandLine: 'C:\\Windows\\system32\\services.exe',
    parent: 'wininit',
  },
  { role: 'lsass', image: 'lsass', commandLine: 'C:\\Windows\\system32\\lsass.exe', parent: 'wininit' },
  service('dcom', 'DcomLaunch', 'LSM'),
  { role: 'dwm', image: 'dwm', commandLine: '"dwm.exe"', parent: 'winlogon' },
  service('dnscache', 'NetworkService', 'Dnscache'),
  service('schedule', 'netsvcs', 'Schedule'),
  service('profsvc', 'netsvcs', 'ProfSvc'),
  service('bits', 'netsvcs', 'BITS'),
  service('wuauserv', 'netsvcs', 'wuauserv'),
  { role: 'sysmon', image: 'sysmon', commandLine: 'C:\\Windows\\Sysmon64.exe', parent: 'services' },
  {
    role: 'spoolsv',
    image: 'spoolsv',
    commandLine: 'C:\\Windows\\System32\\spoolsv.exe',
    parent: 'services',
  },
  { role: 'msMpEng', image: 'msMpEng', commandLine: `"${IMAGES.msMpEng.path}"`, parent: 'services' },
  {
    role: 'searchIndexer',
    image: 'searchIndexer',
    commandLine: 'C:\\Windows\\system32\\SearchIndexer.exe /Embedding',
    parent: 'services',
  },
];

function startBaseline(host: HostSimulation, each: BaselineProcess, recorded: boolean): void {
  const process = host.start({
    image: IMAGES[each.image],
    commandLine: each.commandLine,
    parent: each.parent === undefined ? undefined : host.role(each.parent),
    session: host.systemLogon,
    ...(each.pid === undefined ? {} : { pid: each.pid }),
    recorded: recorded && each.role !== 'system',
  });
  host.roles.set(each.role, process);
}

/** The user's desktop: userinit, which soon ends, and explorer. */
function startDesktop(host: HostSimulation, recorded: boolean): void {
  const session = host.logon(host.host.user, 1, 'Medium');
  const winlogon = host.role('winlogon');
  if (recorded) host.security(loggedOn(session, 2, winlogon, '-', host.systemLogon));
  const options = { session, recorded };
  const userinit = host.start({
    ...options,
    image: IMAGES.userinit,
    commandLine: 'C:\\Windows\\system32\\userinit.exe',
    parent: winlogon,
    directory: 'C:\\Windows\\system32\\',
  });
  const explorer = host.start({
    ...options,
    image: IMAGES.explorer,
    commandLine: 'C:\\Windows\\Explorer.EXE',
    parent: userinit,
    directory: 'C:\\Windows\\system32\\',
  });
  host.roles.set('explorer', explorer);
  host.roles.set(
    'sihost',
    host.start({ ...options, image: IMAGES.sihost, commandLine: 'sihost.exe', parent: host.role('profsvc') }),
  );
  if (recorded) host.after(25 * SECOND, () => host.exit(userinit));
  else {
    // It ended before the logs begin.
    host.now += 25 * SECOND;
    host.endUnseen(userinit);
  }
}

/** The host has run since the given moment, before the logs begin, and its user is logged on. Nothing is logged. */
export function hasBeenRunning(host: HostSimulation, since: CaseTime, desktopSince: CaseTime): void {
  const { now } = host;
  host.now = since;
  for (const each of BASELINE) {
    startBaseline(host, each, false);
    host.now += 1.3 * SECOND;
  }
  host.now = desktopSince;
  if (host.host.role === 'workstation') startDesktop(host, false);
  host.now = now;
}

/** Switches the host on now; the user logs on a while later. Everything is logged. */
export function powerOn(host: HostSimulation, logonAfter: number): void {
  host.newBoot();
  host.system(...KERNEL_GENERAL, 12, [
    ['MajorVersion', 10],
    ['MinorVersion', 0],
    ['BuildVersion', 19045],
    ['StartTime', new Date(host.now / 1000).toISOString()],
  ]);
  BASELINE.forEach((each, at) => {
    host.after(at * 0.9 * SECOND, () => {
      if (each.parent !== undefined && !host.role(each.parent)) return;
      startBaseline(host, each, true);
      if (each.role === 'lsass') host.security(windowsStarted());
      if (each.role === 'services') host.system(...EVENT_LOG, 6005, []);
      if (each.role === 'sysmon') {
        host.sysmon(serviceState(host.now, 'Started'));
        host.sysmon(driverLoad(host.now, 'C:\\Windows\\System32\\drivers\\WdFilter.sys'));
      }
    });
  });
  if (host.host.role === 'workstation') host.after(logonAfter, () => startDesktop(host, true));
}

/** The user logs off: whatever runs in the session ends. */
function logOff(host: HostSimulation): void {
  const session = host.role('explorer')?.session;
  if (!session) return;
  host.security(userLoggedOff(session));
  for (const process of [...host.processes.values()])
    if (process.session.logonId === session.logonId) host.exit(process, 0x40010004);
  host.security(loggedOff(session, 2));
}

/** Logs off and, two minutes later, shuts down; services end without an event. */
export function powerDown(host: HostSimulation): void {
  logOff(host);
  host.after(2 * MINUTE, () => {
    if (!host.role('services')) return;
    host.sysmon(serviceState(host.now, 'Stopped'));
    host.system(...EVENT_LOG, 6006, []);
    host.system(...KERNEL_GENERAL, 13, [['StopTime', new Date(host.now / 1000).toISOString()]]);
    host.powerOff();
  });
}
