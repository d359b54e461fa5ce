import { describe, expect, test } from 'vitest';
import { arrival, mapped } from '../../../test/mapped-event.ts';
import { jsonRecord, rowRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';
import type { JsonValue, TextRecord } from '../../formats/record.ts';

const line = (raw: string): TextRecord => ({ kind: 'text', raw, offset: 0 });

describe('JSON', () => {
  test('is flattened as spath does it', () => {
    const event = mapped(
      jsonRecord({
        timestamp: '2024-03-05T10:00:00Z',
        a: { b: { c: 1 } },
        tags: ['x', 'y'],
        items: [{ n: 1, deep: { m: true } }, { n: 2 }],
        nothing: null,
        empty: '',
        big: '18446744073709551615',
      }),
    );
    expect(event).toMatchObject({ product: 'generic', sourcetype: 'generic:json', source: 'test.json' });
    expect({ ...event.fields }).toEqual({
      timestamp: '2024-03-05T10:00:00Z',
      'a.b.c': '1',
      'tags{}': ['x', 'y'],
      'items{}.n': ['1', '2'],
      'items{}.deep.m': 'true',
      big: '18446744073709551615',
    });
  });

  test('too many fields or levels are cut, and the event says so', () => {
    const wide = mapped(
      jsonRecord(Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`k${at}`, at]))),
    );
    expect(wide.fields.keizu_note).toMatch(/^200 more fields/);
    let deep: JsonValue = 1;
    for (let level = 0; level < 50; level++) deep = { d: deep };
    const cut = mapped(jsonRecord({ deep, kept: 'yes' }));
    expect(cut.fields).toMatchObject({ kept: 'yes', keizu_note: expect.stringMatching(/^1 more/) });
  });

  test('names of the event’s members are kept beside them', () => {
    const event = mapped(jsonRecord({ host: 'Web01', source: 's', sourcetype: 't', index: 'i', _raw: 'r' }));
    expect(event).toMatchObject({ host: 'web01', source: 'test.json', sourcetype: 'generic:json' });
    expect(event.fields).toMatchObject({
      extracted_host: 'Web01',
      extracted_source: 's',
      extracted_sourcetype: 't',
      extracted_index: 'i',
      extracted__raw: 'r',
    });
  });

  test('a key like __proto__ is a name like any other', () => {
    const value = JSON.parse('{"__proto__":{"polluted":"1"},"constructor":"c"}') as {
      [key: string]: JsonValue;
    };
    const event = mapped(jsonRecord(value));
    expect({ ...event.fields }).toMatchObject({ '__proto__.polluted': '1', constructor: 'c' });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test('the host is found under the names that sources use', () => {
  expect(mapped(jsonRecord({ host: { name: 'A' } })).host).toBe('a');
  expect(mapped(jsonRecord({ Hostname: 'B' })).host).toBe('b');
  expect(mapped(jsonRecord({ x: 1 })).host).toBe('unknown');
});

describe('the time', () => {
  const timeOf = (value: { [key: string]: JsonValue }) => {
    const event = mapped(jsonRecord(value));
    return [formatTicks(event.time), event.timeSource];
  };

  test.each([
    ['1709632800', '2024-03-05T10:00:00.0000000Z'],
    ['1709632800.123456', '2024-03-05T10:00:00.1234560Z'],
    [1709632800123, '2024-03-05T10:00:00.1230000Z'],
    ['1709632800123.5', '2024-03-05T10:00:00.1235000Z'],
    ['1709632800123456', '2024-03-05T10:00:00.1234560Z'],
    ['1709632800123456789', '2024-03-05T10:00:00.1234567Z'],
    ['2024-03-05 12:00:00.5+02:00', '2024-03-05T10:00:00.5000000Z'],
  ])('%s', (timestamp, expected) => {
    expect(timeOf({ timestamp })).toEqual([expected, 'timestamp']);
  });

  test('is that of the first field that can be read', () => {
    expect(timeOf({ timestamp: 'yesterday', '@timestamp': '2024-03-05T10:00:00Z' })[1]).toBe('@timestamp');
    expect(timeOf({ _time: '2024-03-05T10:00:00Z', timestamp: '2023-01-01T00:00:00Z' })[1]).toBe('_time');
    expect(timeOf({ time: '0001-01-01T00:00:00Z' })).toEqual([formatTicks(arrival), 'arrival']);
  });
});

describe('lines', () => {
  const timeOf = (raw: string) => {
    const event = mapped(line(raw));
    return [formatTicks(event.time, 3), event.timeSource];
  };

  test.each([
    ['2024-03-05T10:00:00.123Z GET /', '2024-03-05T10:00:00.123Z', 'start of the line'],
    ['[2024-03-05 10:00:00,123] INFO', '2024-03-05T10:00:00.123Z', 'start of the line'],
    ['1709632800.123    45 10.0.0.5 TCP_MISS/200', '2024-03-05T10:00:00.123Z', 'start of the line'],
    ['<34>1 2024-03-05T12:00:00.123+02:00 host app', '2024-03-05T10:00:00.123Z', 'start of the line'],
    [
      '<13>Mar  5 10:00:00 gw kernel: x',
      '2024-03-05T10:00:00.000Z',
      'start of the line (no year, zone unknown)',
    ],
    ['Dec 31 23:59:59 gw kernel: x', '2023-12-31T23:59:59.000Z', 'start of the line (no year, zone unknown)'],
    ['no time here', formatTicks(arrival, 3), 'arrival'],
  ])('%s', (raw, time, source) => {
    expect(timeOf(raw)).toEqual([time, source]);
  });

  test('have no fields, and their text as it came', () => {
    const event = mapped(line('plain'));
    expect(event).toMatchObject({ raw: 'plain', sourcetype: 'generic:text' });
    expect(Object.keys(event.fields)).toEqual([]);
  });
});

test('rows have their cells; empty cells are absent', () => {
  const event = mapped(rowRecord({ time: '1709632800', name: 'x', empty: '', 'column 9': 'beyond' }));
  expect(event.sourcetype).toBe('generic:csv');
  expect({ ...event.fields }).toEqual({ time: '1709632800', name: 'x', 'column 9': 'beyond' });
});
