import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import {
  jsonRecord,
  processGuid,
  rowRecord,
  securityRecord,
  securityStart,
  sysmonRecord,
  sysmonStart,
} from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';
import type { Event } from '../../events/event.ts';

const SYSMON = 'Microsoft-Windows-Sysmon';
const SYSMON_CHANNEL = 'Microsoft-Windows-Sysmon/Operational';

/** What every shape must give of one and the same process creation. */
const expected = mapped(sysmonRecord('1', sysmonStart));

function same(event: Event): void {
  for (const name of [
    ...Object.keys(sysmonStart),
    'user',
    'process_id',
    'process_guid',
    'parent_process_name',
    'SHA256',
  ])
    expect(event.fields[name], name).toEqual(expected.fields[name]);
  expect(event.fields).toMatchObject({ EventCode: '1', Channel: SYSMON_CHANNEL });
  expect({ time: event.time, host: event.host, source: event.source, eventClass: event.eventClass }).toEqual({
    time: expected.time,
    host: 'ws01.corp.example',
    source: expected.source,
    eventClass: 'process-start',
  });
}

const message = [
  'Process Create:',
  ...Object.entries(sysmonStart).map(([name, value]) => `${name}: ${value}`),
];

describe('one process creation in every shape', () => {
  test('flat', () => {
    same(
      mapped(
        jsonRecord({
          SourceName: SYSMON,
          Channel: SYSMON_CHANNEL,
          Hostname: 'WS01.corp.example',
          TimeCreated: '2024-03-05T10:15:30.500Z',
          EventID: 1,
          ...sysmonStart,
        }),
      ),
    );
  });

  test('nxlog, with ProcessId and EventType lost to nxlog’s own', () => {
    const { ProcessId: _lost, ...rest } = sysmonStart;
    const event = mapped(
      jsonRecord({
        EventTime: '2024-03-05 05:15:31',
        EventReceivedTime: '2024-03-05 05:15:32',
        SourceModuleType: 'im_msvistalog',
        Hostname: 'WS01.corp.example',
        Keywords: '-9223372036854775808',
        EventType: 'INFO',
        SeverityValue: 2,
        EventID: 1,
        SourceName: SYSMON,
        RecordNumber: 1099,
        ProcessID: 2804,
        ThreadID: 3356,
        Channel: SYSMON_CHANNEL,
        Message: message.join('\r\n'),
        host: 'collector.example',
        ...rest,
      }),
    );
    same(event);
    expect(event.fields).toMatchObject({
      ExecutionProcessID: '2804',
      EventRecordID: '1099',
      Keywords: '0x8000000000000000',
      extracted_host: 'collector.example',
    });
    expect(event.fields).not.toHaveProperty('ProcessID');
  });

  test('winlogbeat 6, nested', () => {
    same(
      mapped(
        jsonRecord({
          '@timestamp': '2024-03-05T10:15:30.500Z',
          source_name: SYSMON,
          log_name: SYSMON_CHANNEL,
          event_id: 1,
          process_id: 2804,
          record_number: '4711',
          computer_name: 'WS01.corp.example',
          host: { name: 'COLLECTOR' },
          event_data: sysmonStart,
        }),
      ),
    );
  });

  test('winlogbeat 8, nested, as Elasticsearch gives it', () => {
    const event = mapped(
      jsonRecord({
        _index: 'winlogbeat-8',
        _source: {
          '@timestamp': '2024-03-05T10:15:30.500Z',
          host: { name: 'collector' },
          event: { code: '1' },
          log: { level: 'information' },
          winlog: {
            provider_name: SYSMON,
            channel: SYSMON_CHANNEL,
            event_id: '1',
            record_id: 4711,
            computer_name: 'WS01.corp.example',
            process: { pid: 2804, thread: { id: 3356 } },
            event_data: sysmonStart,
          },
        },
      }),
    );
    same(event);
    expect(event.fields).toMatchObject({
      EventRecordID: '4711',
      ExecutionProcessID: '2804',
      Level: 'information',
    });
  });

  test('winlogbeat with dotted keys', () => {
    const data = Object.fromEntries(
      Object.entries(sysmonStart).map(([name, value]) => [`winlog.event_data.${name}`, value]),
    );
    same(
      mapped(
        jsonRecord({
          '@timestamp': '2024-03-05T10:15:30.500Z',
          'winlog.provider_name': SYSMON,
          'winlog.channel': SYSMON_CHANNEL,
          'winlog.event_id': 1,
          'winlog.computer_name': 'WS01.corp.example',
          ...data,
        }),
      ),
    );
  });

  const system = {
    Provider: { '#attributes': { Name: SYSMON, Guid: '5770385F-C22A-43E0-BF4C-06F5698FFBD9' } },
    EventID: 1,
    TimeCreated: { '#attributes': { SystemTime: '2024-03-05T10:15:30.500000Z' } },
    EventRecordID: 4711,
    Execution: { '#attributes': { ProcessID: 2804, ThreadID: 3356 } },
    Channel: SYSMON_CHANNEL,
    Computer: 'WS01.corp.example',
    Security: { '#attributes': { UserID: 'S-1-5-18' } },
  };

  test('evtx_dump', () => {
    const numbers = { ...sysmonStart, ProcessId: 6416, ParentProcessId: 11120, TerminalSessionId: 1 };
    same(mapped(jsonRecord({ Event: { System: system, EventData: numbers } })));
  });

  test('event XML as JSON with @ attributes and a list of Data', () => {
    const list = Object.entries(sysmonStart).map(([name, value]) => ({ '@Name': name, '#text': value }));
    same(
      mapped(
        jsonRecord({
          Event: {
            System: {
              ...system,
              Provider: { '@Name': SYSMON },
              EventID: { '#text': '1', '@Qualifiers': '0' },
              TimeCreated: { '@SystemTime': '2024-03-05T10:15:30.500Z' },
            },
            EventData: { Data: list },
          },
        }),
      ),
    );
  });

  test('Azure’s WindowsEvent, with the data as a JSON text', () => {
    same(
      mapped(
        jsonRecord({
          TimeGenerated: '2024-03-05T10:15:31.000Z',
          Provider: SYSMON,
          Channel: SYSMON_CHANNEL,
          Computer: 'WS01.corp.example',
          EventID: 1,
          Type: 'WindowsEvent',
          EventData: JSON.stringify(sysmonStart),
        }),
      ),
    );
  });

  test('Get-WinEvent, with nothing but the message', () => {
    const event = mapped(
      rowRecord({
        Id: '1',
        ProviderName: SYSMON,
        LogName: SYSMON_CHANNEL,
        ProcessId: '2804',
        MachineName: 'WS01.corp.example',
        TimeCreated: '3/5/2024 11:15:31 AM',
        Message: message.join('\r\n'),
      }),
    );
    same(event);
    expect(event.fields.ExecutionProcessID).toBe('2804');
  });

  test('Event Viewer’s CSV, in Japanese: ragged, local time, no computer', () => {
    const event = mapped(
      rowRecord({
        レベル: '情報',
        日付と時刻: '2024/03/05 19:15:31',
        ソース: SYSMON,
        'イベント ID': '1',
        タスクのカテゴリ: 'Process Create (rule: ProcessCreate)',
        'column 6': message.join('\n'),
      }),
    );
    for (const [name, value] of Object.entries(sysmonStart)) expect(event.fields[name], name).toBe(value);
    expect(event.timeSource).toBe('UtcTime');
    expect(event.time).toBe(expected.time);
    expect(event.host).toBe('unknown');
  });
});

