import { describe, expect, test } from 'vitest';
import { mapped } from '../../../test/mapped-event.ts';
import { jsonRecord, processGuid, sysmonRecord } from '../../../test/windows-records.ts';
import { formatTicks } from '../../core/ticks.ts';
import { RecordingClock } from '../recording-clock.ts';

const data = { ProcessGuid: processGuid, ProcessId: '6416', Image: 'C:\\a.exe' };

/** A record of the research sets: what TimeCreated says is local time on a 12-hour clock, marked as UTC. */
function flat(eventId: number, timeCreated: string, more: Readonly<Record<string, string>>) {
  return jsonRecord({
    SourceName: 'Microsoft-Windows-Sysmon',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: 'WS01.corp.example',
    EventID: eventId,
    TimeCreated: timeCreated,
    '@timestamp': timeCreated,
    ...data,
    ...more,
  });
}

function clockOf(event: ReturnType<typeof mapped>): readonly [string, string] {
  return [formatTicks(event.time, 3), event.timeSource];
}

describe('a clock that can be trusted beside UtcTime', () => {
  test('UtcTime is taken, for it is when it happened', () => {
    const event = mapped(sysmonRecord('3', { ...data, UtcTime: '2024-03-05 10:15:30.123' }));
    expect(clockOf(event)).toEqual(['2024-03-05T10:15:30.123Z', 'UtcTime']);
  });

  test('a stale UtcTime of EID 3 and 22 is not', () => {
    for (const id of ['3', '22']) {
      const event = mapped(sysmonRecord(id, { ProcessId: '4', UtcTime: '2024-03-01 04:00:00.000' }));
      expect(clockOf(event)).toEqual(['2024-03-05T10:15:30.500Z', 'TimeCreated, UtcTime stale']);
    }
  });

  test('other events keep UtcTime though the clocks disagree, and say so', () => {
    const event = mapped(sysmonRecord('11', { ProcessId: '4', UtcTime: '2024-03-01 04:00:00.000' }));
    expect(clockOf(event)).toEqual(['2024-03-01T04:00:00.000Z', 'UtcTime (TimeCreated is hours away)']);
  });

  test('an event cannot be before the start of its process', () => {
    const event = mapped(sysmonRecord('11', { ...data, UtcTime: '2024-03-05 10:00:00.000' }));
    expect(clockOf(event)).toEqual(['2024-03-05T10:15:30.500Z', 'TimeCreated, UtcTime stale']);
  });

  test('without UtcTime it is TimeCreated, without both the arrival', () => {
    expect(mapped(sysmonRecord('255', { ID: 'X' })).timeSource).toBe('TimeCreated');
    const bare = mapped(sysmonRecord('255', { ID: 'X' }, { time: undefined, systemTime: undefined }));
    expect(bare.timeSource).toBe('arrival');
    const never = mapped(sysmonRecord('255', { ID: 'X' }, { time: -621_355_968_000_000_000n }));
    expect(never.timeSource).toBe('arrival');
  });
});

describe('recordings that mark local time on a 12-hour clock as UTC', () => {
  test('UtcTime is taken though TimeCreated is 7 or 19 hours away', () => {
    const morning = mapped(flat(1, '2024-03-05T03:15:30.500Z', { UtcTime: '2024-03-05 10:15:30.123' }));
    const night = mapped(
      flat(1, '2024-03-04T03:15:30.500Z', { UtcTime: '2024-03-04 22:15:30.123', ProcessGuid: '-' }),
    );
    expect(clockOf(morning)).toEqual(['2024-03-05T10:15:30.123Z', 'UtcTime']);
    expect(clockOf(night)).toEqual(['2024-03-04T22:15:30.123Z', 'UtcTime']);
  });

  test('a stale UtcTime falls back on the doubtful clock, and both are named', () => {
    const event = mapped(flat(22, '2024-03-05T03:15:31.000Z', { UtcTime: '2024-02-28 01:00:00.000' }));
    expect(event.timeSource).toBe(
      'TimeCreated (may be local time), UtcTime stale, before the start of its process',
    );
  });

  test('a clock that has seen the recording’s Sysmon events sets the others right', () => {
    const clock = new RecordingClock();
    mapped(flat(1, '2024-03-05T03:15:30.500Z', { UtcTime: '2024-03-05 10:15:30.123' }), clock);
    const stale = mapped(flat(3, '2024-03-05T03:15:31.000Z', { UtcTime: '2024-02-28 01:00:00.000' }), clock);
    expect(clockOf(stale)).toEqual([
      '2024-03-05T10:15:31.000Z',
      'TimeCreated, zone from Sysmon, UtcTime stale',
    ]);
    const security = mapped(
      jsonRecord({
        Channel: 'security',
        Hostname: 'ws01',
        EventID: '4689',
        TimeCreated: '2024-03-05T03:16:00.000Z',
        ProcessId: '0x1910',
      }),
      clock,
    );
    expect(clockOf(security)).toEqual(['2024-03-05T10:16:00.000Z', 'TimeCreated, zone from Sysmon']);
  });

  test('a UtcTime that is seconds stale is found out by the process that it comes before', () => {
    const clock = new RecordingClock();
    mapped(flat(1, '2024-03-05T03:15:30.500Z', { UtcTime: '2024-03-05 10:15:30.123' }), clock);
    const stale = mapped(flat(3, '2024-03-05T03:15:32.000Z', { UtcTime: '2024-03-05 10:15:20.000' }), clock);
    expect(clockOf(stale)).toEqual([
      '2024-03-05T10:15:32.000Z',
      'TimeCreated, zone from Sysmon, UtcTime stale',
    ]);
  });

  test('after a pause of half a day the clock learns anew', () => {
    const clock = new RecordingClock();
    const none = { ProcessGuid: '-' };
    mapped(flat(1, '2024-03-05T03:15:30.500Z', { UtcTime: '2024-03-05 10:15:30.123', ...none }), clock);
    mapped(flat(1, '2024-03-05T01:15:30.500Z', { UtcTime: '2024-03-05 20:15:30.123', ...none }), clock);
    const event = mapped(flat(255, '2024-03-05T01:15:40.000Z', { ID: 'X', UtcTime: '', ...none }), clock);
    expect(clockOf(event)).toEqual(['2024-03-05T20:15:40.000Z', 'TimeCreated, zone from Sysmon']);
  });

  test('across noon, where the 12-hour clock starts again, the nearer half of the day is taken', () => {
    const clock = new RecordingClock();
    mapped(flat(1, '2024-03-05T12:59:59.000Z', { UtcTime: '2024-03-05 19:59:59.000' }), clock);
    const after = mapped(
      jsonRecord({
        Channel: 'System',
        Hostname: 'WS01',
        EventID: 1,
        TimeCreated: '2024-03-05T01:00:05.000Z',
      }),
      clock,
    );
    expect(formatTicks(after.time, 0)).toBe('2024-03-05T20:00:05Z');
  });
});
