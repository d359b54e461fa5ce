import { expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord, windowsEventRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';

const data = {
  RuleName: '-',
  UtcTime: '2024-03-05 10:15:30.120',
  ProcessGuid: '{a1b2c3d4-f0a2-65e6-61a8-1f0b55550000}',
  ProcessId: '4711',
  Image: '/usr/bin/date',
  CommandLine: 'date +%%s',
  User: 'alice',
  LogonId: '1000',
  IntegrityLevel: 'no level',
  ParentProcessGuid: '{a1b2c3d4-0000-0000-0000-000000000000}',
  ParentProcessId: '400',
  ParentImage: '/usr/bin/bash',
};
const xml = (id: string, members: Readonly<Record<string, string>>) =>
  `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>${id}</EventID><Version>5</Version><TimeCreated SystemTime="2024-03-05T10:15:30.123456000Z"/><EventRecordID>77</EventRecordID><Channel>Linux-Sysmon/Operational</Channel><Computer>LNX01</Computer></System><EventData>${Object.entries(
    members,
  )
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('')}</EventData></Event>`;
const start = {
  product: 'sysmon-linux',
  eventClass: 'process-start',
  host: 'lnx01',
  source: 'Syslog:Linux-Sysmon/Operational',
  sourcetype: 'sysmon:linux',
  timeSource: 'UtcTime',
  fields: {
    EventCode: '1',
    process_id: '4711',
    process_guid: 'a1b2c3d4-f0a2-65e6-61a8-1f0b55550000',
    process: 'date +%%s',
    process_name: 'date',
    parent_process_id: '400',
    parent_process_path: '/usr/bin/bash',
    user: 'alice',
  },
};

test('a line of syslog, an object of the journal and plain event XML are the same event', () => {
  const line = mapped({ kind: 'text', raw: `Mar  5 10:15:30 relay sysmon: ${xml('1', data)}`, offset: 0 });
  expect(line).toMatchObject(start);
  expect(formatTicks(line.time, 3)).toBe('2024-03-05T10:15:30.120Z');
  expect(
    mapped(jsonRecord({ MESSAGE: xml('1', data), SYSLOG_IDENTIFIER: 'sysmon', _HOSTNAME: 'x' })),
  ).toMatchObject(start);
  const record = windowsEventRecord(
    { eventId: '1', provider: 'Linux-Sysmon', channel: 'Linux-Sysmon/Operational', computer: 'LNX01' },
    data,
  );
  expect(mapped(record)).toMatchObject(start);
});

test('a machine without a moment is no parent, and no level is none', () => {
  const { fields } = mapped({ kind: 'text', raw: xml('1', data), offset: 0 });
  expect(fields.parent_process_guid).toBeUndefined();
  expect(fields.process_integrity_level).toBeUndefined();
});

test('the user of an end is not taken', () => {
  const event = mapped({ kind: 'text', raw: xml('5', { ...data, User: 'root' }), offset: 0 });
  expect(event).toMatchObject({ eventClass: 'process-end', fields: { process_id: '4711', User: 'root' } });
  expect(event.fields.user).toBeUndefined();
});

test('a line that only quotes an event, or a broken one, is left to others', () => {
  for (const raw of ['sysmon: <Event>', 'x <Event><System><Provider Name="Linux-Sysmon"/></System></Event>'])
    expect(mapped({ kind: 'text', raw, offset: 0 }).product).toBe('generic');
});
