import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseIsoTicks, TICKS_PER_SECOND } from '../core/ticks.ts';
import { closeEngine, evaluate, value } from './functions/evaluate.test-support.ts';
import { parseTimeFormat } from './time-format.ts';

afterAll(closeEngine);

const t = parseIsoTicks('2023-11-04T02:03:05.1234567Z') ?? 0n;

describe('strftime', () => {
  test.each([
    ['%Y-%m-%dT%H:%M:%S', '2023-11-04T02:03:05'],
    ['%F %T %Z', '2023-11-04 02:03:05 UTC'],
    ['%m/%d/%y %I:%M %P', '11/04/23 02:03 am'],
    ['%I:%M:%S %p', '02:03:05 AM'],
    ['%j %w %u %y', '308 6 6 23'],
    ['%a %A %b %B %h', 'Sat Saturday Nov November Nov'],
    ['[%e] [%k] [%l]', '[ 4] [ 2] [ 2]'],
    ['%H:%M:%S.%3N %6N %N', '02:03:05.123 123456 123456700'],
    ['%Q %6Q %9Q %f', '123 123456 123456700 123456'],
    ['%s %%', '1699063385 %'],
    ['%z %:z %::z %:::z %Ez', '+0000 +00:00 +00:00:00 +00 0'],
    ['%c', 'Sat Nov  4 02:03:05 2023'],
    ['%+', 'Sat Nov  4 02:03:05 UTC 2023'],
    ['%D %R %x %X', '11/04/23 02:03 11/04/2023 02:03:05'],
    ['%U %W %V %G %q %C', '44 44 44 2023 4 20'],
    ['100%', '100%'],
    ['%J is no variable', '%J is no variable'],
    ['', ''],
    ["it's 'quoted' \\ %n", "it's 'quoted' \\ \n"],
  ])('%s', (format, expected) => {
    expect(value(`strftime(t,"${format.replace(/\\/g, '\\\\')}")`, { t })).toBe(expected);
  });

  test('on the clock of the zone', () => {
    const written = (timezone: string, format: string) =>
      value(`strftime(t,"${format}")`, { t }, { timezone });
    expect(written('Asia/Tokyo', '%F %T %z %:z %Z')).toBe('2023-11-04 11:03:05 +0900 +09:00 JST');
    expect(written('America/New_York', '%F %T %z %Z')).toBe('2023-11-03 22:03:05 -0400 EDT');
    expect(written('Asia/Kolkata', '%H:%M %z %Ez')).toBe('07:33 +0530 330');
    expect(written('America/St_Johns', '%:z %:::z')).toBe('-02:30 -02');
  });

  test('of numbers, texts and what is no time', () => {
    expect(value('strftime(1700000000.5,"%H:%M:%S.%3N")')).toBe('22:13:20.500');
    expect(value('strftime(f,"%F")', { f: '1700000000' })).toBe('2023-11-14');
    expect(value('strftime(f,"%S.%6N")', { f: '1700000000.123456' })).toBe('20.123456');
    for (const f of ['x', '', '1e300', 'nan', '99999999999999'])
      expect(value('strftime(f,"%F")', { f })).toBe(null);
    expect(value('strftime(missing,"%F")')).toBe(null);
    expect(value('strftime(-1,"%F %T")')).toBe('1969-12-31 23:59:59');
  });
});

describe('strptime', () => {
  const read = (text: string | null, format: string, timezone = 'UTC') =>
    value(`strptime(f,"${format}")`, { f: text }, { timezone });
  test.each([
    ['2023-11-14 22:13:20', '%Y-%m-%d %H:%M:%S', '1700000000'],
    ['2023-11-14T22:13:20.25Z', '%Y-%m-%dT%H:%M:%S.%3NZ', '1700000000.25'],
    ['2023-11-14T22:13:20.1234567', '%FT%T.%7N', '1700000000.1234567'],
    ['14/Nov/2023:22:13:20 +0200', '%d/%b/%Y:%H:%M:%S %z', '1699992800'],
    ['2023-11-14T22:13:20+09:00', '%Y-%m-%dT%H:%M:%S%:z', '1699967600'],
    ['2023-11-14T22:13:20Z', '%Y-%m-%dT%H:%M:%S%z', '1700000000'],
    ['11/14/2023 10:13:20 PM', '%m/%d/%Y %I:%M:%S %p', '1700000000'],
    ['11/14/2023 12:13:20 AM', '%m/%d/%Y %I:%M:%S %p', '1699920800'],
    ['Tue Nov 14 22:13:20 2023', '%a %b %d %H:%M:%S %Y', '1700000000'],
    ['November 14, 2023', '%B %d, %Y', '1699920000'],
    ['1700000000.5', '%s', '1700000000.5'],
    ['2023-318', '%Y-%j', '1699920000'],
    ['20231114221320', '%Y%m%d%H%M%S', '1700000000'],
    ['2023-11-14 17:13:20 EST', '%F %T %Z', '1700000000'],
    ['2023-11-14 and more', '%Y-%m-%d', '1699920000'],
    ['13:00', '%H:%M', '1699966800'],
    ['70-01-01', '%y-%m-%d', '0'],
    ['not a date', '%Y-%m-%d', null],
    ['2023-02-30', '%Y-%m-%d', null],
    ['2023-13-01', '%Y-%m-%d', null],
    ['2023-11-14 25:00', '%Y-%m-%d %H:%M', null],
    ['2023-11-14 17:13 XYZ', '%F %H:%M %Z', null],
    ['', '%Y', null],
    [null, '%Y', null],
  ])('%s by %s', (text, format, expected) => {
    expect(read(text, format)).toBe(expected);
  });

  test('without a zone the time is of the search’s', () => {
    expect(read('2023-11-15 07:13:20', '%F %T', 'Asia/Tokyo')).toBe('1700000000');
    expect(read('2023-07-01 00:00:00', '%F %T', 'America/New_York')).toBe('1688184000');
  });
});

test('what strftime writes, strptime reads', () => {
  const formats = ['%Y-%m-%d %H:%M:%S.%7N', '%d/%b/%Y:%I:%M:%S %p %f %z', '%s.%7N', '%c %6N', '%FT%T.%9N%:z'];
  const moments = fc.bigInt({
    min: parseIsoTicks('1971-01-01T00:00:00Z') ?? 0n,
    max: parseIsoTicks('2099-01-01T00:00:00Z') ?? 0n,
  });
  fc.assert(
    fc.property(
      fc.array(moments, { minLength: 10, maxLength: 10 }),
      fc.constantFrom(...formats),
      fc.constantFrom('UTC', 'Asia/Kolkata', 'Asia/Tokyo'),
      (times, format, timezone) => {
        const whole = times.map((time) =>
          format.includes('7N') || format.includes('9N') ? time : (time / 10n) * 10n,
        );
        const found = evaluate(
          `strftime(strptime(strftime(t,"${format}"),"${format}"),"%s.%7N")`,
          whole.map((time) => ({ t: time })),
          { timezone },
        );
        expect(found).toEqual(
          whole.map(
            (time) => `${time / TICKS_PER_SECOND}.${String(time % TICKS_PER_SECOND).padStart(7, '0')}`,
          ),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('any format is written', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (format) => {
      const clean = format.replace(/["\\\0]/g, '');
      expect(parseTimeFormat(clean)).toBeDefined();
      expect(() => value(`strftime(t,"${clean}")`, { t })).not.toThrow();
      expect(() => value(`strptime(f,"${clean}")`, { f: clean })).not.toThrow();
    }),
    { numRuns: 60 },
  );
});
