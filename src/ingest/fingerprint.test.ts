import { describe, expect, test } from 'vitest';
import { type Event, UNKNOWN_HOST } from '../events/event.ts';
import type { SourceRecord, TextRecord, WindowsEventRecord } from '../formats/record.ts';
import { fingerprintOf } from './fingerprint.ts';
import { OccurrenceCounter } from './occurrence-counter.ts';

const event: Event = {
  time: 1n,
  timeSource: 'start of the line',
  host: 'ws01',
  source: 'x',
  sourcetype: 'x',
  product: 'generic',
  eventClass: 'other',
  raw: '',
  fields: {},
};
const line = (raw: string, more: Partial<TextRecord> = {}): TextRecord => ({
  kind: 'text',
  raw,
  offset: 0,
  ...more,
});
const windowsEvent: WindowsEventRecord = {
  kind: 'windows-event',
  raw: '<Event/>',
  offset: 5,
  provider: 'P',
  providerGuid: undefined,
  eventSourceName: undefined,
  eventId: '1',
  qualifiers: undefined,
  version: '5',
  level: '4',
  task: '1',
  opcode: '0',
  keywords: '0x0',
  systemTime: '2023-08-16T04:54:30.1234567Z',
  time: 2n,
  recordId: '77',
  activityId: undefined,
  relatedActivityId: undefined,
  executionProcessId: '1',
  executionThreadId: '2',
  channel: 'C',
  computer: 'WS01',
  securityUserId: undefined,
  data: [{ name: 'Image', value: 'x' }],
  dataPart: 'EventData',
  dataName: undefined,
};

function print(
  record: SourceRecord,
  options: { index?: string; origin?: string; event?: Partial<Event> } = {},
) {
  const { index = 'main', origin = '/a', event: more = {} } = options;
  const made = fingerprintOf(record, { ...event, ...more }, index, origin, new OccurrenceCounter());
  expect(made.length).toBe(16);
  return Buffer.from(made).toString('hex');
}

describe('fingerprintOf', () => {
  test('is that of the line, whatever the file and the offset', () => {
    expect(print(line('a', { offset: 9 }), { origin: '/b' })).toBe(print(line('a')));
    expect(print(line('b'))).not.toBe(print(line('a')));
  });

  test('tells files apart where an export names no host: two hosts may have the same row', () => {
    const row: SourceRecord = { kind: 'row', raw: 'a', offset: 0, cells: { Name: 'a' } };
    const of = (origin: string, host: string) => print(row, { origin, event: { host } });
    expect(of('/b', UNKNOWN_HOST)).not.toBe(of('/a', UNKNOWN_HOST));
    expect(of('/b', 'ws01')).toBe(of('/a', 'ws01'));
  });

  test('tells indexes, hosts and what an export says of a line apart', () => {
    const plain = print(line('a'));
    expect(print(line('a'), { index: 'other' })).not.toBe(plain);
    expect(print(line('a'), { event: { host: 'ws02' } })).not.toBe(plain);
    expect(print(line('a', { envelope: { host: 'h' } }))).not.toBe(plain);
    expect(print(line('a', { envelope: { source: 'h' } }))).not.toBe(plain);
  });

  test('does not let the parts of one record run into each other', () => {
    const one = print(line('c', { envelope: { host: 'a', source: 'b' } }));
    expect(print(line('c', { envelope: { host: 'ab', source: '' } }))).not.toBe(one);
    const row = (cells: Record<string, string>): SourceRecord => ({
      kind: 'row',
      raw: '1,2',
      offset: 0,
      cells,
    });
    expect(print(row({ a: '1', b: '2' }))).not.toBe(print(row({ c: '1', d: '2' })));
  });

  test('keeps lines without a time of their own apart by their file', () => {
    const arrival = { event: { timeSource: 'arrival' } };
    expect(print(line('a'), { ...arrival, origin: '/b' })).not.toBe(print(line('a'), arrival));
    expect(print(line('a'), arrival)).toBe(print(line('a'), arrival));
  });

  test('counts equal lines of one file, the same way each time', () => {
    const reading = () => {
      const occurrences = new OccurrenceCounter();
      return ['x', 'y', 'x', 'x'].map((raw) =>
        Buffer.from(fingerprintOf(line(raw), event, 'main', '/a', occurrences)).toString('hex'),
      );
    };
    expect(new Set(reading()).size).toBe(4);
    expect(reading()).toEqual(reading());
  });

  test('is what a Windows event says, in whatever form and however often', () => {
    const occurrences = new OccurrenceCounter();
    const made = (record: WindowsEventRecord) =>
      Buffer.from(fingerprintOf(record, event, 'main', '/a', occurrences)).toString('hex');
    const first = made(windowsEvent);
    expect(made({ ...windowsEvent, raw: '<Event></Event>', offset: 1 })).toBe(first);
    expect(made({ ...windowsEvent, recordId: '78' })).not.toBe(first);
    expect(made({ ...windowsEvent, data: [{ name: 'Image', value: 'y' }] })).not.toBe(first);
    expect(made({ ...windowsEvent, rendering: { Message: 'm' } })).not.toBe(first);
    // A binary log has the carriage return that its XML, read again, has not.
    const lines = (value: string | readonly string[]) =>
      made({ ...windowsEvent, data: [{ name: 'A', value }] });
    expect(lines('a\r\n\tb')).toBe(lines('a\n\tb'));
    expect(lines(['a\r\n', 'b'])).toBe(lines(['a\n', 'b']));
    expect(lines('a\r\n\tb')).not.toBe(lines('a\tb'));
  });

  test('counts Windows events that have no record id as lines', () => {
    const occurrences = new OccurrenceCounter();
    const { recordId, ...rest } = windowsEvent;
    expect(recordId).toBe('77');
    const without: WindowsEventRecord = { ...rest, recordId: undefined };
    const first = fingerprintOf(without, event, 'main', '/a', occurrences);
    expect(fingerprintOf(without, event, 'main', '/a', occurrences)).not.toEqual(first);
  });
});
