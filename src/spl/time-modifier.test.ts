import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { formatTicks, parseIsoTicks, type Ticks } from '../core/ticks.ts';
import { closeEngine, evaluate, value } from './functions/evaluate.test-support.ts';
import { applyModifierSteps, parseModifierSteps, resolveTimeModifier } from './time-modifier.ts';
import { localTime, momentOf } from './zoned-time.ts';

afterAll(closeEngine);

function at(text: string): Ticks {
  const ticks = parseIsoTicks(text);
  if (ticks === undefined) throw new Error(text);
  return ticks;
}

/** A Tuesday. */
const now = at('2023-11-14T22:13:20.5Z');

function resolved(text: string, timezone = 'UTC', from = now): string | undefined {
  const moment = resolveTimeModifier(text, from, timezone);
  return moment === undefined ? undefined : formatTicks(moment, 1);
}

describe('resolving', () => {
  test.each([
    ['now', '2023-11-14T22:13:20.5Z'],
    ['-h', '2023-11-14T21:13:20.5Z'],
    ['-24h', '2023-11-13T22:13:20.5Z'],
    ['+1d@d', '2023-11-15T00:00:00.0Z'],
    ['-30s', '2023-11-14T22:12:50.5Z'],
    ['-15minutes', '2023-11-14T21:58:20.5Z'],
    ['@s', '2023-11-14T22:13:20.0Z'],
    ['@m', '2023-11-14T22:13:00.0Z'],
    ['@h', '2023-11-14T22:00:00.0Z'],
    ['@hour', '2023-11-14T22:00:00.0Z'],
    ['-2h@h', '2023-11-14T20:00:00.0Z'],
    ['@d-2h', '2023-11-13T22:00:00.0Z'],
    ['-7d@d+3h', '2023-11-07T03:00:00.0Z'],
    ['@d', '2023-11-14T00:00:00.0Z'],
    ['@w', '2023-11-12T00:00:00.0Z'],
    ['@w0', '2023-11-12T00:00:00.0Z'],
    ['@w7', '2023-11-12T00:00:00.0Z'],
    ['@w1', '2023-11-13T00:00:00.0Z'],
    ['@w2', '2023-11-14T00:00:00.0Z'],
    ['@w6', '2023-11-11T00:00:00.0Z'],
    ['-5d@w1', '2023-11-06T00:00:00.0Z'],
    ['@w1+3d', '2023-11-16T00:00:00.0Z'],
    ['-1mon@mon', '2023-10-01T00:00:00.0Z'],
    ['@q', '2023-10-01T00:00:00.0Z'],
    ['-1q@q', '2023-07-01T00:00:00.0Z'],
    ['@y', '2023-01-01T00:00:00.0Z'],
    ['-1y', '2022-11-14T22:13:20.5Z'],
    ['@h-1h', '2023-11-14T21:00:00.0Z'],
    ['-0d@d', '2023-11-14T00:00:00.0Z'],
    ['0', '1970-01-01T00:00:00.0Z'],
    ['1', '1970-01-01T00:00:01.0Z'],
    ['1700000000.25', '2023-11-14T22:13:20.2Z'],
    ['10/15/2019:20:00:00', '2019-10-15T20:00:00.0Z'],
    ['10/15/2019', '2019-10-15T00:00:00.0Z'],
    ['2023-10-15', '2023-10-15T00:00:00.0Z'],
    ['2023-10-15T20:00:00', '2023-10-15T20:00:00.0Z'],
    ['2023-10-15T20:00:00.5+09:00', '2023-10-15T11:00:00.5Z'],
  ])('%s', (text, expected) => {
    expect(resolved(text)).toBe(expected);
  });

  test.each([
    '',
    'banana',
    '-',
    '-1x',
    '@',
    '@w8',
    '5d',
    '-1d@',
    '13/01/2023:00:00:00',
    '02/30/2023:00:00:00',
    '--1d',
  ])('refuses %s', (text) => {
    expect(resolved(text)).toBe(undefined);
  });

  test('months end with their last day', () => {
    expect(resolved('-1mon', 'UTC', at('2023-03-31T10:00:00Z'))).toBe('2023-02-28T10:00:00.0Z');
    expect(resolved('+1y', 'UTC', at('2024-02-29T10:00:00Z'))).toBe('2025-02-28T10:00:00.0Z');
  });

  test('on the clock of the zone', () => {
    expect(resolved('@d', 'Asia/Tokyo')).toBe('2023-11-14T15:00:00.0Z');
    expect(resolved('@w1', 'Asia/Tokyo')).toBe('2023-11-12T15:00:00.0Z');
    expect(resolved('10/15/2019:20:00:00', 'America/New_York')).toBe('2019-10-16T00:00:00.0Z');
    expect(resolved('@h', 'Asia/Kolkata')).toBe('2023-11-14T21:30:00.0Z');
  });

  test('across changes of the clock', () => {
    const spring = at('2023-03-26T10:00:00Z');
    expect(resolved('@d', 'Europe/Berlin', spring)).toBe('2023-03-25T23:00:00.0Z');
    expect(resolved('-1d', 'Europe/Berlin', spring)).toBe('2023-03-25T11:00:00.0Z');
    expect(resolved('-24h', 'Europe/Berlin', spring)).toBe('2023-03-25T10:00:00.0Z');
    const autumn = at('2023-10-29T10:00:00Z');
    expect(resolved('@d', 'Europe/Berlin', autumn)).toBe('2023-10-28T22:00:00.0Z');
    expect(resolved('@d+1d', 'Europe/Berlin', autumn)).toBe('2023-10-29T23:00:00.0Z');
  });
});

