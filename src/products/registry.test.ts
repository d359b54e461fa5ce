import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrival } from '../../test/mapped-event.ts';
import {
  jsonRecord,
  rowRecord,
  securityRecord,
  sysmonRecord,
  windowsEventRecord,
} from '../../test/windows-records.ts';
import { eventMemberNames } from '../events/fields.ts';
import type { JsonValue, SourceRecord } from '../formats/record.ts';
import { RecordingClock } from './recording-clock.ts';
import { eventOf, needsClock, primeClock } from './registry.ts';

const context = { arrival, origin: 'test' };

test('what is nothing at all is a fault, at its offset', () => {
  const records: SourceRecord[] = [
    { ...jsonRecord({}), offset: 7 },
    { ...rowRecord({ a: '', b: '' }), offset: 7 },
    { kind: 'text', raw: ' \t', offset: 7 },
  ];
  for (const record of records)
    expect(eventOf(record, context)).toMatchObject({ kind: 'fault', code: 'empty', offset: 7 });
});

test('products by provider and channel, never by the id alone', () => {
  const productOf = (record: SourceRecord) => {
    const made = eventOf(record, context);
    return 'product' in made ? made.product : made.code;
  };
  expect(productOf(sysmonRecord('1', {}))).toBe('sysmon');
  expect(productOf(sysmonRecord('1', {}, { channel: 'ForwardedEvents' }))).toBe('sysmon');
  expect(productOf(securityRecord('4688', {}))).toBe('windows-security');
  expect(productOf(windowsEventRecord({ eventId: '1', provider: 'X', channel: 'System' }, {}))).toBe(
    'windows',
  );
  expect(
    productOf(
      windowsEventRecord({ eventId: '1', provider: 'Linux-Sysmon', channel: 'Linux-Sysmon/Operational' }, {}),
    ),
  ).toBe('sysmon-linux');
  expect(productOf(jsonRecord({ EventID: 1, message: 'of nobody' }))).toBe('generic');
});

describe('a recording sorted by channel', () => {
  const security = jsonRecord({
    Channel: 'Security',
    Hostname: 'H.x',
    EventID: 4688,
    TimeCreated: '2024-03-05T03:15:30Z',
  });
  const sysmon = jsonRecord({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: 'h',
    EventID: 1,
    TimeCreated: '2024-03-05T03:15:30Z',
    UtcTime: '2024-03-05 10:15:30.000',
  });

  test('is set right by a clock that was primed', () => {
    expect(needsClock(security)).toBe(true);
    const primed = { ...context, clock: new RecordingClock() };
    expect(eventOf(security, primed)).toMatchObject({ timeSource: 'TimeCreated (may be local time)' });
    primeClock([security, sysmon], primed);
    expect(eventOf(security, primed)).toMatchObject({ timeSource: 'TimeCreated, zone from Sysmon' });
  });

  test('EVTX needs no clock', () => {
    expect(needsClock(securityRecord('4688', {}))).toBe(false);
  });
});

const names = fc.constantFrom(
  ...[
    'EventID',
    'Channel',
    'SourceName',
    'EventTime',
    'TimeCreated',
    'SeverityValue',
    'Message',
    'EventData',
    'Event',
  ],
  ...[
    'System',
    'winlog',
    'event_id',
    'log_name',
    'computer_name',
    'event_data',
    'Hostname',
    'UtcTime',
    'ProcessGuid',
  ],
  ...[
    'Image',
    'Hashes',
    'TargetObject',
    'QueryResults',
    'Keywords',
    '__proto__',
    'host',
    '_time',
    'Data',
    '#text',
  ],
  ...[
    '#attributes',
    'ContextInfo',
    'ObjectType',
    'Direction',
    'NewProcessId',
    'Provider',
    'TimeGenerated',
    'Id',
    'LogName',
  ],
);
const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '1',
    '3',
    '13',
    '4688',
    '4624',
    '255',
    '-',
    '',
    'Microsoft-Windows-Sysmon',
    'Security',
    'PowerShell',
  ),
  fc.constantFrom(
    '2024-03-05 10:00:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '0x',
    '0xffffffffffffffff',
  ),
  fc.constantFrom(
    '{"a":{"b":[1]}}',
    'Microsoft-Windows-Sysmon/Operational',
    'a:\r\nImage: b\n: c\nUtcTime:',
    '%%%',
    ';;,=,=',
  ),
);
const { value: json } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, fc.string()), tie('value'), { maxKeys: 8 }),
  ),
}));
const objects = fc.dictionary(fc.oneof(names, fc.string()), json, { maxKeys: 14 });
const record: fc.Arbitrary<SourceRecord> = fc.oneof(
  objects.map((value): SourceRecord => ({ kind: 'json', raw: 'r', offset: 0, value })),
  fc
    .dictionary(fc.oneof(names, fc.constantFrom('Event ID', 'Date and Time', 'Source', 'column 6')), texts)
    .map((cells): SourceRecord => ({ kind: 'row', raw: 'r', offset: 0, cells })),
  texts.map((raw): SourceRecord => ({ kind: 'text', raw, offset: 0 })),
  fc
    .record({
      provider: fc.option(texts, { nil: undefined }),
      channel: fc.option(texts, { nil: undefined }),
      eventId: fc.option(texts, { nil: undefined }),
      computer: fc.option(texts, { nil: undefined }),
      keywords: fc.option(texts, { nil: undefined }),
      time: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), { nil: undefined }),
      data: fc.array(
        fc.record({
          name: fc.option(fc.oneof(names, fc.string()), { nil: undefined }),
          value: fc.oneof(texts, fc.array(texts)),
        }),
      ),
    })
    .map((parts): SourceRecord => ({ ...windowsEventRecord({}, {}), ...parts })),
);

test('any record is an event or a fault, whole and without throwing', () => {
  const clock = new RecordingClock();
  fc.assert(
    fc.property(record, (made) => {
      const event = eventOf(made, { ...context, clock });
      if ('kind' in event) {
        expect(event.code).toBe('empty');
        return;
      }
      expect(event.host).toBe(event.host.toLowerCase());
      expect(event.host).not.toBe('');
      expect(event.raw).toBe(made.raw);
      expect(event.time > 3_155_328_000_000_000n && event.time < 72_582_048_000_000_000n).toBe(true);
      for (const [name, value] of Object.entries(event.fields)) {
        expect(Object.hasOwn(eventMemberNames, name), name).toBe(false);
        if (typeof value !== 'string') {
          expect(value.length).toBeGreaterThan(0);
          expect(value.every((item) => typeof item === 'string')).toBe(true);
        } else expect(value, name).not.toBe('');
      }
    }),
    { numRuns: 2_000 },
  );
});
