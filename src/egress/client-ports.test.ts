import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIsoTicks } from '../core/ticks.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { clockKey } from './join/clock-offset.ts';
import { millisecondsOf } from './milliseconds.ts';
import { type Egress, readEgress } from './read-egress.ts';

/** How far the proxy's clock is ahead of the sensors'. */
const AHEAD = 37_250;

interface Recorded {
  readonly host: string;
  readonly guid: string;
  readonly time: number;
  readonly port: number;
  taken: boolean;
}

/** The connections that the sensors recorded, out of the logs themselves. */
function recordedIn(folder: string, host: string): Recorded[] {
  const value = (line: string, name: string) => new RegExp(`Name='${name}'>([^<]*)<`).exec(line)?.[1] ?? '';
  return readFileSync(join(folder, host, 'sysmon.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('<EventID>3</EventID>'))
    .map((line) => ({
      host: `${host.toLowerCase()}.kitano.example`,
      guid: value(line, 'ProcessGuid').replace(/[{}]/g, '').toLowerCase(),
      time: millisecondsOf(parseIsoTicks(value(line, 'UtcTime')) ?? 0n),
      port: Number(value(line, 'SourcePort')),
      taken: false,
    }));
}

describe('the demonstration case, if its proxy logged client ports and its clock were ahead', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-demo-ports-'));
  const hosts = { '10.20.0.21': 'WS-ACC-01', '10.20.0.22': 'WS-SAL-02' } as Readonly<Record<string, string>>;
  let store: Store;
  let egress: Egress;
  let recorded: Map<string, Recorded[]>;
  let withPort = 0;

  beforeAll(async () => {
    const place = join(folder, 'case');
    await writeDemo(place, { seed: 3, hosts: 2, days: 1 });
    recorded = new Map(Object.entries(hosts).map(([address, host]) => [address, recordedIn(place, host)]));
    const log = join(place, 'proxy/access.log');
    let unused = 1_024;
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [, end = '', elapsed = '', client = '', rest = ''] =
          /^([\d.]+) +(\d+) (\S+) (.*)$/.exec(line) ?? [];
        const start = Number(end) * 1000 - Number(elapsed);
        const contact = recorded.get(client)?.find((each) => !each.taken && Math.abs(each.time - start) < 2);
        if (contact !== undefined) {
          contact.taken = true;
          withPort++;
        }
        const shown = (Number(end) + AHEAD / 1000).toFixed(3);
        return `${shown} ${elapsed.padStart(6)} ${client}:${contact?.port ?? unused++} ${rest}`;
      });
    writeFileSync(log, `${lines.join('\n')}\n`);
    store = await openEmbeddedStore(join(folder, 'store'));
    await ingest([place], store, {});
    egress = await readEgress(store, { earliest: null, latest: null });
  }, 120_000);
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the difference of the clocks is measured of each host', () => {
    for (const host of Object.values(hosts)) {
      const [log = ''] = egress.join.endpoints.keys();
      const clock = egress.join.clocks.get(clockKey(`${host.toLowerCase()}.kitano.example`, log));
      expect(clock?.basis).toBe('measured');
      expect(Math.abs((clock?.offset ?? 0) - AHEAD)).toBeLessThan(5);
    }
  });

  test('what the sensors recorded is joined by address and port, and never wrongly', () => {
    const first = egress.connections.filter(({ match }) => match.tier === 1);
    expect(first.length).toBeGreaterThan(1_000);
    expect(first.length).toBe(withPort);
    const wrong = first.filter(({ connection, match }) => {
      const process = egress.events.processes[match.candidates[0]?.process ?? -1];
      const truth = recorded
        .get(connection.client)
        ?.find(
          ({ port, time }) => port === connection.clientPort && Math.abs(connection.start - AHEAD - time) < 2,
        );
      return truth === undefined || process?.guid !== truth.guid || match.hosts[0] !== truth.host;
    });
    expect(wrong).toEqual([]);
  });

  test('calls home that the sensor did not record are not joined by a port', () => {
    const calls = egress.connections.filter(({ connection }) =>
      /^203\.0\.113\./.test(connection.destination ?? ''),
    );
    expect(calls.length).toBe(13);
    for (const { match } of calls) expect(match.tier).not.toBe(1);
  });
});
