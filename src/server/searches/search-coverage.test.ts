import { describe, expect, test } from 'vitest';
import { channelLedger, drop, gap, hostLedger, minute, recordIds } from '../../../test/made-ledger.ts';
import type { Ticks } from '../../core/ticks.ts';
import { lowerSearch } from '../../spl/lower.ts';
import { parseSearch } from '../../spl/parse.ts';
import type { EventsSource } from '../../spl/plan.ts';
import { searchCoverage } from './search-coverage.ts';

function sourceOf(text: string, range: { earliest?: Ticks; latest?: Ticks } = {}): EventsSource {
  const options = { now: minute(60), timezone: 'UTC', earliest: null, latest: null };
  const { search } = parseSearch(text);
  const source = search && lowerSearch(search, options).plan?.source;
  if (source?.kind !== 'events') throw new Error(`${text} reads no events`);
  return { ...source, earliest: range.earliest ?? null, latest: range.latest ?? null };
}

const broken = channelLedger({
  recordIds: recordIds({ gaps: [gap(minute(10), minute(12)), gap(minute(40), minute(41))] }),
  drops: [drop(minute(10), minute(20), 'NetworkConnect', ['network'])],
});
const hosts = [
  { ...hostLedger(broken), host: 'ws1.example' },
  { ...hostLedger(channelLedger()), host: 'ws2.example' },
];
const now = minute(60 * 24 * 300);

describe('what is missing from what a search goes over', () => {
  test('is counted once, whatever number of classes it touches', () => {
    expect(searchCoverage(hosts, sourceOf('index=*'), now)).toEqual({
      hosts: ['ws1.example'],
      gaps: 2,
      drops: 1,
      clears: 0,
      settlingFrom: null,
    });
  });

  test('of another time does not count', () => {
    const range = { earliest: minute(30), latest: minute(50) };
    expect(searchCoverage(hosts, sourceOf('index=*', range), now)).toMatchObject({ gaps: 1, drops: 0 });
  });

  test.each([
    ['host=ws2.example', 0],
    ['host=WS1*', 2],
    ['host=ws*example EventCode=1', 2],
    ['host=ws*1', 0],
    ['host IN (ws2.example, ws3.example)', 0],
    ['host=ws2.example OR user=ann', 2],
    ['NOT host=ws1.example', 2],
  ])('%s: of hosts that cannot match none counts', (text, gaps) => {
    expect(searchCoverage(hosts, sourceOf(text), now).gaps).toBe(gaps);
  });

  test('events are to be expected for as long as they usually take', () => {
    const lateness = { kind: 'measured', median: 2, p95: 60, p99: 600, most: 900, late: [] } as const;
    const live = [hostLedger(channelLedger({ lateness }))];
    const soon = minute(61);
    expect(searchCoverage(live, sourceOf('index=*'), soon).settlingFrom).toBe('2024-05-14T09:51:00.0000000Z');
    expect(searchCoverage(live, sourceOf('index=*'), now).settlingFrom).toBeNull();
  });
});
