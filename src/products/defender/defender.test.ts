import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord, rowRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';

const device = 'a'.repeat(40);
const common = {
  Timestamp: '2024-05-14T10:26:58.6000000Z',
  DeviceId: device,
  DeviceName: 'WS07.corp.example',
  ReportId: 17,
};
const initiating = {
  InitiatingProcessId: 7344,
  InitiatingProcessCreationTime: '2024-05-14T10:26:41.2071234Z',
  InitiatingProcessFileName: 'WINWORD.EXE',
  InitiatingProcessFolderPath: 'c:\\program files\\office\\winword.exe',
  InitiatingProcessCommandLine: 'WINWORD.EXE /n x.doc',
  InitiatingProcessAccountDomain: 'corp',
  InitiatingProcessAccountName: 'alice',
  InitiatingProcessAccountSid: 'S-1-5-21-1-2-3-1104',
  InitiatingProcessLogonId: 999,
  InitiatingProcessParentId: 4120,
  InitiatingProcessParentCreationTime: '2024-05-14T08:36:12.1000000Z',
  InitiatingProcessParentFileName: 'explorer.exe',
};
const creation = {
  ...common,
  ...initiating,
  ActionType: 'ProcessCreated',
  FileName: 'powershell.exe',
  FolderPath: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  SHA256: 'ab'.repeat(32),
  SHA1: '0'.repeat(40),
  ProcessId: 8820,
  ProcessCommandLine: 'powershell -enc AA==',
  ProcessIntegrityLevel: 'Medium',
  ProcessCreationTime: '2024-05-14T10:26:58.5331234Z',
  AccountDomain: 'corp',
  AccountName: 'bob',
  AccountSid: 'S-1-5-21-1-2-3-1105',
  LogonId: 249000,
};
const action = (ActionType: string, more: Parameters<typeof jsonRecord>[0] = {}) =>
  mapped(jsonRecord({ ...common, ...initiating, ActionType, ...more }));

