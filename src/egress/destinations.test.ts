import { describe, expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { destinationsOf } from './destinations.ts';
import { egressColumns, egressRow } from './egress-record.ts';
import { egressText } from './egress-text.ts';
import type { ClockOffset } from './join/clock-offset.ts';
import type { EgressProcess } from './join/join-input.ts';
import { type MatchCandidate, matchOf } from './join/match.ts';
import { millisecondsOf } from './milliseconds.ts';
import type { EgressConnection } from './read-connections.ts';
import type { Egress, JoinedConnection } from './read-egress.ts';
import { verdict } from './verdict.ts';

const begin = 17_156_772_000_000_000n;
const minutes = (count: number) => BigInt(count) * 60n * TICKS_PER_SECOND;

function connection(after: bigint, bytesIn: number): EgressConnection {
  const time = begin + after;
  return {
    id: String(after),
    time,
    product: 'squid',
    logHost: 'proxy.example',
    proxy: 'squid proxy.example',
    start: millisecondsOf(time),
    end: millisecondsOf(time),
    client: '192.0.2.7',
    clientPort: undefined,
    destination: 'a.example',
    destinationPort: 80,
    serverAddress: undefined,
    url: 'http://a.example/',
    user: undefined,
    userAgent: undefined,
    method: 'GET',
    status: 200,
    bytesOut: undefined,
    bytesIn,
    contentType: 'text/html',
    category: undefined,
    verdict: verdict('C', 'an answer was passed on, status 200'),
  };
}

const host = { hosts: ['one.example'], sure: true };
const candidate = (process: number, score = 1): MatchCandidate => ({
  process,
  score,
  for: [{ kind: 'same-four-values', apart: 1 }],
  against: [],
});

function joined(after: bigint, bytesIn: number, process: number): JoinedConnection {
  return { connection: connection(after, bytesIn), match: matchOf(1, [candidate(process)], host) };
}

const process = (image: string, pid: number): EgressProcess => ({
  id: `one.example|${pid}`,
  host: 'one.example',
  pid,
  guid: undefined,
  image,
  user: undefined,
  start: undefined,
  end: undefined,
});
const processes = [process('C:\\browser.exe', 10), process('C:\\beacon.exe', 20)];

const part = (all: readonly JoinedConnection[]) =>
  destinationsOf({ events: { processes } } as unknown as Egress, all);

/** A beacon of ten minutes; a browser that asks for the same in between. */
const mixed = [
  ...[0, 10, 20, 30, 40].map((at) => joined(minutes(at), 512, 1)),
  ...[3, 4, 29].map((at) => joined(minutes(at), 90_000, 0)),
];

describe('destinations', () => {
  test('repetition is of each process by itself: another one at the same place does not hide a clock', () => {
    const [found] = part(mixed);
    expect(found?.repetition?.variation).toBeGreaterThan(0.5);
    expect(found?.processes[0]).toMatchObject({
      process: processes[1],
      connections: 5,
      repetition: { count: 5, median: 600_000, variation: 0, bytes: { median: 512, deviation: 0 } },
    });
    expect(found?.processes[1]?.repetition).toBeUndefined();
  });

  test('those that a cache answered are counted: content that was delivered is no contact', () => {
    const [one, ...others] = mixed as [JoinedConnection, ...JoinedConnection[]];
    const hit = verdict('C', 'an answer was passed on, status 200', { flags: ['cache'] });
    const all = [{ ...one, connection: { ...one.connection, verdict: hit } }, ...others];
    expect(part(all)[0]?.cached).toBe(1);
    expect(text(all)).toContain('8 C (1 from a cache)');
    expect(text(mixed)).not.toContain('from a cache');
  });

  const assumed: ClockOffset = { offset: 0, spread: 500, pairs: 4, basis: 'assumed' };
  const text = (all: readonly JoinedConnection[], clock = assumed) => {
    const egress = {
      host: 'one.example',
      connections: all,
      events: { processes },
      join: { endpoints: new Map(), clocks: new Map([['one.example\nsquid proxy.example', clock]]) },
      book: { addresses: [] },
      logs: new Map(),
    } as unknown as Egress;
    const view = {
      egress,
      selection: { destination: 'a' },
      connections: all,
      destinations: part(all),
      unrecorded: [],
      processes: [],
    };
    const written = (time: bigint) => new Date(Number(time / 10_000n)).toISOString().replace('T', ' ');
    return [...egressText(view, { clock: written, zone: 'UTC', limit: 10 })].join('\n');
  };

  test('the text has the repetition of what is explained, the size and type of content, and why a clock was not measured', () => {
    const said = text(mixed);
    expect(said).toContain('Explained by a process:');
    expect(said).toContain('beacon.exe (20): every 10 min ±0 ms over 40 min (variation 0.00;');
    expect(said).toContain('512 bytes to the client, ±0');
    expect(said).toContain('reached, bytes out, bytes back; text/html, 512 bytes to the client');
    expect(said).toContain('taken to agree (4 pairs of address and port: too few, or they do not agree)');
  });

  test('a measured clock is told as finely as it was measured', () => {
    const measured = { offset: 17_350.4, spread: 1, pairs: 25, basis: 'measured' as const };
    expect(text(mixed, measured)).toContain("its clock against the sensor's: +17.350 s (±1 ms, 25 pairs)");
    expect(text(mixed, { ...measured, offset: -483_275_132 })).toContain(': -483,275.132 s (±1 ms');
  });

  test('of one connection it is said as of one', () => {
    const match = matchOf(3, [], host);
    expect(text([{ connection: connection(0n, 1), match }])).toContain(
      'Not explained: of 1 connection no process was recorded making it or naming its destination',
    );
  });

  test('the last day is named where it is another than the first', () => {
    expect(text([joined(0n, 1, 1), joined(minutes(90), 1, 1)])).toMatch(
      /2024-05-14 \d\d:00:00 - \d\d:30:00$/m,
    );
    expect(text([joined(0n, 1, 1), joined(minutes(5 * 24 * 60), 1, 1)])).toMatch(
      /2024-05-14 \d\d:00:00 - 2024-05-19 \d\d:00:00$/m,
    );
  });

  test('a connection tells who competes for it', () => {
    const match = matchOf(1, [candidate(0), candidate(1)], host, 9);
    const said = text([{ connection: connection(0n, 1), match }]);
    expect(said).toContain('browser.exe (10), tier 1, undecided among 9: its sensor recorded');
    expect(said).toContain('competing: beacon.exe (20) and 7 more');
  });

  test('a row of the CSV names no process where others are as likely', () => {
    const names = egressColumns.map(({ name }) => name);
    const row = (candidates: readonly MatchCandidate[]) => {
      const match = matchOf(1, candidates, host);
      const cells = egressRow({ connection: connection(0n, 1), match }, processes);
      return Object.fromEntries(names.map((name, at) => [name, cells[at]]));
    };
    expect(row([candidate(0), candidate(1)])).toMatchObject({
      standing: 'undecided',
      process: null,
      process_id: null,
      candidates: 'browser.exe (10); beacon.exe (20)',
    });
    expect(row([candidate(0), candidate(1, 2)])).toMatchObject({
      standing: 'likeliest',
      process: 'C:\\beacon.exe',
    });
  });
});
