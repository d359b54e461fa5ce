import { expect, test } from 'vitest';
import { hasRunningTotals, lastOfSessions } from './running-totals.ts';

const record = (session: string | undefined, start: number, end: number, client = '10.20.3.41') => ({
  product: 'fortinet-traffic' as const,
  logHost: 'gate01',
  session,
  client,
  clientPort: 50_112,
  serverAddress: '198.51.100.10',
  start,
  end,
});

test('of a session the last record counts: it has the totals of the others', () => {
  const records = [record('7', 0, 120_000), record('7', 500, 300_000), record('7', 0, 240_000)];
  expect(lastOfSessions(records)).toEqual([records[1]]);
});

test('a number that comes again, another client, and no number are other sessions', () => {
  const records = [
    record('7', 0, 60_000),
    record('7', 60_000, 90_000),
    record('7', 0, 60_000, '10.20.3.42'),
    record(undefined, 0, 60_000),
    record(undefined, 0, 60_000),
    // PAN-OS: dropped before there was a session.
    record('0', 0, 0),
    record('0', 0, 0),
  ];
  const kept = lastOfSessions(records);
  expect(kept.length).toBe(records.length);
  expect(new Set(kept)).toEqual(new Set(records));
});

test('proxies have a record for each request', () => {
  expect(hasRunningTotals('squid')).toBe(false);
  expect(hasRunningTotals('paloalto-traffic')).toBe(true);
});
