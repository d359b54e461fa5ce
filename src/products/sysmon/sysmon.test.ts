import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { processGuid, sysmonRecord, sysmonStart } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';

const acting = {
  UtcTime: '2024-03-05 10:15:30.123',
  ProcessGuid: processGuid,
  ProcessId: '6416',
  Image: 'C:\\Program Files\\Office\\EXCEL.EXE',
  User: 'CORP\\wallylambic',
};

test('a process creation has the names of the product, of Splunk and of the CIM', () => {
  const event = mapped(sysmonRecord('1', sysmonStart));
  expect({ ...event, time: formatTicks(event.time), fields: { ...event.fields } }).toEqual({
    time: '2024-03-05T10:15:30.1230000Z',
    timeSource: 'UtcTime',
    host: 'ws01.corp.example',
    source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
    sourcetype: 'XmlWinEventLog',
    product: 'sysmon',
    eventClass: 'process-start',
    raw: '<Event/>',
    fields: {
      ...sysmonStart,
      EventCode: '1',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'WS01.corp.example',
      EventRecordID: '4711',
      SourceName: 'Microsoft-Windows-Sysmon',
      Version: '5',
      Level: '4',
      Task: '1',
      Opcode: '0',
      Keywords: '0x8000000000000000',
      SystemTime: '2024-03-05T10:15:30.5000000Z',
      ExecutionProcessID: '2804',
      ExecutionThreadID: '3356',
      UserID: 'S-1-5-18',
      dvc: 'WS01.corp.example',
      dest: 'WS01.corp.example',
      signature_id: '1',
      signature: 'Process creation',
      vendor_product: 'Microsoft Sysmon',
      action: 'allowed',
      user: 'wallylambic',
      user_domain: 'CORP',
      process: '"EXCEL.EXE" C:\\Users\\wallylambic\\Salaries.xls',
      process_path: 'C:\\Program Files\\Office\\EXCEL.EXE',
      process_name: 'EXCEL.EXE',
      process_exec: 'EXCEL.EXE',
      process_id: '6416',
      process_guid: '11112222-f0c2-65e6-0a01-000000000300',
      process_current_directory: 'C:\\Users\\wallylambic\\',
      process_integrity_level: 'medium',
      process_hash: sysmonStart.Hashes,
      original_file_name: 'Excel.exe',
      parent_process: '"OUTLOOK.EXE"',
      parent_process_path: 'C:\\Program Files\\Office\\OUTLOOK.EXE',
      parent_process_name: 'OUTLOOK.EXE',
      parent_process_exec: 'OUTLOOK.EXE',
      parent_process_id: '11120',
      parent_process_guid: '11112222-ed20-65e6-0501-000000000300',
      parent_user: 'wallylambic',
      SHA1: 'AA11',
      MD5: 'BB22',
      SHA256: 'CC33',
    },
  });
});

describe('doubled percent signs', () => {
  const commandLine = (text: string) =>
    mapped(sysmonRecord('1', { ...sysmonStart, CommandLine: text })).fields;

  test('are halved, and the recorded text is kept', () => {
    const fields = commandLine('cmd /c echo %%SystemRoot%%');
    expect(fields.CommandLine).toBe('cmd /c echo %SystemRoot%');
    expect(fields.process).toBe('cmd /c echo %SystemRoot%');
    expect(fields.CommandLine_raw).toBe('cmd /c echo %%SystemRoot%%');
  });

  test('a text that was not doubled stays as it is', () => {
    const fields = commandLine('cmd /c echo 50% %%a');
    expect(fields.CommandLine).toBe('cmd /c echo 50% %%a');
    expect(fields).not.toHaveProperty('CommandLine_raw');
  });

  test('only EID 1’s CommandLine and EID 13’s Details were doubled', () => {
    const start = mapped(sysmonRecord('1', { ...sysmonStart, ParentCommandLine: 'a %%b%%' }));
    expect(start.fields.parent_process).toBe('a %%b%%');
    const set = mapped(
      sysmonRecord('13', {
        ...acting,
        EventType: 'SetValue',
        TargetObject: 'HKLM\\A\\B',
        Details: '%%TEMP%%\\x',
      }),
    );
    expect(set.fields.Details).toBe('%TEMP%\\x');
    expect(set.fields.registry_value_data).toBe('%TEMP%\\x');
    expect(set.fields.Details_raw).toBe('%%TEMP%%\\x');
  });
});

