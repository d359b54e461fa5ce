import { expect, test, vi } from 'vitest';

vi.mock('../frame/preferences.ts', () => ({ usePreferences: () => ({ zone: 'UTC' }) }));

const { absoluteBound, isModifier, presetOf, readBound, spanText, writeBound } = await import(
  './time-range.ts'
);

test('a bound is a clock time of the zone, a moment, a time modifier or nothing', () => {
  expect(readBound('2026-11-18 10:00', 'Asia/Tokyo')).toEqual({
    kind: 'bound',
    text: '2026-11-18T01:00:00Z',
  });
  expect(readBound('2026-11-18 10:00:01.5', 'UTC')).toEqual({
    kind: 'bound',
    text: '2026-11-18T10:00:01.500Z',
  });
  expect(readBound('2026-11-18', 'Asia/Tokyo')).toEqual({ kind: 'bound', text: '2026-11-17T15:00:00Z' });
  expect(readBound(' -1h@h ', 'UTC')).toEqual({ kind: 'bound', text: '-1h@h' });
  expect(readBound('', 'UTC')).toEqual({ kind: 'bound', text: undefined });
  expect(readBound('2026-11-18T10:00:00Z', 'UTC')).toEqual({ kind: 'bound', text: '2026-11-18T10:00:00Z' });
});

test('what is no time is said to be none', () => {
  for (const text of ['yesterday noon', '2026-13-40 10:00', '-1', '@', 'earliest=-1h'])
    expect(readBound(text, 'UTC')).toEqual({ kind: 'fault', fault: 'notATime' });
});

test('a bound is written on the zone’s clock and read back', () => {
  const bound = readBound('2026-11-18 10:00:00', 'Asia/Tokyo');
  expect(bound.kind === 'bound' && writeBound(bound.text, 'Asia/Tokyo')).toBe('2026-11-18 10:00:00');
  expect(writeBound('-24h', 'Asia/Tokyo')).toBe('-24h');
});

test('modifiers', () => {
  for (const text of ['now', '-24h', '-1d@d', '@w1', 'now-3mon@mon', '+5m'])
    expect(isModifier(text)).toBe(true);
  for (const text of ['', 'tomorrow', '5']) expect(isModifier(text)).toBe(false);
  expect(absoluteBound('-24h')).toBeUndefined();
});

test('ranges have names', () => {
  expect(presetOf({ earliest: '-24h', latest: 'now' })?.key).toBe('last24h');
  expect(presetOf({ earliest: undefined, latest: undefined })?.key).toBe('everything');
  const from = Date.parse('2026-11-18T01:00:00Z');
  expect(spanText(from, from + 46 * 60_000, 'Asia/Tokyo', 'en')).toBe('Wed 18 Nov, 10:00 – 10:46');
  expect(spanText(from, from + 86_400_000, 'UTC', 'en')).toBe('Wed 18 Nov, 01:00 – Thu 19 Nov, 01:00');
});
