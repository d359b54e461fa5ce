import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AreaApp, areaApp } from '../../../test/area-app.ts';
import {
  type DemonstrationStore,
  infectedHost,
  openDemonstration,
  plainGuid,
} from '../../../test/demonstration-store.ts';
import {
  type Egress,
  type EgressConnections,
  type EgressMarks,
  egressConnectionsSchema,
  egressMarksSchema,
  egressSchema,
} from '../contracts/egress.ts';
import type { Failure } from '../contracts/error.ts';
import { egressRoutes } from './egress.ts';

let demonstration: DemonstrationStore;
let app: AreaApp;

beforeAll(async () => {
  demonstration = await openDemonstration();
  app = areaApp(demonstration.store, [egressRoutes]);
}, 120_000);

afterAll(async () => {
  await app.stop();
  await demonstration.close();
});

const host = `host=${infectedHost}`;
const named = (answer: Egress) => answer.destinations.map(({ name }) => name);

describe('destinations of a host', () => {
  test('those that no process explains come first, and of them what proves most', async () => {
    const answer = await app.json<Egress>(`/egress?${host}&limit=500`);
    expect(egressSchema.parse(answer)).toEqual(answer);
    const open = answer.destinations.filter((each) => each.unexplained === each.connections);
    expect(named(answer).slice(0, open.length)).toEqual(open.map(({ name }) => name));
    expect(open.map(({ name, strongest }) => [name, strongest.code])).toEqual([
      ['203.0.113.45', 'C'],
      ['198.51.100.177', 'B'],
      ['203.0.113.201', 'P'],
    ]);
    expect(open[0]).toMatchObject({
      port: 8080,
      connections: 9,
      verdicts: [
        { code: 'C', count: 8 },
        { code: 'F', count: 1 },
      ],
      own: null,
      repetition: { count: 9 },
    });
    expect(answer.unexplained).toBe(
      answer.destinations.reduce((sum, { unexplained }) => sum + unexplained, 0),
    );
    expect(answer.records).toBe(answer.connections);
    expect(answer.logs).toMatchObject([{ name: 'squid unknown', clock: null }]);
    expect(answer.addresses).toEqual(['10.20.0.22']);
  });

  test('pages are bounded and join without a gap', async () => {
    const whole = await app.json<Egress>(`/egress?${host}&limit=500`);
    const first = await app.json<Egress>(`/egress?${host}&limit=4`);
    const second = await app.json<Egress>(`/egress?${host}&limit=4&offset=4`);
    expect([...named(first), ...named(second)]).toEqual(named(whole).slice(0, 8));
    expect(first.destinationsTotal).toBe(whole.destinations.length);
    await app.json<Failure>(`/egress?${host}&limit=501`, 400);
  });

  test('as of a moment, records that had not arrived are not there', async () => {
    const before = await app.json<Egress>(`/egress?${host}&asof=2020-01-01T00:00:00Z`);
    expect(before).toMatchObject({ records: 0, destinations: [], asof: '2020-01-01T00:00:00.0000000Z' });
  });

  test('text chooses; a host, a zone and a process that are not known are refused', async () => {
    const found = await app.json<Egress>(`/egress?${host}&dest=203.0.113`);
    expect(named(found)).toEqual(['203.0.113.45', '203.0.113.201']);
    const codeOf = async (query: string, status: number) =>
      (await app.json<Failure>(`/egress?${query}`, status)).error.code;
    expect(await codeOf('host=nosuch', 404)).toBe('host-unknown');
    expect(await codeOf(`${host}&timezone=Nowhere`, 400)).toBe('bad-timezone');
    expect(await codeOf(`${host}&pid=999999`, 404)).toBe('process-unknown');
    expect(await codeOf(`${host}&pid=4&guid=x`, 400)).toBe('bad-request');
    expect(await codeOf(`${host}&at=-1h`, 400)).toBe('bad-request');
  });
});

describe('a process', () => {
  const ofLoader = () => plainGuid(demonstration.part('infection', 'regsvr32').guid);

  test('its destinations are candidates only, and its sensor may have missed them', async () => {
    const answer = await app.json<Egress>(`/egress?${host}&guid=${ofLoader()}`);
    expect(named(answer)).toEqual(
      expect.arrayContaining(['203.0.113.45', '198.51.100.177', '203.0.113.201']),
    );
    expect(answer.process).toMatchObject({ sensor: { answer: 'not-certain' }, proxies: 'covered' });
    expect(answer.process?.process.name).toBe('regsvr32.exe');
    const calls = answer.destinations.find(({ name }) => name === '203.0.113.45');
    expect(calls?.own).toMatchObject({ tiers: [{ tier: 3, count: 9 }], explained: 0, undecided: 0 });
    expect(calls?.own?.competing).toBeGreaterThan(5);
    const byId = await app.json<Egress>(
      `/egress?${host}&id=${encodeURIComponent(answer.process?.process.id ?? '')}`,
    );
    expect(byId).toEqual(answer);
    const { pid, start } = answer.process?.process ?? {};
    const byPid = await app.json<Egress>(`/egress?${host}&pid=${pid}&at=${start}`);
    expect(byPid).toEqual(answer);
  });

  test('its connections tell candidates and reasons', async () => {
    const calls = (await app.json<Egress>(`/egress?${host}&dest=203.0.113.45`)).destinations[0];
    const answer = await app.json<EgressConnections>(
      `/egress/connections?${host}&key=${encodeURIComponent(calls?.key ?? '')}&limit=5`,
    );
    expect(egressConnectionsSchema.parse(answer)).toEqual(answer);
    expect(answer.total).toBe(9);
    expect(answer.connections).toHaveLength(5);
    const [first] = answer.connections;
    expect(first).toMatchObject({ tier: 3, standing: 'likeliest', explained: false });
    expect(first?.candidates[0]?.process.name).toBe('regsvr32.exe');
    expect(first?.candidates[0]?.for.map(({ kind }) => kind)).toContain('alive-at-every-contact');
    const rest = await app.json<EgressConnections>(
      `/egress/connections?${host}&key=${encodeURIComponent(calls?.key ?? '')}&limit=500&offset=5`,
    );
    expect(rest.connections).toHaveLength(4);
  });
});

test('marks tell what is explained from what is only possible, and guess nothing that is undecided', async () => {
  const answer = await app.json<EgressMarks>(`/egress/marks?${host}`);
  expect(egressMarksSchema.parse(answer)).toEqual(answer);
  const guid = plainGuid(demonstration.part('infection', 'regsvr32').guid);
  const loader = answer.marks.find(({ id }) => id.endsWith(guid));
  expect(loader).toMatchObject({ explained: [] });
  expect(loader?.possible.map(({ code }) => code)).toEqual(['C', 'B', 'F', 'P']);
  const all = await app.json<Egress>(`/egress?${host}`);
  const counted = answer.marks
    .flatMap(({ explained }) => explained)
    .reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBe(all.records - all.unexplained);
});