test('texts that stand for nothing stay as recorded and make no normalised field', () => {
  const { fields } = mapped(
    sysmonRecord('1', {
      ...sysmonStart,
      ParentProcessGuid: '{00000000-0000-0000-0000-000000000000}',
      ParentImage: '-',
      ParentCommandLine: '-',
      ParentUser: '-',
    }),
  );
  expect(fields.ParentImage).toBe('-');
  expect(fields.ParentProcessGuid).toBe('{00000000-0000-0000-0000-000000000000}');
  for (const name of ['parent_process', 'parent_process_path', 'parent_process_guid', 'parent_user'])
    expect(fields).not.toHaveProperty(name);
  expect(fields.parent_process_id).toBe('11120');
});

test('a network connection has both sides, and its peer as dest', () => {
  const { fields, eventClass } = mapped(
    sysmonRecord('3', {
      ...acting,
      Protocol: 'TCP',
      Initiated: 'true',
      SourceIp: '10.0.0.5',
      SourceHostname: '-',
      SourcePort: '50000',
      DestinationIp: '203.0.113.9',
      DestinationHostname: 'c2.example',
      DestinationPort: '443',
    }),
  );
  expect(eventClass).toBe('network');
  expect(fields).toMatchObject({
    src: '10.0.0.5',
    src_ip: '10.0.0.5',
    src_port: '50000',
    dest: 'c2.example',
    dest_ip: '203.0.113.9',
    dest_host: 'c2.example',
    dest_port: '443',
    transport: 'tcp',
    direction: 'outbound',
    app: 'C:\\Program Files\\Office\\EXCEL.EXE',
    action: 'allowed',
    process_id: '6416',
  });
  expect(fields).not.toHaveProperty('src_host');
});

test('EID 10 and 8: the process that acted is the source; the target has names of its own', () => {
  const { fields } = mapped(
    sysmonRecord('10', {
      UtcTime: '2024-03-05 10:15:31.000',
      SourceProcessGUID: processGuid,
      SourceProcessId: '6416',
      SourceImage: 'C:\\tools\\procdump.exe',
      TargetProcessGUID: '{11112222-0000-65e6-0501-000000000300}',
      TargetProcessId: '700',
      TargetImage: 'C:\\Windows\\System32\\lsass.exe',
      GrantedAccess: '0x1fffff',
      SourceUser: 'CORP\\admin',
      TargetUser: 'NT AUTHORITY\\SYSTEM',
    }),
  );
  expect(fields).toMatchObject({
    process_name: 'procdump.exe',
    process_id: '6416',
    process_guid: '11112222-f0c2-65e6-0a01-000000000300',
    target_process_name: 'lsass.exe',
    target_process_id: '700',
    user: 'admin',
  });
  expect(fields).not.toHaveProperty('parent_process_id');
  const thread = mapped(
    sysmonRecord('8', { SourceProcessGuid: processGuid, SourceProcessId: '6416', TargetProcessId: '700' }),
  );
  expect(thread.eventClass).toBe('remote-thread');
  expect(thread.fields.process_guid).toBe('11112222-f0c2-65e6-0a01-000000000300');
});