describe('a creation', () => {
  test('has three generations: the initiating process is the parent, its parent the grandparent', () => {
    const event = mapped(jsonRecord(creation));
    expect(event).toMatchObject({
      product: 'defender',
      eventClass: 'process-start',
      host: 'ws07.corp.example',
      source: 'AdvancedHunting-DeviceProcessEvents',
      sourcetype: 'ms:defender:advanced_hunting',
      timeSource: 'ProcessCreationTime',
      fields: {
        process_id: '8820',
        process_guid: 'aaaaaaaa-0000-2274-01da-a5e94048de22',
        process_path: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        process: 'powershell -enc AA==',
        process_integrity_level: 'medium',
        process_hash: `SHA256=${'ab'.repeat(32)}`,
        parent_process_id: '7344',
        parent_process_guid: 'aaaaaaaa-0000-1cb0-01da-a5e935f52142',
        parent_process_path: 'c:\\program files\\office\\winword.exe',
        parent_process_name: 'WINWORD.EXE',
        parent_process: 'WINWORD.EXE /n x.doc',
        grandparent_process_id: '4120',
        grandparent_process_guid: 'aaaaaaaa-0000-1018-01da-a5d9c6b3a840',
        grandparent_process_name: 'explorer.exe',
        user: 'bob',
        user_domain: 'corp',
        parent_user: 'alice',
        session_id: '0x3cca8',
        InitiatingProcessId: '7344',
        ReportId: '17',
      },
    });
    expect(formatTicks(event.time)).toBe('2024-05-14T10:26:58.5331234Z');
    expect(event.fields.SHA1).toBe('0'.repeat(40));
  });

  test('is the same from the streaming API, as an object and as text, and from CSV', () => {
    const wrap = (properties: typeof creation | string) =>
      mapped(
        jsonRecord({
          time: '2024-05-14T10:28:00Z',
          tenantId: 't',
          category: 'AdvancedHunting-DeviceProcessEvents',
          properties,
        }),
      );
    const cells = Object.fromEntries(Object.entries(creation).map(([name, value]) => [name, String(value)]));
    const plain = mapped(jsonRecord(creation));
    for (const event of [wrap(creation), wrap(JSON.stringify(creation)), mapped(rowRecord(cells))]) {
      expect(event.time).toBe(plain.time);
      expect(event.fields).toMatchObject(plain.fields);
    }
    expect(wrap(creation)).toMatchObject({
      sourcetype: 'ms:defender:eventhub',
      fields: { category: 'AdvancedHunting-DeviceProcessEvents', tenantId: 't' },
    });
  });

  test('on Linux, where the initiating process is the same one before exec, has the parent above it', () => {
    const unix = {
      ...creation,
      FileName: 'curl',
      FolderPath: '/usr/bin/curl',
      ProcessId: 511,
      ProcessCreationTime: '2024-05-14T10:26:58.594155Z',
      InitiatingProcessId: 511,
      InitiatingProcessCreationTime: '2024-05-14T10:26:58.59Z',
      InitiatingProcessFolderPath: '/usr/bin/bash',
      InitiatingProcessFileName: 'bash',
      InitiatingProcessParentId: 400,
      InitiatingProcessParentFileName: 'bash',
    };
    const { fields, timeSource } = mapped(jsonRecord(unix));
    expect(fields).toMatchObject({
      parent_process_id: '400',
      parent_process_name: 'bash',
      process_id: '511',
    });
    expect(fields.grandparent_process_id).toBeUndefined();
    expect(timeSource).toBe('Timestamp');
    // The same process by both moments of its creation.
    const child = { ...unix, ProcessId: 512, ProcessCreationTime: '2024-05-14T10:27:00.1Z' };
    expect(mapped(jsonRecord(child)).fields.parent_process_guid).toBe(fields.process_guid);
  });

  test('whose parent the sensor does not know names none', () => {
    const { fields } = mapped(
      jsonRecord({ ...creation, InitiatingProcessId: 0, InitiatingProcessCreationTime: null }),
    );
    expect(fields.parent_process_id).toBeUndefined();
    expect(fields.parent_process_guid).toBeUndefined();
  });

  test('summed up over an hour is no creation', () => {
    const event = mapped(jsonRecord({ ...creation, ActionType: 'ProcessCreatedAggregatedReport' }));
    expect(event.eventClass).toBe('other');
    expect(event.fields.keizu_note).toMatch(/several events/);
  });

  test('has a folder and a name put together where FolderPath is only the folder', () => {
    const { fields } = mapped(jsonRecord({ ...creation, FolderPath: 'C:\\Windows\\System32' }));
    expect(fields.process_path).toBe('C:\\Windows\\System32\\powershell.exe');
  });

  test('in a portal export with local times keeps the doubt', () => {
    const event = mapped(
      jsonRecord({ ...creation, ProcessCreationTime: '', Timestamp: '5/14/2024 10:26:58 AM' }),
    );
    expect(event.timeSource).toBe('Timestamp (local time, zone unknown)');
    expect(formatTicks(event.time, 0)).toBe('2024-05-14T10:26:58Z');
  });
});

