import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTicks, parseIsoTicks } from '../core/ticks.ts';
import type { TruthProcess } from '../demo/truth.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { destinationsOf, isExplained } from './destinations.ts';
import { egressColumns, egressRecords, egressRow } from './egress-record.ts';
import { egressText } from './egress-text.ts';
import { egressView } from './egress-view.ts';
import { millisecondsOf } from './milliseconds.ts';
import { type Egress, type JoinedConnection, readEgress } from './read-egress.ts';
import { sensorAnswer, unrecordedOf } from './unrecorded.ts';

interface TruthConnection {
  readonly time: string;
  readonly process: string;
  readonly destination: string;
  readonly code: string;
  readonly c2: boolean;
  readonly sysmon: 'recorded' | 'dropped' | 'not-recorded';
  readonly line: string;
}
interface Truth {
  readonly keizu: {
    readonly processes: readonly TruthProcess[];
    readonly stories: readonly {
      readonly name: string;
      readonly host: string;
      readonly connections: readonly TruthConnection[];
    }[];
  };
}

const everything = { earliest: null, latest: null };

describe.each([1, 2])('the demonstration case of seed %d', (seed) => {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-demo-egress-'));
  let store: Store;
  let truth: Truth['keizu'];
  let egress: Egress;

  beforeAll(async () => {
    await writeDemo(join(folder, 'case'), { seed, hosts: 2, days: 1 });
    store = await openEmbeddedStore(join(folder, 'store'));
    await ingest([join(folder, 'case')], store, {});
    truth = (JSON.parse(readFileSync(join(folder, 'case/truth.json'), 'utf8')) as Truth).keizu;
    egress = await readEgress(store, everything);
  }, 120_000);
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const isOf = (each: TruthConnection, host: string) => (joined: JoinedConnection) =>
    Math.abs(joined.connection.start - millisecondsOf(parseIsoTicks(each.time) ?? 0n)) < 2 &&
    joined.match.hosts.includes(host.toLowerCase()) &&
    each.line.includes(joined.connection.url ?? '-');

  /** The story's connections with what was found of each. */
  const told = () =>
    truth.stories.flatMap(({ host, connections }) =>
      connections.map((each) => {
        const found = egress.connections.filter(isOf(each, host));
        expect(found.length).toBe(1);
        return { truth: each, found: found[0] as JoinedConnection };
      }),
    );
  const processOf = ({ match }: JoinedConnection) =>
    egress.events.processes[match.candidates[0]?.process ?? -1];
  const guidOf = (id: string) =>
    truth.processes
      .find((each) => each.id === id)
      ?.guid.replace(/[{}]/g, '')
      .toLowerCase();

  test('every connection of the stories has the verdict of the truth', () => {
    const all = told();
    expect(all.length).toBeGreaterThan(17);
    expect(all.map(({ found }) => found.connection.verdict.code)).toEqual(
      all.map(({ truth: each }) => each.code),
    );
  });

  test('calls home that the sensor has no event of are in the proxy log, some delivered, some blocked; none is called explained', () => {
    const calls = told().filter(({ truth: each }) => each.c2);
    expect(calls.length).toBe(16);
    const codes = new Set(calls.map(({ found }) => found.connection.verdict.code));
    expect([...codes].sort()).toEqual(['B', 'C', 'F', 'P']);
    const unrecorded = calls.filter(({ truth: each }) => each.sysmon !== 'recorded');
    expect(unrecorded.length).toBe(16);
    expect(unrecorded.filter(({ found }) => isExplained(found.match))).toEqual([]);
  });

  test('each is joined to the process that made it, in the tier that the evidence carries', () => {
    for (const { truth: each, found } of told()) {
      if (guidOf(each.process) === undefined) continue;
      if (each.sysmon !== 'recorded' && !each.c2) continue;
      expect([each.time, processOf(found)?.guid ?? processOf(found)?.pid]).toEqual([
        each.time,
        guidOf(each.process),
      ]);
      expect(found.match.tier).toBeGreaterThan(1);
      if (each.c2) expect(found.match).toMatchObject({ tier: 3, standing: 'likeliest' });
    }
  });

  test('the view of the host puts first what no process explains', () => {
    const own = egress.connections.filter(({ match }) => match.hosts.includes('ws-sal-02.kitano.example'));
    const destinations = destinationsOf(egress, own);
    const unexplained = destinations.filter((each) => each.unexplained > 0).map(({ name }) => name);
    expect(unexplained).toEqual(expect.arrayContaining(['203.0.113.201', '203.0.113.45', '198.51.100.177']));
    expect(unexplained.length).toBeLessThan(12);
    const second = destinations.find(({ name }) => name === '203.0.113.45');
    expect(second?.strongest.code).toBe('C');
    expect(Object.fromEntries(second?.verdicts ?? [])).toEqual({ C: 8, F: 1 });
    expect(second?.repetition?.count).toBe(9);
  });

  test('asked for one host, the answer is that of all hosts', async () => {
    const host = 'ws-sal-02.kitano.example';
    const one = await readEgress(store, { host, ...everything });
    const summary = ({ events, connections }: Egress) =>
      connections
        .filter(({ match }) => match.hosts.includes(host))
        .map(({ connection, match: { tier, standing, competing, candidates } }) => [
          connection.id,
          tier,
          standing,
          competing,
          events.processes[candidates[0]?.process ?? -1]?.id,
        ]);
    expect(summary(one)).toEqual(summary(egress));
  });

  test('the command shows the calls home of the process, and what its sensor may have missed', () => {
    const view = egressView(egress, { process: 'regsvr32.exe', destination: '203.0.113' });
    const clock = (time: bigint) => formatTicks(time, 3).replace('T', ' ').slice(0, 23);
    const text = [...egressText(view, { clock, zone: 'UTC', limit: 100 })].join('\n');
    expect(text).toContain('Not explained: of 13 connections no process was recorded making them');
    expect(text).toMatch(/203\.0\.113\.45:8080 +9 {2}8 C, 1 F/);
    expect(text).toMatch(/203\.0\.113\.201:7080 +4 {2}4 P/);
    expect(text).toMatch(/regsvr32\.exe \(\d+\): tier 3, likeliest of \d+/);
    expect(text).toMatch(
      /connections by its own sensor: not certain: the sensor dropped \d+ events of this type/,
    );
    expect(text).toContain('proxy logs in its life: covered');
    const records = [...egressRecords(view)] as readonly Readonly<Record<string, unknown>>[];
    expect(records.filter(({ kind }) => kind === 'connection').length).toBe(13);
    expect(records.find(({ kind }) => kind === 'destination')).toMatchObject({
      unexplained: 9,
      strongest: 'content delivered',
    });
    for (const each of view.connections)
      expect(egressRow(each, egress.events.processes).length).toBe(egressColumns.length);
  });

  test('a range without a record is not a log that is missing', async () => {
    const [proxied] = told();
    const earliest = (proxied?.found.connection.time ?? 0n) - 12n * 3_600n * 10_000_000n;
    const host = proxied?.found.match.hosts[0];
    const none = await readEgress(store, { host, earliest, latest: earliest + 1n });
    const text = [...egressText(egressView(none, {}), { clock: String, zone: 'UTC', limit: 100 })].join('\n');
    expect(text).toContain('nothing of it is recorded in this range; at other times it is, by the log of');
    expect(text).not.toContain('not collected');
  });

  test('the sensor dropped connections: their absence is not certain; names without a record are told', () => {
    const call = told().find(({ truth: each }) => each.c2);
    const process = call === undefined ? undefined : processOf(call.found);
    expect(process === undefined ? undefined : sensorAnswer(egress, process).kind).toBe('not-certain');
    const names = unrecordedOf(egress, () => true).filter(({ kind }) => kind === 'name-only');
    expect(names.some(({ destination }) => destination.endsWith('.kitano.example'))).toBe(true);
  });
});