const zones = [
  'UTC',
  'Asia/Tokyo',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
];
const moments = fc.bigInt({ min: at('1990-01-01T00:00:00Z'), max: at('2037-01-01T00:00:00Z') });

test('local times lead back to their moment, but for the hour that is shown twice', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      const local = localTime(moment, zone);
      const back = momentOf(local, zone);
      expect(localTime(back, zone)).toEqual(local);
      expect(back <= moment).toBe(true);
    }),
  );
});

const units = fc.constantFrom('s', 'm', 'h', 'd', 'w', 'mon', 'q', 'y');

test('later moments never resolve to earlier ones, and snapping goes back at most one unit', () => {
  fc.assert(
    fc.property(moments, moments, units, fc.constantFrom(...zones), (one, other, unit, zone) => {
      const [first, second] = one < other ? [one, other] : [other, one];
      const steps = parseModifierSteps(`@${unit}`) ?? [];
      expect(steps.length).toBe(1);
      const from = applyModifierSteps(steps, first, zone);
      expect(from <= applyModifierSteps(steps, second, zone)).toBe(true);
      expect(from <= first).toBe(true);
      // Half-hour changes of the clock shift the start of an hour.
      if (unit !== 'h') expect(applyModifierSteps(steps, from, zone)).toBe(from);
    }),
  );
});

test('the engine moves times as we do', () => {
  const modifiers = [
    '-1h',
    '@h',
    '@d',
    '-1d@d',
    '@w0',
    '@w1',
    '@w5',
    '-1mon',
    '-1mon@mon',
    '@q',
    '@y',
    '-7d@d+3h',
    '-30s',
    '-2w',
  ];
  fc.assert(
    fc.property(
      fc.array(moments, { minLength: 20, maxLength: 20 }),
      fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York', 'Asia/Kolkata'),
      fc.constantFrom(...modifiers),
      (times, timezone, modifier) => {
        const steps = parseModifierSteps(modifier) ?? [];
        // What the clock skips or shows twice may be read either way.
        const clear = times.filter((time) => {
          const local = localTime(applyModifierSteps(steps, time, timezone), timezone);
          return local.hour > 3 || timezone !== 'America/New_York';
        });
        if (clear.length === 0) return;
        const found = evaluate(
          `relative_time(t,"${modifier}")`,
          clear.map((t) => ({ t })),
          { timezone },
        );
        expect(found.map(ticksOf)).toEqual(clear.map((time) => applyModifierSteps(steps, time, timezone)));
      },
    ),
    { numRuns: 60 },
  );
});

function ticksOf(seconds: unknown): bigint {
  const [whole = '0', fraction = ''] = String(seconds).split('.');
  return BigInt(whole + fraction.padEnd(7, '0'));
}

test('relative_time takes numbers and texts', () => {
  expect(value('relative_time(1700000000,"-2s")')).toBe('1699999998');
  expect(value('relative_time(f,"@d")', { f: '1700000000.5' })).toBe('1699920000');
  expect(value('relative_time(f,"@d")', { f: 'x' })).toBe(null);
  expect(value('relative_time(now(),"-1d@d")>1699000000')).toBe(true);
  expect(value('relative_time(1e300,"@d")')).toBe(null);
});
