import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { securityRecord, securityStart } from '../../../test/windows-records.ts';

describe('4688', () => {
  const event = mapped(securityRecord('4688', securityStart));

  test('is a process start of Splunk’s source for the channel, at TimeCreated', () => {
    expect(event).toMatchObject({
      product: 'windows-security',
      eventClass: 'process-start',
      source: 'XmlWinEventLog:Security',
      sourcetype: 'XmlWinEventLog',
      timeSource: 'TimeCreated',
      host: 'ws01.corp.example',
    });
  });

  test('keeps the hexadecimal ids as recorded and gives decimal ones to compare with Sysmon', () => {
    expect(event.fields).toMatchObject({
      NewProcessId: '0x1910',
      ProcessId: '0x2b70',
      Creator_Process_ID: '0x2b70',
      process_id: '6416',
      parent_process_id: '11120',
    });
  });

  test('has the CIM’s names; the parent’s command line, which it has not, is its path', () => {
    expect(event.fields).toMatchObject({
      process: '"EXCEL.EXE" C:\\Users\\wallylambic\\Salaries.xls',
      process_path: 'C:\\Program Files\\Office\\EXCEL.EXE',
      process_name: 'EXCEL.EXE',
      parent_process: 'C:\\Program Files\\Office\\OUTLOOK.EXE',
      parent_process_name: 'OUTLOOK.EXE',
      process_integrity_level: 'medium',
      action: 'allowed',
      signature: 'A new process has been created',
    });
  });

  test('its user is the subject where the target says nothing', () => {
    expect(event.fields).toMatchObject({
      user: 'wallylambic',
      user_domain: 'CORP',
      user_id: 'S-1-5-21-1-2-3-1001',
      session_id: '0x3d241',
      Account_Name: ['wallylambic', '-'],
      Logon_ID: ['0x3d241', '0x0'],
    });
    expect(event.fields).not.toHaveProperty('src_user');
  });

  test('its user is the target where there is one, though its SID may be null', () => {
    const other = mapped(
      securityRecord('4688', {
        ...securityStart,
        TargetUserName: 'svc',
        TargetDomainName: 'CORP2',
        TargetLogonId: '0x99',
      }),
    );
    expect(other.fields).toMatchObject({
      user: 'svc',
      user_domain: 'CORP2',
      session_id: '0x99',
      src_user: 'wallylambic',
      src_user_domain: 'CORP',
    });
    expect(other.fields).not.toHaveProperty('user_id');
  });

  test('of older versions, without command line and parent, still has a process', () => {
    const { CommandLine: _c, ParentProcessName: _p, MandatoryLabel: _m, ...old } = securityStart;
    const { fields } = mapped(securityRecord('4688', old));
    expect(fields.process).toBe('"C:\\Program Files\\Office\\EXCEL.EXE"');
    expect(fields.parent_process_id).toBe('11120');
    expect(fields).not.toHaveProperty('parent_process_path');
  });

  test('ids padded to 16 digits are read too', () => {
    const padded = { ...securityStart, NewProcessId: '0x0000000000001910' };
    expect(mapped(securityRecord('4688', padded)).fields.process_id).toBe('6416');
  });
});

test('4689: ProcessId is the process that ended', () => {
  const { fields, eventClass } = mapped(
    securityRecord('4689', { ProcessId: '0x1910', ProcessName: 'C:\\a\\b.exe', Status: '0x0' }),
  );
  expect(eventClass).toBe('process-end');
  expect(fields).toMatchObject({
    process_id: '6416',
    Process_ID: '0x1910',
    process_name: 'b.exe',
    process_exit_status: '0x0',
  });
});

test('4624: the target logs on; process 0 and address - are nothing', () => {
  const { fields, eventClass } = mapped(
    securityRecord('4624', {
      SubjectUserName: '-',
      SubjectLogonId: '0x0',
      TargetUserName: 'alice',
      TargetDomainName: 'CORP',
      TargetLogonId: '0x5174d5',
      LogonType: '3',
      ProcessId: '0x0',
      ProcessName: '-',
      IpAddress: '-',
      WorkstationName: 'WS09',
    }),
  );
  expect(eventClass).toBe('logon');
  expect(fields).toMatchObject({ user: 'alice', session_id: '0x5174d5', src: 'WS09', action: 'success' });
  for (const name of ['process_id', 'process_path', 'src_ip', 'src_user'])
    expect(fields).not.toHaveProperty(name);
});

