import { type CaseProcess, sysmonUser } from './case-process.ts';
import { type CaseTime, utcTimeText } from './case-time.ts';
import type { CaseHost } from './company.ts';
import { DNS_DOMAIN } from './company.ts';
import { hashesOf } from './identifiers.ts';
import type { EventData } from './windows-event-xml.ts';

/** The Sysmon events that the case writes, by id, with their version. */
export const SYSMON_VERSIONS = {
  1: 5,
  2: 5,
  3: 5,
  4: 3,
  5: 3,
  6: 4,
  7: 3,
  8: 2,
  10: 3,
  11: 2,
  12: 2,
  13: 2,
  15: 2,
  17: 1,
  18: 1,
  22: 5,
  23: 5,
  255: 3,
} as const;

export type SysmonEventId = keyof typeof SYSMON_VERSIONS;

/** An event before it is given its time stamp of writing and its record id. */
export interface SysmonEvent {
  readonly id: SysmonEventId;
  readonly data: EventData;
}

type Item = readonly [string, string | number];

function rule(name: string, time: CaseTime): Item[] {
  return [
    ['RuleName', name],
    ['UtcTime', utcTimeText(time)],
  ];
}

function actor(process: CaseProcess): Item[] {
  return [
    ['ProcessGuid', process.guid],
    ['ProcessId', process.pid],
    ['Image', process.image.path],
  ];
}

function user(process: CaseProcess): Item {
  return ['User', sysmonUser(process)];
}

export function processCreate(process: CaseProcess, time: CaseTime, ruleName = '-'): SysmonEvent {
  const { image, session, parent } = process;
  return {
    id: 1,
    data: [
      ...rule(ruleName, time),
      ...actor(process),
      ['FileVersion', image.version],
      ['Description', image.description],
      ['Product', image.product],
      ['Company', image.company],
      ['OriginalFileName', image.original],
      ['CommandLine', process.commandLine],
      ['CurrentDirectory', process.directory],
      user(process),
      ['LogonGuid', session.logonGuid],
      ['LogonId', `0x${session.logonId.toString(16)}`],
      ['TerminalSessionId', session.terminalSession],
      ['IntegrityLevel', process.integrity],
      ['Hashes', hashesOf(image.path)],
      ['ParentProcessGuid', parent?.guid ?? '{00000000-0000-0000-0000-000000000000}'],
      ['ParentProcessId', parent?.pid ?? 0],
      ['ParentImage', parent?.image.path ?? '-'],
      ['ParentCommandLine', parent?.commandLine ?? '-'],
      ['ParentUser', parent ? sysmonUser(parent) : '-'],
    ],
  };
}

export function fileTimeChange(
  process: CaseProcess,
  time: CaseTime,
  path: string,
  claimed: CaseTime,
): SysmonEvent {
  return {
    id: 2,
    data: [
      ...rule('-', time),
      ...actor(process),
      ['TargetFilename', path],
      ['CreationUtcTime', utcTimeText(claimed)],
      ['PreviousCreationUtcTime', utcTimeText(time)],
      user(process),
    ],
  };
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly name?: string;
}

export function networkConnect(
  process: CaseProcess,
  time: CaseTime,
  host: CaseHost,
  sourcePort: number,
  to: Endpoint,
): SysmonEvent {
  return {
    id: 3,
    data: [
      ...rule('-', time),
      ...actor(process),
      user(process),
      ['Protocol', 'tcp'],
      ['Initiated', 'true'],
      ['SourceIsIpv6', 'false'],
      ['SourceIp', host.address],
      ['SourceHostname', `${host.name}.${DNS_DOMAIN}`],
      ['SourcePort', sourcePort],
      ['SourcePortName', '-'],
      ['DestinationIsIpv6', 'false'],
      ['DestinationIp', to.address],
      ['DestinationHostname', to.name ?? '-'],
      ['DestinationPort', to.port],
      ['DestinationPortName', to.port === 443 ? 'https' : '-'],
    ],
  };
}

export function serviceState(time: CaseTime, state: 'Started' | 'Stopped'): SysmonEvent {
  return {
    id: 4,
    data: [
      ['UtcTime', utcTimeText(time)],
      ['State', state],
      ['Version', '15.14'],
      ['SchemaVersion', '4.90'],
    ],
  };
}

export function processTerminate(process: CaseProcess, time: CaseTime): SysmonEvent {
  return { id: 5, data: [...rule('-', time), ...actor(process), user(process)] };
}

export function driverLoad(time: CaseTime, path: string): SysmonEvent {
  return {
    id: 6,
    data: [
      ...rule('-', time),
      ['ImageLoaded', path],
      ['Hashes', hashesOf(path)],
      ['Signed', 'true'],
      ['Signature', 'Microsoft Windows'],
      ['SignatureStatus', 'Valid'],
    ],
  };
}

export function imageLoad(process: CaseProcess, time: CaseTime, path: string, signed = true): SysmonEvent {
  return {
    id: 7,
    data: [
      ...rule('-', time),
      ...actor(process),
      ['ImageLoaded', path],
      ['FileVersion', signed ? '10.0.19041.3636 (WinBuild.160101.0800)' : '-'],
      ['Description', '-'],
      ['Product', signed ? 'Microsoft® Windows® Operating System' : '-'],
      ['Company', signed ? 'Microsoft Corporation' : '-'],
      ['OriginalFileName', '-'],
      ['Hashes', hashesOf(path)],
      ['Signed', signed ? 'true' : 'false'],
      ['Signature', signed ? 'Microsoft Windows' : '-'],
      ['SignatureStatus', signed ? 'Valid' : 'Unavailable'],
      user(process),
    ],
  };
}

