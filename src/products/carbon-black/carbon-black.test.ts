import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';
import { carbonBlackKey, processIdOfKey } from './carbon-black-guid.ts';

const own = '00000016-0000-0804-01d1-17153be2e8cd';
const parent = '00000016-0000-0af4-01d1-1e444bf4c3dd';

test('ids: with a segment, of the cloud, in capitals; others name no process', () => {
  expect(carbonBlackKey(own)).toBe(own);
  expect(carbonBlackKey(`${own}-00000001`)).toBe(own);
  expect(carbonBlackKey(own.toUpperCase())).toBe(own);
  expect(carbonBlackKey('7DESJ9GN-00440d6d-000001cd-00000000-1d8f5e02137547a')).toBe(
    '00440d6d-0000-01cd-01d8-f5e02137547a',
  );
  expect(processIdOfKey(own)).toBe('2052');
  for (const none of ['', '12345', '-8912', undefined]) expect(carbonBlackKey(none)).toBeUndefined();
});

describe('EDR', () => {
  const common = {
    computer_name: 'WS07',
    sensor_id: 22,
    timestamp: 1446650814,
    process_guid: own,
    pid: 2052,
  };

  test('a start: the record’s process is new, the parent is named', () => {
    const event = mapped(
      jsonRecord({
        ...common,
        type: 'ingress.event.procstart',
        event_type: 'proc',
        command_line: 'cmd /c whoami',
        path: 'c:\\windows\\system32\\cmd.exe',
        parent_path: 'c:\\office\\winword.exe',
        parent_process_guid: parent,
        parent_guid: -8912,
        parent_pid: 2804,
        username: 'CORP\\alice',
        md5: 'D6021013D7C4E248AEB8BED12D3DCC88',
      }),
    );
    expect(event).toMatchObject({
      product: 'carbon-black',
      eventClass: 'process-start',
      host: 'ws07',
      sourcetype: 'bit9:carbonblack:json',
      timeSource: 'FILETIME in process_guid',
      fields: {
        process_id: '2052',
        process_guid: own,
        process: 'cmd /c whoami',
        process_name: 'cmd.exe',
        parent_process_id: '2804',
        parent_process_guid: parent,
        parent_process_path: 'c:\\office\\winword.exe',
        user: 'alice',
        MD5: 'D6021013D7C4E248AEB8BED12D3DCC88',
      },
    });
    expect(formatTicks(event.time, 2)).toBe('2015-11-04T15:26:53.69Z');
  });

  test('an end, a connection, a file', () => {
    expect(mapped(jsonRecord({ ...common, type: 'ingress.event.procend' }))).toMatchObject({
      eventClass: 'process-end',
      timeSource: 'timestamp',
      fields: { process_guid: own },
    });
    expect(
      mapped(
        jsonRecord({
          ...common,
          type: 'ingress.event.netconn',
          direction: 'outbound',
          domain: 'cdn.example.net',
          ipv4: '9.113.0.203',
          local_ip: '10.1.1.7',
          local_port: 49352,
          remote_ip: '203.0.113.9',
          remote_port: 443,
          protocol: 6,
        }),
      ),
    ).toMatchObject({
      eventClass: 'network',
      fields: {
        process_guid: own,
        src_ip: '10.1.1.7',
        src_port: '49352',
        dest: 'cdn.example.net',
        dest_ip: '203.0.113.9',
        dest_port: '443',
        transport: 'tcp',
        direction: 'outbound',
      },
    });
    const file = { ...common, type: 'ingress.event.filemod', path: 'c:\\t\\a.exe' };
    expect(mapped(jsonRecord({ ...file, action: 'create' }))).toMatchObject({
      eventClass: 'file-create',
      fields: {
        file_path: 'c:\\t\\a.exe',
        action: 'created',
        extracted_action: 'create',
        process_id: '2052',
      },
    });
    expect(mapped(jsonRecord({ ...file, action: 'delete' })).eventClass).toBe('file-delete');
  });
});

describe('the cloud', () => {
  const org = '7DESJ9GN-00440d6d-000001cd-00000000-1d8f5e02137547a';
  const child = '7DESJ9GN-00440d6d-00002274-00000000-1d8f5e02237547a';
  const common = {
    device_name: 'CORP\\WS07',
    device_id: '4459885',
    device_timestamp: '2022-11-11 15:13:20.2862063 +0000 UTC',
    process_guid: org,
    process_pid: 461,
    process_path: 'c:\\office\\winword.exe',
    process_username: 'CORP\\alice',
    parent_guid: '7DESJ9GN-00440d6d-00000010-00000000-1d8f5e02037547a',
    parent_pid: 16,
    parent_path: 'c:\\windows\\explorer.exe',
  };

  test('a start: the record’s process is the parent of childproc, and has a parent itself', () => {
    expect(
      mapped(
        jsonRecord({
          ...common,
          type: 'endpoint.event.procstart',
          childproc_guid: child,
          childproc_pid: 8820,
          childproc_name: 'c:\\windows\\system32\\cmd.exe',
          childproc_username: 'CORP\\bob',
          childproc_hash: ['a'.repeat(32), 'b'.repeat(64)],
        }),
      ),
    ).toMatchObject({
      eventClass: 'process-start',
      host: 'ws07',
      fields: {
        process_id: '8820',
        process_guid: '00440d6d-0000-2274-01d8-f5e02237547a',
        process_path: 'c:\\windows\\system32\\cmd.exe',
        parent_process_id: '461',
        parent_process_guid: '00440d6d-0000-01cd-01d8-f5e02137547a',
        parent_process_path: 'c:\\office\\winword.exe',
        grandparent_process_id: '16',
        user: 'bob',
        parent_user: 'alice',
        SHA256: 'b'.repeat(64),
        extracted_process_path: 'c:\\office\\winword.exe',
        extracted_process_guid: org,
      },
    });
  });

  test('a process that is its own parent has none', () => {
    const { fields } = mapped(
      jsonRecord({ ...common, type: 'endpoint.event.procstart', childproc_guid: org }),
    );
    expect(fields.parent_process_guid).toBeUndefined();
  });

  test('a connection', () => {
    expect(
      mapped(
        jsonRecord({
          ...common,
          type: 'endpoint.event.netconn',
          netconn_inbound: false,
          netconn_protocol: 'PROTO_TCP',
          local_ip: '10.1.1.7',
          local_port: 50111,
          remote_ip: '203.0.113.9',
          remote_port: 443,
        }),
      ),
    ).toMatchObject({
      eventClass: 'network',
      timeSource: 'device_timestamp',
      fields: {
        process_id: '461',
        process_path: 'c:\\office\\winword.exe',
        parent_process_id: '16',
        dest_ip: '203.0.113.9',
        direction: 'outbound',
      },
    });
  });
});