test('Event Viewer’s CSV in English: a Security message gives its fields', () => {
  const event = mapped(
    rowRecord({
      Level: 'Information',
      'Date and Time': '3/5/2024 4:15:30 PM',
      Source: 'Microsoft-Windows-Security-Auditing',
      'Event ID': '4688',
      'Task Category': 'Process Creation',
      'column 6':
        'A new process has been created.\r\n\r\nCreator Subject:\r\n\tSecurity ID:\t\tS-1-5-21\r\n\tAccount Name:\t\twally\r\n' +
        '\tAccount Domain:\t\tCORP\r\n\tLogon ID:\t\t0x3D241\r\n\r\nTarget Subject:\r\n\tAccount Name:\t\t-\r\n\r\n' +
        'Process Information:\r\n\tNew Process ID:\t\t0x1910\r\n\tNew Process Name:\tC:\\a\\b.exe\r\n' +
        '\tCreator Process ID:\t0x2b70\r\n\tCreator Process Name:\tC:\\p.exe\r\n\tProcess Command Line:\tb.exe a:b\r\n',
    }),
  );
  expect(event.fields).toMatchObject({
    Channel: 'Security',
    NewProcessId: '0x1910',
    process_id: '6416',
    parent_process_id: '11120',
    CommandLine: 'b.exe a:b',
    SubjectUserName: 'wally',
    user: 'wally',
    TargetUserName: '-',
  });
  expect([formatTicks(event.time, 0), event.timeSource]).toEqual([
    '2024-03-05T16:15:30Z',
    'Date and Time (local time, zone unknown)',
  ]);
});

