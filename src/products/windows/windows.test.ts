import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { windowsEventRecord } from '../../../test/windows-records.ts';

const system = (provider: string, eventId: string, channel: string) => ({ provider, eventId, channel });

test('an event of a channel without a product passes with its System part and all its data', () => {
  const event = mapped(
    windowsEventRecord(
      {
        ...system('Microsoft-Windows-Anything', '9', 'Microsoft-Windows-Anything/Operational'),
        activityId: '{A}',
      },
      { One: '1', Two: '-' },
    ),
  );
  expect(event).toMatchObject({
    product: 'windows',
    eventClass: 'other',
    source: 'XmlWinEventLog:Microsoft-Windows-Anything/Operational',
  });
  expect(event.fields).toMatchObject({ One: '1', Two: '-', ActivityID: '{A}', EventCode: '9' });
});

test('classes go by provider and id, never by the id alone', () => {
  const classOf = (provider: string, eventId: string) =>
    mapped(windowsEventRecord(system(provider, eventId, 'System'), {})).eventClass;
  expect(classOf('Service Control Manager', '7045')).toBe('service');
  expect(classOf('Somebody Else', '7045')).toBe('other');
  expect(classOf('Microsoft-Windows-Kernel-General', '12')).toBe('boot');
  expect(classOf('Microsoft-Windows-Kernel-General', '1')).toBe('clock-change');
  expect(classOf('Microsoft-Windows-Kernel-General', 'constructor')).toBe('other');
});

test('7045 has the service under the CIM’s and the text form’s names', () => {
  const { fields } = mapped(
    windowsEventRecord(system('Service Control Manager', '7045', 'System'), {
      ServiceName: 'evil',
      ImagePath: 'C:\\evil.exe -k',
    }),
  );
  expect(fields).toMatchObject({
    service_name: 'evil',
    service_path: 'C:\\evil.exe -k',
    Service_File_Name: 'C:\\evil.exe -k',
    user_id: 'S-1-5-18',
  });
});

describe('data', () => {
  test('without names is Data, in order, empty ones kept in their places', () => {
    const record = windowsEventRecord(system('EventLog', '6013', 'System'), {});
    const values = ['', '', '17', '60 UTC'];
    const { fields } = mapped({ ...record, data: values.map((value) => ({ name: undefined, value })) });
    expect(fields.Data).toEqual(values);
  });

  test('with the same name twice has both values; arrays have all', () => {
    const record = windowsEventRecord(system('X', '1', 'System'), {});
    const { fields } = mapped({
      ...record,
      data: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
        { name: 'b', value: ['x', 'y'] },
        { name: 'Level', value: 'mine' },
        { name: 'c', value: '3' },
        { name: 'c', value: '4' },
        { name: 'a', value: '5' },
      ],
    });
    expect(fields.a).toEqual(['1', '2', '5']);
    expect(fields.c).toEqual(['3', '4']);
    expect(fields.b).toEqual(['x', 'y']);
    expect(fields.Level).toBe('mine');
  });

  test('with the name of an event’s member, or of an object’s, does no harm', () => {
    const record = windowsEventRecord(system('X', '1', 'System'), {});
    const names = ['host', 'source', '_time', 'index', '__proto__', 'constructor', 'toString'];
    const event = mapped({ ...record, data: names.map((name) => ({ name, value: `v ${name}` })) });
    expect(event.host).toBe('ws01.corp.example');
    expect(Object.keys(event.fields)).toEqual(
      expect.arrayContaining([
        'extracted_host',
        'extracted_source',
        'extracted__time',
        'extracted_index',
        '__proto__',
        'constructor',
        'toString',
      ]),
    );
    expect(event.fields.constructor).toBe('v constructor');
  });

  test('beyond the limit of fields is cut, and the event says so', () => {
    const record = windowsEventRecord(system('X', '1', 'System'), {});
    const data = Array.from({ length: 1_500 }, (_, at) => ({ name: `n${at}`, value: 'v' }));
    const { fields } = mapped({ ...record, data });
    expect(fields.keizu_note).toMatch(/^500 more fields/);
  });
});

describe('PowerShell', () => {
  test('4104: the process is that of the System part', () => {
    const { fields, eventClass } = mapped(
      windowsEventRecord(
        system('Microsoft-Windows-PowerShell', '4104', 'Microsoft-Windows-PowerShell/Operational'),
        { ScriptBlockText: 'iex' },
      ),
    );
    expect(eventClass).toBe('script');
    expect(fields).toMatchObject({ ScriptBlockText: 'iex', process_id: '2804' });
  });

  test('4103: host application and user out of ContextInfo', () => {
    const { fields } = mapped(
      windowsEventRecord(
        system('Microsoft-Windows-PowerShell', '4103', 'Microsoft-Windows-PowerShell/Operational'),
        {
          ContextInfo:
            '        Host Name = ConsoleHost\r\n        Host Application = powershell.exe -enc AAAA=\r\n        User = CORP\\wally\r\n',
        },
      ),
    );
    expect(fields).toMatchObject({
      HostApplication: 'powershell.exe -enc AAAA=',
      process: 'powershell.exe -enc AAAA=',
      user: 'wally',
      user_domain: 'CORP',
    });
  });

  test('400: lines of the unnamed data; header process 0 is none', () => {
    const record = windowsEventRecord(system('PowerShell', '400', 'Windows PowerShell'), {});
    const { fields } = mapped({
      ...record,
      executionProcessId: '0',
      data: [
        { name: undefined, value: 'Available' },
        {
          name: undefined,
          value: '\tNewEngineState=Available\r\n\r\n\tHostApplication=powershell -c a=b\r\n\tScriptName=',
        },
      ],
    });
    expect(fields).toMatchObject({ NewEngineState: 'Available', process: 'powershell -c a=b' });
    expect(fields).not.toHaveProperty('process_id');
    expect(fields).not.toHaveProperty('ScriptName');
  });
});

test('what a Splunk export said of source, sourcetype and index wins; its host only where the event names none', () => {
  const record = windowsEventRecord(system('X', '1', 'System'), {});
  const envelope = {
    host: 'COLLECTOR',
    source: 'WinEventLog:System',
    sourcetype: 'WinEventLog',
    index: 'win',
  };
  const event = mapped({ ...record, envelope });
  expect(event).toMatchObject({
    host: 'ws01.corp.example',
    source: 'WinEventLog:System',
    sourcetype: 'WinEventLog',
    index: 'win',
  });
  expect(mapped({ ...record, envelope, computer: undefined }).host).toBe('collector');
  expect(mapped({ ...record, computer: undefined }).host).toBe('unknown');
});

test('an event without a time takes the export’s, else the arrival’s', () => {
  const record = windowsEventRecord(
    { ...system('X', '1', 'System'), time: undefined, systemTime: undefined },
    {},
  );
  const exported = mapped({ ...record, envelope: { time: '2024-03-01T00:00:00.000+00:00' } });
  expect(exported.timeSource).toBe('_time of the export');
  expect(mapped(record).timeSource).toBe('arrival');
});
