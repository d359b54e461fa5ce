import { describe, expect, test } from 'vitest';
import { evidenceClassNames } from './evidence-class.ts';
import { type StoredFields, summariseEvent } from './summarise-event.ts';

describe('summariseEvent', () => {
  const cases: readonly (readonly [Parameters<typeof summariseEvent>[0], StoredFields, string])[] = [
    ['file-created', { TargetFilename: 'C:\\a\\x.dll' }, 'wrote C:\\a\\x.dll'],
    ['file-deleted', { TargetFilename: 'C:\\x', Archived: 'true' }, 'deleted C:\\x (the sensor kept a copy)'],
    [
      'network',
      { dest_ip: '203.0.113.5', dest_port: '443', direction: 'outbound', transport: 'tcp' },
      'connected to 203.0.113.5:443 over tcp',
    ],
    [
      'network',
      { dest_ip: '2001:db8::5', dest_port: '443', DestinationHostname: 'x.example', direction: 'outbound' },
      'connected to [2001:db8::5]:443 (x.example)',
    ],
    [
      'network',
      { EventCode: '5157', dest_ip: '203.0.113.5', dest_port: '80', direction: 'outbound' },
      'connection to 203.0.113.5:80 blocked',
    ],
    [
      'dns',
      {
        QueryName: 'x.example',
        QueryStatus: '0',
        QueryResults: 'type:  5 y.example;::ffff:203.0.113.5;',
      },
      'looked up x.example → CNAME y.example, 203.0.113.5',
    ],
    ['dns', { QueryName: 'x.example', QueryStatus: '9003' }, 'looked up x.example → no such name (9003)'],
    [
      'registry',
      {
        EventCode: '13',
        EventType: 'SetValue',
        registry_path: 'HKU\\S-1-5-21-1-2-3-1001\\Software\\Run\\x',
        registry_value_data: 'C:\\x.exe',
      },
      'set HKCU\\Software\\Run\\x = C:\\x.exe',
    ],
    [
      'access-made',
      {
        EventCode: '10',
        TargetImage: 'C:\\Windows\\System32\\lsass.exe',
        target_process_id: '712',
        GrantedAccess: '0x1010',
      },
      'opened C:\\Windows\\System32\\lsass.exe (712) with 0x1010',
    ],
    [
      'access-received',
      { SourceImage: 'C:\\m.exe', process_id: '8', GrantedAccess: '0x1010' },
      'C:\\m.exe (8) opened it with 0x1010',
    ],
    [
      'file-access',
      { EventCode: '4663', ObjectType: 'File', ObjectName: 'C:\\s.txt', AccessList: '%%4416\r\n\t\t\t\t' },
      'used C:\\s.txt (read)',
    ],
  ];
  test.each(cases)('%s', (evidenceClass, fields, line) => {
    expect(summariseEvent(evidenceClass, fields)).toBe(line);
  });

  test('every class has a line for an event without any field', () => {
    for (const each of evidenceClassNames) expect(summariseEvent(each, {}).length).toBeGreaterThan(3);
  });

  test('long and many-lined texts become one line that says that it was cut', () => {
    const line = summariseEvent('script', { ScriptBlockText: `a\r\nb ${'x'.repeat(31_000)}` });
    expect(line).toMatch(/^ran script: a b x{396}… \+30,605$/);
    const blanks = summariseEvent('script', { ScriptBlockText: `${' \n'.repeat(16_000)}` });
    expect(blanks.length).toBeLessThan(500);
  });
});