test('a Security message in Japanese stays as text and gives the fields whose labels are known', () => {
  const event = mapped(
    rowRecord({
      レベル: '情報',
      日付と時刻: '2024/03/05 19:15:31',
      ソース: 'Microsoft-Windows-Security-Auditing',
      'イベント ID': '4624',
      タスクのカテゴリ: 'ログオン',
      'column 6':
        'アカウントが正常にログオンしました。\n\nサブジェクト:\n\tアカウント名:\t\tHOST$\n\nログオン タイプ:\t\t\t5\n\n新しいログオン:\n\tアカウント名:\t\talice\n',
    }),
  );
  expect(event.fields).toMatchObject({ user: 'alice', src_user: 'HOST$', LogonType: '5' });
  expect(event.fields.Message).toContain('アカウントが正常に');
});

test('Azure’s SecurityEvent rows name neither channel nor provider', () => {
  const event = mapped(
    rowRecord({
      TenantId: 't',
      Account: 'CORP\\wallylambic',
      EventID: '4688',
      TimeGenerated: '2024-03-05 10:15:30.123',
      Computer: 'WS01',
      ...securityStart,
    }),
  );
  expect(event).toMatchObject({ product: 'windows-security', timeSource: 'TimeGenerated', host: 'ws01' });
  expect(event.fields).toMatchObject({ process_id: '6416', Account: 'CORP\\wallylambic' });
});

test('nxlog beside a Logstash stamp knows its zone; without one the doubt is said', () => {
  const nxlog = {
    EventTime: '2024-03-05 05:15:30',
    EventReceivedTime: '2024-03-05 05:15:33',
    SourceModuleType: 'im_msvistalog',
    Hostname: 'DC',
    EventID: 4689,
    Channel: 'security',
    ExecutionProcessID: 4,
    ProcessId: '0x1910',
  };
  const stamped = mapped(jsonRecord({ ...nxlog, '@timestamp': '2024-03-05T10:15:33.400Z' }));
  expect([formatTicks(stamped.time, 0), stamped.timeSource]).toEqual([
    '2024-03-05T10:15:30Z',
    'EventTime, zone from @timestamp',
  ]);
  const bare = mapped(jsonRecord(nxlog));
  expect([formatTicks(bare.time, 0), bare.timeSource]).toEqual([
    '2024-03-05T05:15:30Z',
    'EventTime (local time, zone unknown)',
  ]);
});

