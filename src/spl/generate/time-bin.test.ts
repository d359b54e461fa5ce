import { describe, expect, test } from 'vitest';
import { parseIsoTicks, TICKS_PER_SECOND } from '../../core/ticks.ts';
import { evenBins, isKnownSnap, niceSpan, type TimeSpan } from './time-bin.ts';

const minute = 60n * TICKS_PER_SECOND;

function span(count: number, unit: TimeSpan['unit'], snap?: string): TimeSpan {
  return { kind: 'time', count, unit, ...(snap !== undefined && { snap }) };
}

describe('spans', () => {
  test.each([
    [15n, 10, 'second'],
    [60n, 1, 'minute'],
    [4n * 60n, 5, 'minute'],
    [24n * 60n, 30, 'minute'],
    [7n * 24n * 60n, 1, 'day'],
    [30n * 24n * 60n, 1, 'day'],
    [365n * 24n * 60n, 1, 'month'],
  ])('of %s minutes are cut as the documentation of timechart says', (minutes, count, unit) => {
    expect(niceSpan(minutes * minute, 100, undefined)).toMatchObject({ count, unit });
  });

  test('are no shorter than the least', () => {
    expect(niceSpan(15n * minute, 100, span(1, 'hour'))).toMatchObject({ count: 1, unit: 'hour' });
  });

  test('know the snaps at which their bins begin', () => {
    expect(isKnownSnap(span(4, 'hour', 'h'))).toBe(true);
    expect(isKnownSnap(span(4, 'hour', 'd'))).toBe(true);
    expect(isKnownSnap(span(5, 'hour', 'd'))).toBe(false);
    expect(isKnownSnap(span(1, 'week', 'w1'))).toBe(true);
    expect(isKnownSnap(span(1, 'week', 'd'))).toBe(false);
    expect(isKnownSnap(span(1, 'day', 'd+3h'))).toBe(true);
    expect(isKnownSnap(span(1, 'day', 'nonsense'))).toBe(false);
  });
});

describe('bins of even length', () => {
  const time = (text: string) => parseIsoTicks(text) ?? 0n;

  test('begin at multiples of the span, weeks on Sunday', () => {
    const utc = { timezone: 'UTC', align: undefined };
    expect(
      evenBins(time('2023-11-15T00:07:00Z'), time('2023-11-15T00:15:00Z'), {
        span: span(5, 'minute'),
        ...utc,
      }),
    ).toEqual([time('2023-11-15T00:05:00Z'), time('2023-11-15T00:10:00Z')]);
    expect(
      evenBins(time('2023-11-15T00:00:00Z'), time('2023-11-20T00:00:00Z'), { span: span(1, 'week'), ...utc }),
    ).toEqual([time('2023-11-12T00:00:00Z'), time('2023-11-19T00:00:00Z')]);
    expect(evenBins(-1n, 0n, { span: span(1, 'minute'), ...utc })).toEqual([-minute]);
  });

  test('are not there where clocks or calendars decide', () => {
    const berlin = { timezone: 'Europe/Berlin', align: undefined };
    expect(evenBins(0n, minute, { span: span(1, 'day'), ...berlin })).toBeUndefined();
    expect(
      evenBins(0n, minute, { span: span(1, 'month'), timezone: 'UTC', align: undefined }),
    ).toBeUndefined();
  });
});
