import { expect, test, vi } from 'vitest';

vi.mock('../frame/preferences.ts', () => ({ usePreferences: () => ({ zone: 'UTC' }) }));

const { axisDay, clockOf, dateClockOf, dayOf, momentIn, offsetText, readMoment, zoneLabel, zoneOffset } =
  await import('./time.ts');

const moment = Date.parse('2026-11-18T01:11:02.604Z');

test('a moment on a zone’s clock', () => {
  expect(dateClockOf(moment, 'Asia/Tokyo', 'milliseconds')).toBe('2026-11-18 10:11:02.604');
  expect(clockOf(moment, 'UTC', 'minutes')).toBe('01:11');
  expect(clockOf(Date.parse('2026-11-18T00:00:00Z'), 'UTC')).toBe('00:00:00');
  expect(dayOf(moment, 'Asia/Tokyo', 'en')).toBe('Wed 18 Nov');
  expect(dayOf(moment, 'Asia/Tokyo', 'ja')).toBe('11月18日 (水)');
});

test('a day on an axis has its year where there may be two of it', () => {
  expect(axisDay(moment, 'Asia/Tokyo', 30 * 86_400_000)).toBe('11-18');
  expect(axisDay(moment, 'Asia/Tokyo', 1_000 * 86_400_000)).toBe('2026-11-18');
});

test('zones have letters and an offset', () => {
  expect(zoneLabel(moment, 'Asia/Tokyo')).toBe('JST +09:00');
  expect(zoneLabel(moment, 'UTC')).toBe('UTC');
  expect(zoneOffset(moment, 'Asia/Kathmandu')).toBe(345);
  expect(offsetText(-210)).toBe('−03:30');
});

test('a clock time in a zone is a moment, also where clocks are set', () => {
  expect(momentIn('2026-11-18', '10:11:02', 'Asia/Tokyo')).toBe(Date.parse('2026-11-18T01:11:02Z'));
  expect(momentIn('2026-10-25', '02:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  expect(momentIn('2026-03-29', '02:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
  expect(momentIn('2026-13-01', '00:00', 'UTC')).toBeUndefined();
});

test('the server’s seven digits are read', () => {
  expect(readMoment('2023-08-16T04:54:30.1234567Z')).toBe(Date.parse('2023-08-16T04:54:30.123Z'));
  expect(readMoment(null)).toBeUndefined();
});
