import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord, rowRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';

const agent = { 'agent.uuid': 'c0ffee00'.repeat(4), 'endpoint.name': 'WS07', 'event.time': 1715682418700 };
const creation = {
  ...agent,
  'event.type': 'Process Creation',
  'src.process.uid': 'A1B2C3D4E5F60718',
  'src.process.pid': 7344,
  'src.process.image.path': 'C:\\Office\\WINWORD.EXE',
  'src.process.cmdline': 'WINWORD.EXE /n x.doc',
  'src.process.user': 'CORP\\alice',
  'src.process.parent.uid': '00000000000000AA',
  'src.process.parent.pid': 4120,
  'src.process.parent.image.path': 'C:\\Windows\\explorer.exe',
  'tgt.process.uid': 'A1B2C3D4E5F60719',
  'tgt.process.pid': 8820,
  'tgt.process.image.path': 'C:\\Windows\\System32\\cmd.exe',
  'tgt.process.image.sha256': 'ab'.repeat(32),
  'tgt.process.cmdline': 'cmd /c whoami',
  'tgt.process.user': 'CORP\\bob',
  'tgt.process.integrityLevel': 'MEDIUM',
  'tgt.process.startTime': 1715682418533,
  'src.process.storyline.id': 'STORY',
};

describe('a creation', () => {
  test('the target is new, the source its parent, the source’s parent the grandparent', () => {
    const event = mapped(jsonRecord(creation));
    expect(event).toMatchObject({
      product: 'sentinelone',
      eventClass: 'process-start',
      host: 'ws07',
      timeSource: 'tgt.process.startTime',
      fields: {
        process_id: '8820',
        process_guid: 'c0ffee00-0000-0000-a1b2-c3d4e5f60719',
        process: 'cmd /c whoami',
        process_integrity_level: 'medium',
        process_hash: `SHA256=${'ab'.repeat(32)}`,
        parent_process_id: '7344',
        parent_process_guid: 'c0ffee00-0000-0000-a1b2-c3d4e5f60718',
        parent_process_name: 'WINWORD.EXE',
        grandparent_process_id: '4120',
        user: 'bob',
        user_domain: 'CORP',
        parent_user: 'alice',
        'src.process.storyline.id': 'STORY',
      },
    });
    expect(formatTicks(event.time, 3)).toBe('2024-05-14T10:26:58.533Z');
  });

  test('under older names, in rows of CSV', () => {
    const older = rowRecord({
      EventType: 'Process Creation',
      AgentUuid: agent['agent.uuid'],
      EndpointName: 'WS07',
      EventTime: '2024-05-14T10:26:58.700Z',
      SrcProcUid: 'A1B2C3D4E5F60718',
      SrcProcPid: '7344',
      SrcProcImagePath: 'C:\\Office\\WINWORD.EXE',
      SrcProcParentUid: '00000000000000AA',
      SrcProcStorylineId: 'STORY',
      TgtProcUid: 'A1B2C3D4E5F60719',
      TgtProcPid: '8820',
      TgtProcImagePath: 'C:\\Windows\\System32\\cmd.exe',
      TgtProcCmdLine: 'cmd /c whoami',
    });
    const { fields, host, eventClass, timeSource } = mapped(older);
    const { process_guid, parent_process_guid } = mapped(jsonRecord(creation)).fields;
    expect({ host, eventClass, timeSource }).toEqual({
      host: 'ws07',
      eventClass: 'process-start',
      timeSource: 'event.time',
    });
    expect(fields).toMatchObject({
      process_guid,
      parent_process_guid,
      process: 'cmd /c whoami',
      parent_process_id: '7344',
    });
  });

  test('without a start, which comes as the year 1601, is of the event’s moment', () => {
    expect(mapped(jsonRecord({ ...creation, 'tgt.process.startTime': -11644473600000 })).timeSource).toBe(
      'event.time',
    );
  });

  test('with ids that are UUIDs, as on Linux', () => {
    const { fields } = mapped(
      jsonRecord({ ...creation, 'tgt.process.uid': '7b0a1e2c-1111-4222-8333-444455556666' }),
    );
    expect(fields.process_guid).toMatch(/^c0ffee00-0000-0000-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });
});

describe('what a process did', () => {
  const told = (type: string, more: Parameters<typeof jsonRecord>[0]) =>
    mapped(
      jsonRecord({
        ...agent,
        'src.process.uid': 'A1',
        'src.process.pid': 8820,
        'src.process.parent.pid': 7344,
        'event.type': type,
        ...more,
      }),
    );
  const acted = {
    process_id: '8820',
    process_guid: 'c0ffee00-0000-0000-0000-0000000000a1',
    parent_process_id: '7344',
  };

  test('connections, names, files, registry', () => {
    expect(
      told('IP Connect', {
        'src.ip.address': '10.1.1.7',
        'src.port.number': 50111,
        'dst.ip.address': '203.0.113.9',
        'dst.port.number': 443,
        'event.network.direction': 'OUTGOING',
      }),
    ).toMatchObject({
      eventClass: 'network',
      fields: {
        ...acted,
        src_ip: '10.1.1.7',
        src_port: '50111',
        dest_ip: '203.0.113.9',
        dest_port: '443',
        direction: 'outbound',
      },
    });
    expect(told('DNS Resolved', { 'event.dns.request': 'cdn.example.net' })).toMatchObject({
      eventClass: 'dns',
      fields: { ...acted, query: 'cdn.example.net' },
    });
    expect(
      told('File Creation', { 'tgt.file.path': 'C:\\t\\a.exe', 'tgt.file.sha1': 'cd'.repeat(20) }),
    ).toMatchObject({
      eventClass: 'file-create',
      fields: { ...acted, file_name: 'a.exe', file_hash: `SHA1=${'cd'.repeat(20)}` },
    });
    expect(
      told('Registry Value Modified', { 'registry.keyPath': 'MACHINE\\Run\\u', 'registry.value': 'x' }),
    ).toMatchObject({
      eventClass: 'registry',
      fields: { ...acted, registry_path: 'MACHINE\\Run\\u', registry_value_data: 'x' },
    });
  });

  test('one process reaching into another', () => {
    expect(told('Remote Thread Creation', { 'tgt.process.uid': 'B2', 'tgt.process.pid': 700 })).toMatchObject(
      {
        eventClass: 'remote-thread',
        fields: {
          ...acted,
          target_process_id: '700',
          target_process_guid: 'c0ffee00-0000-0000-0000-0000000000b2',
        },
      },
    );
  });
});

test('an event type alone is nobody’s', () => {
  expect(mapped(jsonRecord({ 'event.type': 'login', user: 'x' })).product).toBe('generic');
});
