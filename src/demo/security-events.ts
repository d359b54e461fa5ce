import type { CaseProcess, Integrity, LogonSession } from './case-process.ts';
import { DNS_DOMAIN } from './company.ts';
import type { EventData } from './windows-event-xml.ts';

/** The Windows Security events that the case writes, by id: version and task. */
export const SECURITY_FORMS = {
  4608: { version: 0, task: 12288 },
  4624: { version: 2, task: 12544 },
  4634: { version: 0, task: 12545 },
  4647: { version: 0, task: 12545 },
  4672: { version: 0, task: 12548 },
  4688: { version: 2, task: 13312 },
  4689: { version: 0, task: 13313 },
} as const;

export type SecurityEventId = keyof typeof SECURITY_FORMS;

export interface SecurityEvent {
  readonly id: SecurityEventId;
  readonly data: EventData;
}

const hexadecimal = (value: number): string => `0x${value.toString(16)}`;

const labels: Readonly<Record<Integrity, string>> = {
  Low: 'S-1-16-4096',
  Medium: 'S-1-16-8192',
  High: 'S-1-16-12288',
  System: 'S-1-16-16384',
};

function account(prefix: 'Subject' | 'Target', session: LogonSession | undefined): EventData {
  return [
    [`${prefix}UserSid`, session?.sid ?? 'S-1-0-0'],
    [`${prefix}UserName`, session?.securityName ?? '-'],
    [`${prefix}DomainName`, session?.securityDomain ?? '-'],
    [`${prefix}LogonId`, hexadecimal(session?.logonId ?? 0)],
  ];
}

/** 4688, version 2. The creator's account is the subject; the target is named only where it is another account. */
export function processCreated(process: CaseProcess): SecurityEvent {
  const creator = process.parent?.session ?? process.session;
  const other = creator.logonId === process.session.logonId ? undefined : process.session;
  return {
    id: 4688,
    data: [
      ...account('Subject', creator),
      ['NewProcessId', hexadecimal(process.pid)],
      ['NewProcessName', process.image.path],
      ['TokenElevationType', process.session.terminalSession > 0 ? '%%1938' : '%%1936'],
      ['ProcessId', hexadecimal(process.parent?.pid ?? 0)],
      ['CommandLine', process.commandLine],
      ...account('Target', other),
      ['ParentProcessName', process.parent?.image.path ?? ''],
      ['MandatoryLabel', labels[process.integrity]],
    ],
  };
}

export function processExited(process: CaseProcess, status: number): SecurityEvent {
  return {
    id: 4689,
    data: [
      ...account('Subject', process.session),
      ['Status', hexadecimal(status)],
      ['ProcessId', hexadecimal(process.pid)],
      ['ProcessName', process.image.path],
    ],
  };
}

/** Windows' logon types: interactive, network, service, unlock. */
export type LogonType = 2 | 3 | 5 | 7;

export function loggedOn(
  session: LogonSession,
  type: LogonType,
  broker: CaseProcess | undefined,
  from: string,
  system: LogonSession,
): SecurityEvent {
  const network = type === 3;
  return {
    id: 4624,
    data: [
      ...account('Subject', network ? undefined : system),
      ...account('Target', session),
      ['LogonType', type],
      ['LogonProcessName', network ? 'Kerberos' : type === 5 ? 'Advapi  ' : 'User32 '],
      ['AuthenticationPackageName', network ? 'Kerberos' : 'Negotiate'],
      ['WorkstationName', '-'],
      ['LogonGuid', '{00000000-0000-0000-0000-000000000000}'],
      ['TransmittedServices', '-'],
      ['LmPackageName', '-'],
      ['KeyLength', 0],
      ['ProcessId', hexadecimal(network ? 0 : (broker?.pid ?? 0))],
      ['ProcessName', network ? '-' : (broker?.image.path ?? '-')],
      ['IpAddress', network ? from : type === 5 ? '-' : '127.0.0.1'],
      ['IpPort', '0'],
      ['ImpersonationLevel', '%%1833'],
      ['RestrictedAdminMode', '-'],
      ['TargetOutboundUserName', '-'],
      ['TargetOutboundDomainName', '-'],
      ['VirtualAccount', '%%1843'],
      ['TargetLinkedLogonId', '0x0'],
      ['ElevatedToken', session.integrity === 'Medium' ? '%%1843' : '%%1842'],
    ],
  };
}

export function loggedOff(session: LogonSession, type: LogonType): SecurityEvent {
  return { id: 4634, data: [...account('Target', session), ['LogonType', type]] };
}

export function userLoggedOff(session: LogonSession): SecurityEvent {
  return { id: 4647, data: account('Target', session) };
}

export function privilegesAssigned(session: LogonSession): SecurityEvent {
  return { id: 4672, data: [...account('Subject', session), ['PrivilegeList', 'SeTcbPrivilege']] };
}

export function windowsStarted(): SecurityEvent {
  return { id: 4608, data: [] };
}

/** The system's own sessions of a host. */
export function systemSession(hostName: string, logonGuid: string): LogonSession {
  return {
    user: 'SYSTEM',
    domain: 'NT AUTHORITY',
    sid: 'S-1-5-18',
    logonId: 0x3e7,
    logonGuid,
    terminalSession: 0,
    integrity: 'System',
    securityName: `${hostName}$`,
    securityDomain: (DNS_DOMAIN.split('.')[0] ?? '').toUpperCase(),
  };
}