export function remoteThread(
  source: CaseProcess,
  target: CaseProcess,
  time: CaseTime,
  thread: number,
): SysmonEvent {
  return {
    id: 8,
    data: [
      ...rule('-', time),
      ['SourceProcessGuid', source.guid],
      ['SourceProcessId', source.pid],
      ['SourceImage', source.image.path],
      ['TargetProcessGuid', target.guid],
      ['TargetProcessId', target.pid],
      ['TargetImage', target.image.path],
      ['NewThreadId', thread],
      ['StartAddress', '0x00007FF9FE817C90'],
      ['StartModule', 'C:\\Windows\\System32\\KERNELBASE.dll'],
      ['StartFunction', 'CtrlRoutine'],
      ['SourceUser', sysmonUser(source)],
      ['TargetUser', sysmonUser(target)],
    ],
  };
}

export function processAccess(
  source: CaseProcess,
  target: CaseProcess,
  time: CaseTime,
  thread: number,
  access = '0x1000',
): SysmonEvent {
  return {
    id: 10,
    data: [
      ...rule('-', time),
      ['SourceProcessGUID', source.guid],
      ['SourceProcessId', source.pid],
      ['SourceThreadId', thread],
      ['SourceImage', source.image.path],
      ['TargetProcessGUID', target.guid],
      ['TargetProcessId', target.pid],
      ['TargetImage', target.image.path],
      ['GrantedAccess', access],
      [
        'CallTrace',
        'C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4|C:\\Windows\\System32\\KERNELBASE.dll+32f3e|' +
          'C:\\Windows\\System32\\KERNEL32.DLL+17344|C:\\Windows\\SYSTEM32\\ntdll.dll+526b1',
      ],
      ['SourceUser', sysmonUser(source)],
      ['TargetUser', sysmonUser(target)],
    ],
  };
}

export function fileCreate(process: CaseProcess, time: CaseTime, path: string, ruleName = '-'): SysmonEvent {
  return {
    id: 11,
    data: [
      ...rule(ruleName, time),
      ...actor(process),
      ['TargetFilename', path],
      ['CreationUtcTime', utcTimeText(time)],
      user(process),
    ],
  };
}

export function registryKey(process: CaseProcess, time: CaseTime, key: string): SysmonEvent {
  return {
    id: 12,
    data: [
      ...rule('-', time).toSpliced(1, 0, ['EventType', 'CreateKey']),
      ...actor(process),
      ['TargetObject', key],
      user(process),
    ],
  };
}

export function registrySet(
  process: CaseProcess,
  time: CaseTime,
  value: string,
  details: string,
  ruleName = '-',
): SysmonEvent {
  return {
    id: 13,
    data: [
      ...rule(ruleName, time).toSpliced(1, 0, ['EventType', 'SetValue']),
      ...actor(process),
      ['TargetObject', value],
      ['Details', details],
      user(process),
    ],
  };
}

export function streamHash(
  process: CaseProcess,
  time: CaseTime,
  path: string,
  contents: string,
): SysmonEvent {
  return {
    id: 15,
    data: [
      ...rule('-', time),
      ...actor(process),
      ['TargetFilename', path],
      ['CreationUtcTime', utcTimeText(time)],
      ['Hash', hashesOf(path)],
      ['Contents', contents],
      user(process),
    ],
  };
}

export function pipe(process: CaseProcess, time: CaseTime, id: 17 | 18, name: string): SysmonEvent {
  return {
    id,
    data: [
      ...rule('-', time).toSpliced(1, 0, ['EventType', id === 17 ? 'CreatePipe' : 'ConnectPipe']),
      ...actor(process).toSpliced(2, 0, ['PipeName', name]),
      user(process),
    ],
  };
}

export function dnsQuery(
  process: CaseProcess,
  time: CaseTime,
  name: string,
  addresses: readonly string[],
): SysmonEvent {
  return {
    id: 22,
    data: [
      ...rule('-', time),
      ['ProcessGuid', process.guid],
      ['ProcessId', process.pid],
      ['QueryName', name],
      ['QueryStatus', addresses.length > 0 ? '0' : '9003'],
      ['QueryResults', addresses.length > 0 ? addresses.map((each) => `::ffff:${each};`).join('') : '-'],
      ['Image', process.image.path],
      user(process),
    ],
  };
}

export function fileDelete(process: CaseProcess, time: CaseTime, path: string): SysmonEvent {
  return {
    id: 23,
    data: [
      ...rule('-', time),
      ['ProcessGuid', process.guid],
      ['ProcessId', process.pid],
      user(process),
      ['Image', process.image.path],
      ['TargetFilename', path],
      ['Hashes', hashesOf(path)],
      ['IsExecutable', /\.(exe|dll)$/i.test(path) ? 'true' : 'false'],
      ['Archived', 'true'],
    ],
  };
}

/** The sensor's own report of what its driver queue lost: `Name:count`, separated by blanks. */
export function eventsDropped(time: CaseTime, counts: ReadonlyMap<string, number>): SysmonEvent {
  const list = [...counts].map(([name, count]) => `${name}:${count}`).join(' ');
  return {
    id: 255,
    data: [
      ['UtcTime', utcTimeText(time)],
      ['ID', 'QUEUE'],
      ['Description', `Events dropped from driver queue: ${list}`],
    ],
  };
}
