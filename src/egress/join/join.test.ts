import { describe, expect, test } from 'vitest';
import { makeTraffic, type Traffic, type TrafficPlan } from '../../../test/egress-traffic.ts';
import { clockKey, estimateOffset } from './clock-offset.ts';
import { joinConnections } from './join.ts';
import type { Connection, JoinInput } from './join-input.ts';
import type { Match, Tier } from './match.ts';

const plan: TrafficPlan = {
  seed: 1,
  hosts: 4,
  processesPerHost: 40,
  connections: 4_000,
  hours: 8,
  lostContacts: 0.3,
  withoutPort: 0.3,
  named: 0.3,
  skew: 90_000,
  ports: 300,
  keepAlive: 0.3,
};

interface Score {
  joined: number;
  right: number;
  wrongOnly: number;
  competing: number;
}

function scores({ truth }: Traffic, matches: readonly Match[]): Record<Tier, Score> {
  const empty = (): Score => ({ joined: 0, right: 0, wrongOnly: 0, competing: 0 });
  const found: Record<Tier, Score> = { 1: empty(), 2: empty(), 3: empty() };
  for (const [at, { tier, candidates, standing, competing }] of matches.entries()) {
    if (tier === undefined) continue;
    const score = found[tier];
    score.joined++;
    score.competing += competing;
    if (candidates[0]?.process === truth[at]) score.right++;
    else if (standing === 'only') score.wrongOnly++;
  }
  return found;
}

describe('made-up traffic whose truth is known', () => {
  test.each([1, 2, 3, 4, 5, 6])('seed %d: a join by the four values is never wrong', (seed) => {
    const traffic = makeTraffic({ ...plan, seed });
    const { matches, endpoints } = joinConnections(traffic);
    expect([...(endpoints.get('proxy') ?? [])]).toEqual(['10.255.0.1 3128']);
    const found = scores(traffic, matches);
    expect(found[1].joined).toBeGreaterThan(1_500);
    expect(found[1].right).toBe(found[1].joined);
    expect(found[2].joined).toBeGreaterThan(100);
    expect(found[2].right / found[2].joined).toBeGreaterThan(0.5);
  });

  test('clocks that are off are measured, to a few milliseconds', () => {
    const traffic = makeTraffic({ ...plan, skew: 7_200_000 });
    const { clocks } = joinConnections(traffic);
    for (const [host, offset] of traffic.offsets) {
      const clock = clocks.get(clockKey(host, 'proxy'));
      expect(clock?.basis).toBe('measured');
      expect(Math.abs((clock?.offset ?? 0) - offset)).toBeLessThan(60);
    }
  });

  test('ports that are used again and again, and hardly an event of the sensor: still never wrong', () => {
    const traffic = makeTraffic({ ...plan, ports: 120, lostContacts: 0.8, withoutPort: 0, seed: 9 });
    const found = scores(traffic, joinConnections(traffic).matches);
    expect(found[1].joined).toBeGreaterThan(300);
    expect(found[1].right).toBe(found[1].joined);
  });

  test('the order of what is given does not matter', () => {
    const traffic = makeTraffic({ ...plan, connections: 400 });
    const reversed: JoinInput = {
      ...traffic,
      connections: [...traffic.connections].reverse(),
      contacts: [...traffic.contacts].reverse(),
      namings: [...traffic.namings].reverse(),
    };
    expect([...joinConnections(reversed).matches].reverse()).toEqual(joinConnections(traffic).matches);
  });
});