test('files: the path without its stream, hashes as of the file', () => {
  const stream = mapped(
    sysmonRecord('15', {
      ...acting,
      TargetFilename: 'C:\\Users\\w\\a.zip:Zone.Identifier',
      Hash: 'SHA256=DD44',
      CreationUtcTime: '2024-03-05 10:00:00.000',
    }),
  );
  expect(stream.fields).toMatchObject({
    file_path: 'C:\\Users\\w\\a.zip',
    file_name: 'a.zip',
    file_hash: 'SHA256=DD44',
    SHA256: 'DD44',
    file_create_time: '2024-03-05 10:00:00.000',
  });
  const deleted = mapped(sysmonRecord('23', { ...acting, TargetFilename: 'C:\\a.dll', Hashes: 'MD5=EE' }));
  expect(deleted.eventClass).toBe('file-delete');
  expect(deleted.fields).toMatchObject({ action: 'deleted', file_hash: 'MD5=EE' });
});

test('registry: hive, key and value by the kind of the operation', () => {
  const set = mapped(
    sysmonRecord('13', {
      ...acting,
      EventType: 'SetValue',
      TargetObject: 'HKU\\S-1-5-21\\Software\\Run\\evil',
      Details: 'DWORD (0x00000001)',
    }),
  );
  expect(set.fields).toMatchObject({
    registry_path: 'HKU\\S-1-5-21\\Software\\Run\\evil',
    registry_hive: 'HKEY_USERS',
    registry_key_name: 'HKU\\S-1-5-21\\Software\\Run',
    registry_value_name: 'evil',
    registry_value_data: 'DWORD (0x00000001)',
    registry_value_type: 'REG_DWORD',
    action: 'modified',
  });
  const key = mapped(
    sysmonRecord('12', { ...acting, EventType: 'CreateKey', TargetObject: 'HKLM\\Software\\X' }),
  );
  expect(key.fields).toMatchObject({ registry_key_name: 'HKLM\\Software\\X', action: 'created' });
  expect(key.fields).not.toHaveProperty('registry_value_name');
  const gone = mapped(
    sysmonRecord('12', { ...acting, EventType: 'DeleteValue', TargetObject: 'HKLM\\X\\v' }),
  );
  expect(gone.fields).toMatchObject({ registry_value_name: 'v', action: 'deleted' });
});

test('DNS: each answer is a value', () => {
  const { fields } = mapped(
    sysmonRecord('22', {
      ...acting,
      QueryName: 'c2.example',
      QueryStatus: '0',
      QueryResults: 'type:  5 cdn.example;::ffff:203.0.113.9;',
    }),
  );
  expect(fields).toMatchObject({
    query: 'c2.example',
    reply_code_id: '0',
    answer: ['type:  5 cdn.example', '::ffff:203.0.113.9'],
  });
});

test('the sensor’s own events: its version, drops, and errors that are none', () => {
  expect(mapped(sysmonRecord('4', { State: 'Started', Version: '15.15' })).fields.Version).toBe('15.15');
  const dropped = mapped(
    sysmonRecord('255', { ID: 'QUEUE', Description: 'Events dropped from driver queue: ImageLoad:1' }),
  );
  expect(dropped.eventClass).toBe('sensor-drop');
  expect(mapped(sysmonRecord('255', { ID: 'X', Description: 'Failed' })).eventClass).toBe('sensor-state');
});

test('an event id that is not known passes with its fields', () => {
  const event = mapped(sysmonRecord('77', { ...acting, Novelty: 'yes' }));
  expect(event.product).toBe('sysmon');
  expect(event.eventClass).toBe('other');
  expect(event.fields).toMatchObject({ Novelty: 'yes', process_id: '6416' });
});

test('every documented event id has a class, a signature and the right actor', () => {
  const withProcess = [1, 2, 3, 5, 7, 9, 11, 12, 13, 14, 15, 17, 18, 22, 23, 24, 25, 26, 27, 28, 29];
  for (let id = 1; id <= 29; id++) {
    const event = mapped(sysmonRecord(String(id), acting));
    expect(event.eventClass, String(id)).not.toBe('other');
    expect(event.fields.signature).not.toBe('Unknown Sysmon event');
    expect('process_id' in event.fields, String(id)).toBe(withProcess.includes(id));
  }
});
