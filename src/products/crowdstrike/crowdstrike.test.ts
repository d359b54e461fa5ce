import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { corpusPath } from '../../../test/shared-data.ts';
import { jsonRecord, rowRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';
import { parseJson } from '../../formats/json/json-value.ts';

const aid = '877761efa8db44d792ddc2aabbccddee';
const common = { aid, cid: 'c1d', aip: '198.51.100.7', event_platform: 'Win', timestamp: '1715682420500' };
const rollup = {
  ...common,
  event_simpleName: 'ProcessRollup2',
  ComputerName: 'WS07',
  TargetProcessId: '10413665481',
  ParentProcessId: '4370948876',
  SourceProcessId: '4370948876',
  RawProcessId: '8820',
  ImageFileName: '\\Device\\HarddiskVolume2\\Windows\\System32\\cmd.exe',
  CommandLine: '"cmd.exe" /c whoami',
  ParentBaseFileName: 'winword.exe',
  ProcessStartTime: '1715682418.533',
  UserSid: 'S-1-5-21-1-2-3-1104',
  UserName: 'alice',
  AuthenticationId: '999',
  IntegrityLevel: '8192',
  SHA256HashData: 'ab'.repeat(32),
  SHA1HashData: '0'.repeat(40),
};
const own = '877761ef-0000-0000-0000-00026cb3ecc9';
const parent = '877761ef-0000-0000-0000-00010487630c';

describe('a process', () => {
  test('has the sensor’s ids as identity and the system’s as process id', () => {
    const event = mapped(jsonRecord(rollup));
    expect(event).toMatchObject({
      product: 'crowdstrike',
      eventClass: 'process-start',
      host: 'ws07',
      sourcetype: 'crowdstrike:events:sensor',
      timeSource: 'ProcessStartTime',
      fields: {
        process_id: '8820',
        process_guid: own,
        process: '"cmd.exe" /c whoami',
        process_path: '\\Device\\HarddiskVolume2\\Windows\\System32\\cmd.exe',
        process_name: 'cmd.exe',
        process_integrity_level: 'medium',
        parent_process_guid: parent,
        parent_process_name: 'winword.exe',
        user: 'alice',
        session_id: '0x3e7',
        TargetProcessId: '10413665481',
      },
    });
    expect(formatTicks(event.time, 3)).toBe('2024-05-14T10:26:58.533Z');
    expect(event.fields.parent_process_id).toBeUndefined();
    expect(event.fields.creator_process_guid).toBeUndefined();
  });

  test('whose creation another process asked for names both', () => {
    const { fields } = mapped(jsonRecord({ ...rollup, SourceProcessId: '10413665481' }));
    expect(fields).toMatchObject({ parent_process_guid: parent, creator_process_guid: own });
  });

  test('that ran before the sensor did, and one that ended', () => {
    expect(mapped(jsonRecord({ ...rollup, event_simpleName: 'SyntheticProcessRollup2' }))).toMatchObject({
      eventClass: 'process-start',
      timeSource: 'ProcessStartTime',
    });
    const { ProcessStartTime: _start, ...rest } = rollup;
    expect(
      mapped(
        jsonRecord({
          ...rest,
          event_simpleName: 'EndOfProcess',
          ContextTimeStamp: '1715682430.001',
          ProcessEndTime: '',
        }),
      ),
    ).toMatchObject({
      eventClass: 'process-end',
      timeSource: 'ContextTimeStamp',
      fields: { process_guid: own },
    });
  });

  test('of a row of CSV, and of a collector’s wrapper', () => {
    const plain = mapped(jsonRecord(rollup));
    expect(mapped(rowRecord(rollup)).fields).toEqual(plain.fields);
    const wrapped = mapped(
      jsonRecord({
        event: rollup,
        aid,
        event_simpleName: 'ProcessRollup2',
        timestamp: '2024-05-14 10:27:00.5',
      }),
    );
    expect(wrapped).toMatchObject({ time: plain.time, fields: { process_guid: own } });
  });

  test('without a computer’s name is of its agent', () => {
    const { ComputerName: _name, ...rest } = rollup;
    expect(mapped(jsonRecord(rest)).host).toBe(aid);
  });
});

describe('what a process did', () => {
  const acted = { ...common, ContextProcessId: '10413665481', ContextTimeStamp: '1715682420.1' };
  const told = (event_simpleName: string, more: Readonly<Record<string, string>>) =>
    mapped(jsonRecord({ ...acted, event_simpleName, ...more }));

  test('connections, either way', () => {
    const sides = {
      LocalAddressIP4: '10.1.1.7',
      LocalPort: '50111',
      RemoteAddressIP4: '203.0.113.9',
      RemotePort: '443',
      Protocol: '6',
    };
    expect(told('NetworkConnectIP4', { ...sides, ConnectionDirection: '0' })).toMatchObject({
      eventClass: 'network',
      timeSource: 'ContextTimeStamp',
      fields: {
        process_guid: own,
        src_ip: '10.1.1.7',
        src_port: '50111',
        dest_ip: '203.0.113.9',
        dest: '203.0.113.9',
        transport: 'tcp',
        direction: 'outbound',
      },
    });
    expect(told('NetworkReceiveAcceptIP4', { ...sides, ConnectionDirection: '1' }).fields).toMatchObject({
      src_ip: '203.0.113.9',
      dest_ip: '10.1.1.7',
      dest_port: '50111',
      direction: 'inbound',
    });
  });

  test('names, files, registry, modules', () => {
    expect(
      told('DnsRequest', { DomainName: 'cdn.example.net', IP4Records: '203.0.113.9;203.0.113.10;' }),
    ).toMatchObject({
      eventClass: 'dns',
      fields: { process_guid: own, query: 'cdn.example.net', answer: ['203.0.113.9', '203.0.113.10'] },
    });
    expect(told('PeFileWritten', { TargetFileName: '\\Device\\X\\a.exe' })).toMatchObject({
      eventClass: 'file-create',
      fields: { file_path: '\\Device\\X\\a.exe', file_name: 'a.exe', process_guid: own },
    });
    expect(
      told('AsepValueUpdate', {
        RegObjectName: '\\REGISTRY\\MACHINE\\Run',
        RegValueName: 'u',
        RegStringValue: 'c:\\a',
      }),
    ).toMatchObject({
      eventClass: 'registry',
      fields: { registry_path: '\\REGISTRY\\MACHINE\\Run\\u', registry_value_data: 'c:\\a' },
    });
    expect(told('ClassifiedModuleLoad', { ImageFileName: '\\a.dll', TargetProcessId: '1' })).toMatchObject({
      eventClass: 'module-load',
      fields: { ImageLoaded: '\\a.dll', process_guid: own },
    });
    expect(told('SomethingNew', {}).eventClass).toBe('other');
  });
});

const samples = corpusPath('panther-analysis', 'crowdstrike_rules.jsonl');
test.skipIf(samples === undefined)('samples of others: every rollup has its identity and its time', () => {
  const rollups = readFileSync(samples ?? '', 'utf8')
    .split('\n')
    .flatMap((line) => (line.includes('"event_simpleName": "ProcessRollup2"') ? [parseJson(line)] : []))
    .map((line) => mapped(jsonRecord((line as { log: Parameters<typeof jsonRecord>[0] }).log)))
    .filter(({ eventClass }) => eventClass === 'process-start');
  expect(rollups.length).toBe(38);
  for (const { product, fields, timeSource } of rollups) {
    expect(product).toBe('crowdstrike');
    if (fields.ImageFileName !== undefined) expect(fields.process_path).toBe(fields.ImageFileName);
    // Some were shortened by hand to a few members.
    if (fields.TargetProcessId !== undefined) {
      expect(fields.process_guid).toMatch(/^[0-9a-f]{8}-0000-0000-[0-9a-f]{4}-[0-9a-f]{12}$/);
      expect(timeSource).toBe('ProcessStartTime');
    }
  }
});
