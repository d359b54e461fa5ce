import { parseIsoTicks } from '../src/core/ticks.ts';
import type { JsonRecord, JsonValue, RowRecord, WindowsEventRecord } from '../src/formats/record.ts';

/** Made-up records of the forms in which Windows events come. */

type Members = { readonly [key: string]: JsonValue };

export function jsonRecord(value: Members): JsonRecord {
  return { kind: 'json', raw: JSON.stringify(value), offset: 0, value };
}

export function rowRecord(cells: Readonly<Record<string, string>>): RowRecord {
  return { kind: 'row', raw: Object.values(cells).join(','), offset: 0, cells };
}

/** An event as EVTX or event XML gives it. */
export function windowsEventRecord(
  system: Partial<WindowsEventRecord>,
  data: Readonly<Record<string, string>>,
): WindowsEventRecord {
  const systemTime = system.systemTime ?? '2024-03-05T10:15:30.5000000Z';
  return {
    kind: 'windows-event',
    raw: '<Event/>',
    offset: 0,
    provider: undefined,
    providerGuid: undefined,
    eventSourceName: undefined,
    eventId: undefined,
    qualifiers: undefined,
    version: '5',
    level: '4',
    task: '1',
    opcode: '0',
    keywords: '0x8000000000000000',
    systemTime,
    time: parseIsoTicks(systemTime),
    recordId: '4711',
    activityId: undefined,
    relatedActivityId: undefined,
    executionProcessId: '2804',
    executionThreadId: '3356',
    channel: undefined,
    computer: 'WS01.corp.example',
    securityUserId: 'S-1-5-18',
    data: Object.entries(data).map(([name, value]) => ({ name, value })),
    dataPart: 'EventData',
    dataName: undefined,
    ...system,
  };
}

export function sysmonRecord(
  eventId: string,
  data: Readonly<Record<string, string>>,
  system: Partial<WindowsEventRecord> = {},
): WindowsEventRecord {
  return windowsEventRecord(
    {
      provider: 'Microsoft-Windows-Sysmon',
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId,
      ...system,
    },
    data,
  );
}

export function securityRecord(
  eventId: string,
  data: Readonly<Record<string, string>>,
  system: Partial<WindowsEventRecord> = {},
): WindowsEventRecord {
  return windowsEventRecord(
    {
      provider: 'Microsoft-Windows-Security-Auditing',
      channel: 'Security',
      keywords: '0x8020000000000000',
      eventId,
      ...system,
    },
    data,
  );
}

/** The second 2024-03-05T10:15:30Z is 0x65e6f0c2, so this GUID's process started in it. */
export const processGuid = '{11112222-f0c2-65e6-0a01-000000000300}';
export const parentGuid = '{11112222-ed20-65e6-0501-000000000300}';

/** EID 1 as a sensor of today writes it. */
export const sysmonStart: Readonly<Record<string, string>> = {
  RuleName: '-',
  UtcTime: '2024-03-05 10:15:30.123',
  ProcessGuid: processGuid,
  ProcessId: '6416',
  Image: 'C:\\Program Files\\Office\\EXCEL.EXE',
  FileVersion: '16.0.1.2',
  Description: 'Excel',
  Product: 'Office',
  Company: 'Example',
  OriginalFileName: 'Excel.exe',
  CommandLine: '"EXCEL.EXE" C:\\Users\\wallylambic\\Salaries.xls',
  CurrentDirectory: 'C:\\Users\\wallylambic\\',
  User: 'CORP\\wallylambic',
  LogonGuid: '{11112222-e000-65e6-41d2-030000000000}',
  LogonId: '0x3d241',
  TerminalSessionId: '1',
  IntegrityLevel: 'Medium',
  Hashes: 'SHA1=AA11,MD5=BB22,SHA256=CC33,IMPHASH=00000000000000000000000000000000',
  ParentProcessGuid: parentGuid,
  ParentProcessId: '11120',
  ParentImage: 'C:\\Program Files\\Office\\OUTLOOK.EXE',
  ParentCommandLine: '"OUTLOOK.EXE"',
  ParentUser: 'CORP\\wallylambic',
};

/** 4688 of version 2. */
export const securityStart: Readonly<Record<string, string>> = {
  SubjectUserSid: 'S-1-5-21-1-2-3-1001',
  SubjectUserName: 'wallylambic',
  SubjectDomainName: 'CORP',
  SubjectLogonId: '0x3d241',
  NewProcessId: '0x1910',
  NewProcessName: 'C:\\Program Files\\Office\\EXCEL.EXE',
  TokenElevationType: '%%1936',
  ProcessId: '0x2b70',
  CommandLine: '"EXCEL.EXE" C:\\Users\\wallylambic\\Salaries.xls',
  TargetUserSid: 'S-1-0-0',
  TargetUserName: '-',
  TargetDomainName: '-',
  TargetLogonId: '0x0',
  ParentProcessName: 'C:\\Program Files\\Office\\OUTLOOK.EXE',
  MandatoryLabel: 'S-1-16-8192',
};