describe('single connections', () => {
  const begin = 1_715_000_000_000;
  const process = (id: string, more: object = {}) => ({
    id,
    host: 'ws',
    pid: 1,
    guid: undefined,
    image: `C:\\Programs\\${id}`,
    user: 'D\\haruka',
    start: begin,
    end: undefined,
    ...more,
  });
  const connection = (more: Partial<Connection> = {}): Connection => ({
    proxy: 'p',
    start: begin + 600_000,
    end: begin + 600_500,
    client: '10.0.0.9',
    clientPort: undefined,
    destination: 'c2.example',
    destinationPort: 443,
    serverAddress: undefined,
    url: 'c2.example:443',
    user: undefined,
    userAgent: undefined,
    ...more,
  });
  const sure = () => ({ sure: true, hosts: ['ws'] });
  const join = (input: Partial<JoinInput>) =>
    joinConnections({ connections: [], processes: [], contacts: [], namings: [], hostsOf: sure, ...input })
      .matches[0];
  const naming = {
    process: 0,
    time: begin + 590_000,
    name: 'c2.example',
    via: 'dns',
    url: undefined,
  } as const;

  test('a process that had ended did not make it, whatever it named', () => {
    const match = join({
      connections: [connection()],
      processes: [process('a.exe', { end: begin + 595_000 })],
      namings: [naming],
    });
    expect(match?.tier).toBe(undefined);
    expect(match?.standing).toBe('none');
  });

  test('the address of two hosts: no candidate is the only one', () => {
    const match = join({
      connections: [connection()],
      processes: [process('a.exe')],
      namings: [naming],
      hostsOf: () => ({ sure: false, hosts: ['ws', 'other'] }),
    });
    expect(match).toMatchObject({ tier: 2, standing: 'likeliest', hostSure: false });
  });

  test('two that named it alike are undecided; a user agent that fits decides', () => {
    const both = {
      processes: [process('chrome.exe'), process('a.exe')],
      namings: [naming, { ...naming, process: 1 }],
    };
    expect(join({ ...both, connections: [connection()] })).toMatchObject({
      standing: 'undecided',
      competing: 1,
    });
    const told = join({
      ...both,
      connections: [connection({ userAgent: 'Mozilla/5.0 Chrome/125.0 Safari/537.36' })],
    });
    expect(told).toMatchObject({ standing: 'likeliest' });
    expect(told?.candidates.map((each) => each.process)).toEqual([0, 1]);
  });

  test('a port that another process had long before convicts nobody', () => {
    const contact = {
      host: 'ws',
      process: 0,
      time: begin + 300_000,
      source: '10.0.0.9',
      sourcePort: 50_000,
      address: '10.9.9.9',
      port: 3128,
    };
    const match = join({
      connections: [connection({ clientPort: 50_000 })],
      processes: [process('a.exe')],
      contacts: [contact, contact, contact],
    });
    expect(match?.tier).not.toBe(1);
  });

  test('a watcher of the wire sees the destination itself: its clock is measured, too', () => {
    const ports = [50_001, 50_002, 50_003, 50_004, 50_005, 50_006];
    const contacts = ports.map((sourcePort, at) => ({
      host: 'ws',
      process: 0,
      time: begin + at * 60_000,
      source: '10.0.0.9',
      sourcePort,
      address: `192.0.2.${at}`,
      port: 443,
    }));
    const connections = contacts.map(({ time, sourcePort, address }) =>
      connection({
        start: time + 3_600_000,
        end: time + 3_600_100,
        clientPort: sourcePort,
        serverAddress: address,
      }),
    );
    const { matches, clocks } = joinConnections({
      connections,
      contacts,
      processes: [process('a.exe')],
      namings: [],
      hostsOf: sure,
    });
    expect([...clocks.values()]).toMatchObject([{ offset: 3_600_000, basis: 'measured' }]);
    expect(matches.map(({ tier, standing }) => [tier, standing])).toEqual(ports.map(() => [1, 'only']));
  });

  test('two processes at one port at once: both are named, neither is the only one', () => {
    const contact = {
      host: 'ws',
      process: 0,
      time: begin + 600_000,
      source: '10.0.0.9',
      sourcePort: 50_000,
      address: '10.9.9.9',
      port: 3128,
    };
    const match = join({
      connections: [connection({ clientPort: 50_000 })],
      processes: [process('a.exe'), process('b.exe')],
      contacts: [contact, contact, { ...contact, process: 1, time: contact.time - 30 }],
    });
    expect(match).toMatchObject({ tier: 1, standing: 'undecided', competing: 1 });
  });
});

test('a clock that was set in between is not measured', () => {
  const agreeing = Array.from({ length: 40 }, (_, at) => 1_000 + (at % 7));
  expect(estimateOffset(agreeing)).toMatchObject({ offset: 1_003, basis: 'measured', pairs: 40 });
  expect(estimateOffset([...agreeing, ...agreeing.map((each) => each + 60_000)]).basis).toBe('assumed');
  expect(estimateOffset([5, 6, 7]).basis).toBe('assumed');
  expect(estimateOffset([...agreeing, -5_000_000, 7_700_000, 123])).toMatchObject({
    basis: 'measured',
    pairs: 41,
  });
});