describe('all other rows', () => {
  const actor = {
    process_id: '7344',
    process_guid: 'aaaaaaaa-0000-1cb0-01da-a5e935f52142',
    process_name: 'WINWORD.EXE',
    parent_process_id: '4120',
    parent_process_name: 'explorer.exe',
    user: 'alice',
    session_id: '0x3e7',
  };

  test('a connection: the initiating process acted', () => {
    const event = action('ConnectionSuccess', {
      RemoteIP: '203.0.113.9',
      RemotePort: 443,
      RemoteUrl: 'https://cdn.example.net/a?b',
      LocalIP: '::ffff:10.1.1.7',
      LocalPort: 50111,
      Protocol: 'TcpV4',
    });
    expect(event).toMatchObject({
      eventClass: 'network',
      source: 'AdvancedHunting-DeviceNetworkEvents',
      fields: {
        ...actor,
        src_ip: '10.1.1.7',
        src_port: '50111',
        dest: 'cdn.example.net',
        dest_ip: '203.0.113.9',
        dest_port: '443',
        transport: 'tcp',
        direction: 'outbound',
        action: 'allowed',
        url: 'https://cdn.example.net/a?b',
      },
    });
  });

  test('an inbound connection came from the remote side, by a process that may not be known', () => {
    const { fields } = action('InboundConnectionAccepted', {
      RemoteIP: '10.1.1.9',
      RemotePort: 50000,
      LocalIP: '10.1.1.7',
      LocalPort: 445,
      InitiatingProcessId: 0,
      InitiatingProcessCreationTime: null,
    });
    expect(fields).toMatchObject({
      src_ip: '10.1.1.9',
      dest_ip: '10.1.1.7',
      dest_port: '445',
      direction: 'inbound',
    });
    expect(fields.process_id).toBeUndefined();
    expect(fields.process_guid).toBeUndefined();
  });

  test('names and requests that the network inspection saw', () => {
    expect(
      action('DnsConnectionInspected', {
        AdditionalFields: '{"query":"cdn.example.net","answers":["203.0.113.9"],"rcode_name":"NOERROR"}',
      }),
    ).toMatchObject({ eventClass: 'dns', fields: { query: 'cdn.example.net', answer: '203.0.113.9' } });
    expect(
      action('HttpConnectionInspected', {
        RemoteIP: '10.1.1.2',
        AdditionalFields: '{"host":"cdn.example.net","method":"GET","status_code":"200","uri":"/a"}',
      }).fields,
    ).toMatchObject({ dest: 'cdn.example.net', dest_ip: '10.1.1.2', http_method: 'GET', uri_path: '/a' });
  });

  test('files, registry, modules', () => {
    expect(
      action('FileCreated', { FileName: 'a.dll', FolderPath: 'C:\\t\\a.dll', SHA1: 'cd'.repeat(20) }),
    ).toMatchObject({
      eventClass: 'file-create',
      fields: {
        ...actor,
        file_path: 'C:\\t\\a.dll',
        file_name: 'a.dll',
        action: 'created',
        file_hash: `SHA1=${'cd'.repeat(20)}`,
      },
    });
    expect(
      action('RegistryValueSet', {
        RegistryKey: 'HKEY_LOCAL_MACHINE\\Software\\Run',
        RegistryValueName: 'u',
        RegistryValueData: 'c:\\t\\a.exe',
        RegistryValueType: 'String',
      }),
    ).toMatchObject({
      eventClass: 'registry',
      fields: {
        ...actor,
        registry_path: 'HKEY_LOCAL_MACHINE\\Software\\Run\\u',
        registry_hive: 'HKEY_LOCAL_MACHINE',
        registry_value_data: 'c:\\t\\a.exe',
      },
    });
    expect(
      action('RegistryKeyDeleted', { RegistryKey: '', PreviousRegistryKey: 'HKEY_USERS\\x' }).fields,
    ).toMatchObject({ registry_path: 'HKEY_USERS\\x', action: 'deleted' });
    expect(action('ImageLoaded', { FileName: 'b.dll', FolderPath: 'C:\\t\\b.dll' })).toMatchObject({
      eventClass: 'module-load',
      fields: { ...actor, ImageLoaded: 'C:\\t\\b.dll' },
    });
  });

  test('a logon: the account that logged on, and who asked', () => {
    expect(
      action('LogonSuccess', {
        AccountName: 'bob',
        AccountDomain: 'corp',
        LogonId: 4660,
        LogonType: 'Network',
        RemoteIP: '10.1.1.9',
        RemoteDeviceName: 'ws09',
      }),
    ).toMatchObject({
      eventClass: 'logon',
      fields: {
        user: 'bob',
        src_user: 'alice',
        session_id: '0x1234',
        src_ip: '10.1.1.9',
        src_host: 'ws09',
        process_id: '7344',
      },
    });
  });

  test('one process reaching into another', () => {
    expect(
      action('CreateRemoteThreadApiCall', {
        FileName: 'lsass.exe',
        FolderPath: 'C:\\Windows\\System32\\lsass.exe',
        ProcessId: 700,
        ProcessCreationTime: '2024-05-14T08:30:00Z',
      }),
    ).toMatchObject({
      eventClass: 'remote-thread',
      fields: {
        ...actor,
        target_process_id: '700',
        target_process_name: 'lsass.exe',
        target_process_guid: 'aaaaaaaa-0000-02bc-01da-a5d8e8e9b400',
      },
    });
  });

  test('an action that is not known is of its table’s class', () => {
    const event = mapped(
      jsonRecord({
        category: 'AdvancedHunting-DeviceNetworkEvents',
        time: '2024-05-14T10:28:00Z',
        properties: { ...common, ...initiating, ActionType: 'SomethingNew' },
      }),
    );
    expect(event.eventClass).toBe('network');
    expect(action('SomethingNew').eventClass).toBe('other');
  });
});

test('what only looks like it is left to others', () => {
  expect(mapped(jsonRecord({ DeviceName: 'x', Timestamp: '2024-05-14T10:28:00Z' })).product).toBe('generic');
  expect(mapped(jsonRecord({ category: 'AdvancedHunting-AlertInfo', properties: {} })).product).toBe(
    'generic',
  );
});