describe('traps', () => {
  test('ProcessID is never ProcessId: nxlog’s is the Sysmon service, 5156’s is data', () => {
    const header = mapped(
      jsonRecord({
        EventTime: '2024-03-05 10:15:30',
        SeverityValue: 2,
        EventID: 5,
        SourceName: SYSMON,
        Channel: SYSMON_CHANNEL,
        Hostname: 'h',
        ProcessID: 2804,
        UtcTime: '2024-03-05 10:15:30.123',
        Message: `Process terminated:\r\nUtcTime: 2024-03-05 10:15:30.123\r\nProcessGuid: ${processGuid}\r\nProcessId: 6416\r\nImage: C:\\a.exe`,
      }),
    );
    expect(header.fields).toMatchObject({
      ProcessId: '6416',
      process_id: '6416',
      ExecutionProcessID: '2804',
    });
    const data = mapped(
      jsonRecord({
        TimeCreated: '2024-03-05T10:15:30.000Z',
        EventID: 5156,
        Channel: 'Security',
        Hostname: 'h',
        ProcessID: '3216',
      }),
    );
    expect(data.fields).toMatchObject({ ProcessID: '3216', process_id: '3216' });
  });

  test('nxlog’s EventType hides Sysmon’s, which the message has', () => {
    const event = mapped(
      jsonRecord({
        EventTime: '2024-03-05 10:15:30',
        SeverityValue: 2,
        EventType: 'INFO',
        EventID: 12,
        SourceName: SYSMON,
        Channel: SYSMON_CHANNEL,
        Hostname: 'h',
        ProcessId: '5',
        UtcTime: '2024-03-05 10:15:30.123',
        TargetObject: 'HKLM\\X\\v',
        Message: 'Registry object added or deleted:\r\nEventType: DeleteValue\r\nTargetObject: HKLM\\X\\v',
      }),
    );
    expect(event.fields).toMatchObject({
      EventType: 'DeleteValue',
      action: 'deleted',
      registry_value_name: 'v',
    });
  });

  test('channel and host are compared in one spelling; EventID may be a number or a text', () => {
    const one = mapped(
      jsonRecord({
        EventID: 4689,
        Channel: 'security',
        Hostname: 'WS01.Corp',
        TimeCreated: '2024-03-05T13:00:00Z',
      }),
    );
    const two = mapped(securityRecord('4689', {}, { computer: 'ws01.corp' }));
    expect([one.host, one.source, one.fields.Channel, one.fields.EventCode]).toEqual([
      two.host,
      two.source,
      two.fields.Channel,
      two.fields.EventCode,
    ]);
    expect(one.fields.Computer).toBe('WS01.Corp');
  });

  test('data may have a name that other exporters use for the System part', () => {
    const event = mapped(
      jsonRecord({
        ProviderName: 'Some Key Storage Provider',
        SourceName: 'Microsoft-Windows-Security-Auditing',
        EventID: 5058,
        Channel: 'Security',
        Hostname: 'h',
        TimeCreated: '2024-03-05T13:00:00Z',
      }),
    );
    expect(event.fields).toMatchObject({
      SourceName: 'Microsoft-Windows-Security-Auditing',
      ProviderName: 'Some Key Storage Provider',
    });
  });

  test('an array where a text is expected', () => {
    const event = mapped(
      jsonRecord({
        EventID: 1,
        Channel: SYSMON_CHANNEL,
        TimeCreated: '2024-03-05T13:00:00Z',
        Image: ['C:\\a.exe', 'C:\\b.exe'],
        Hostname: ['x'],
      }),
    );
    expect(event.fields.Image).toEqual(['C:\\a.exe', 'C:\\b.exe']);
    expect(event.fields.process_name).toBe('a.exe');
  });

  test('a line in a command that looks like a field is told of, and does not replace the field before it', () => {
    const forged = message.map((line) =>
      line.startsWith('CommandLine') ? `${line}\nImage: C:\\forged.exe` : line,
    );
    const event = mapped(
      rowRecord({
        Id: '1',
        ProviderName: SYSMON,
        LogName: SYSMON_CHANNEL,
        MachineName: 'h',
        TimeCreated: '',
        Message: forged.join('\n'),
      }),
    );
    expect(event.fields.Image).toBe(sysmonStart.Image);
    expect(event.fields.keizu_note).toContain('Image');
  });
});