test('5156 and 5158: ids are decimal, under two spellings', () => {
  const connection = {
    Application: '\\device\\harddiskvolume2\\windows\\svchost.exe',
    Direction: '%%14593',
    SourceAddress: '10.0.0.5',
    SourcePort: '50000',
    DestAddress: '203.0.113.9',
    DestPort: '443',
    Protocol: '6',
  };
  expect(mapped(securityRecord('5156', { ...connection, ProcessID: '3216' })).fields).toMatchObject({
    process_id: '3216',
    process_name: 'svchost.exe',
    direction: 'outbound',
    transport: 'tcp',
    dest: '203.0.113.9',
    dest_port: '443',
    action: 'allowed',
  });
  expect(mapped(securityRecord('5158', { ...connection, ProcessId: '3216' })).fields.process_id).toBe('3216');
  expect(mapped(securityRecord('5157', connection)).fields.action).toBe('blocked');
});

test('objects: class and path by the object’s type', () => {
  const access = { ObjectName: 'C:\\secret\\Salaries.xls', ProcessId: '0x10', ProcessName: 'C:\\x.exe' };
  const file = mapped(securityRecord('4663', { ...access, ObjectType: 'File' }));
  expect(file.eventClass).toBe('file-access');
  expect(file.fields).toMatchObject({ file_path: 'C:\\secret\\Salaries.xls', file_name: 'Salaries.xls' });
  expect(mapped(securityRecord('4663', { ...access, ObjectType: 'Key' })).eventClass).toBe('registry');
  expect(mapped(securityRecord('4663', { ...access, ObjectType: 'Process' })).eventClass).toBe(
    'process-access',
  );
  expect(mapped(securityRecord('4663', { ...access, ObjectType: 'toString' })).eventClass).toBe('other');
  const value = mapped(
    securityRecord('4657', {
      ObjectName: '\\REGISTRY\\MACHINE\\Run',
      ObjectValueName: 'evil',
      NewValue: 'x.exe',
    }),
  );
  expect(value.fields).toMatchObject({
    registry_path: '\\REGISTRY\\MACHINE\\Run\\evil',
    registry_value_name: 'evil',
    registry_value_data: 'x.exe',
  });
});

test('4697 and tasks of newer builds name the client in decimal', () => {
  const { fields, eventClass } = mapped(
    securityRecord('4697', {
      ServiceName: 'evil',
      ServiceFileName: 'C:\\evil.exe',
      ClientProcessStartKey: '2251799813686331',
      ClientProcessId: '1988',
      ParentProcessId: '700',
    }),
  );
  expect(eventClass).toBe('service');
  expect(fields).toMatchObject({
    process_id: '1988',
    parent_process_id: '700',
    service_name: 'evil',
    service_path: 'C:\\evil.exe',
    ClientProcessStartKey: '2251799813686331',
  });
});

test('outcome: from the mask, from texts, and from texts before a mask that was rounded', () => {
  const action = (keywords: string, data: Record<string, string> = {}) =>
    mapped(securityRecord('4624', data, { keywords })).fields.action;
  expect(action('0x8010000000000000')).toBe('failure');
  expect(action('Audit Success')).toBe('success');
  expect(action('0x801fffffffffff48', { EventType: 'AUDIT_SUCCESS' })).toBe('success');
  expect(action('0x0')).toBeUndefined();
});

test('1102 comes from UserData of another provider in the same channel', () => {
  const cleared = mapped(
    securityRecord('1102', { SubjectUserName: 'alice' }, { provider: 'Microsoft-Windows-Eventlog' }),
  );
  expect(cleared.eventClass).toBe('log-cleared');
  expect(cleared.fields.user).toBe('alice');
});

test('an id without a meaning here passes with all its fields', () => {
  const event = mapped(securityRecord('6423', { DeviceId: 'USB\\X', ProcessId: '0x10' }));
  expect(event.eventClass).toBe('other');
  expect(event.fields).toMatchObject({ DeviceId: 'USB\\X', process_id: '16' });
});
