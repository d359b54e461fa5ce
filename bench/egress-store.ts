/**
 * What `keizu egress` costs on a store: reading proxies' records, addresses and the events of processes, and joining them. Made-up
 * traffic of a day, as a Squid's log and Sysmon's events, is ingested first. Of all hosts, and of one. Seconds of the clock and of
 * the processor (all threads, the engine's included), and the peak of memory, each in a process of its own.
 *
 *   npx tsx bench/egress-store.ts [LINES] [HOSTS]
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { readEgress } from '../src/egress/read-egress.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';
import { makeTraffic, type Traffic } from '../test/egress-traffic.ts';

const [linesText = '1000000', hostsText = '200', wanted] = process.argv.slice(2);
const LINES = Number(linesText);
const HOSTS = Number(hostsText);
const EVENTS = LINES / 10;
const format = '%ts.%03tu %6tr %>a:%>p %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt "%{User-Agent}>h"';

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  let pending: string[] = [];
  for (const line of lines) {
    pending.push(line);
    if (pending.length < 2_000) continue;
    if (!file.write(`${pending.join('\n')}\n`))
      await new Promise<void>((done) => file.once('drain', () => done()));
    pending = [];
  }
  file.end(pending.length > 0 ? `${pending.join('\n')}\n` : '');
  await finished(file);
}

function* proxyLines({ connections }: Traffic): Generator<string> {
  const order = connections.toSorted((one, other) => one.end - other.end);
  for (const { start, end, client, clientPort, url } of order)
    yield `${(end / 1000).toFixed(3)} ${Math.round(end - start)} ${client}:${clientPort ?? '-'} TCP_TUNNEL/200 ${4_000 + Math.round(start % 9_000)} CONNECT ${url} - HIER_DIRECT/192.0.2.9 - "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/124.0.0.0"`;
}

function guidOf(process: number, start: number): string {
  const second = Math.floor(start / 1000)
    .toString(16)
    .padStart(8, '0');
  return `{11112222-${second.slice(4)}-${second.slice(0, 4)}-0000-${process.toString(16).padStart(12, '0')}}`;
}

function* sensorLines({ processes, contacts, namings }: Traffic): Generator<string> {
  const line = (id: number, at: number, process: number, more: Readonly<Record<string, string | number>>) => {
    const { host, pid, image, start = 0 } = processes[process] as (typeof processes)[number];
    return JSON.stringify({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Provider: 'Microsoft-Windows-Sysmon',
      EventID: id,
      Computer: host,
      UtcTime: new Date(at).toISOString().replace('T', ' ').replace('Z', ''),
      ProcessGuid: guidOf(process, start),
      ProcessId: pid,
      Image: image,
      ...more,
    });
  };
  for (const [process, { start = 0, image, user }] of processes.entries())
    yield line(1, start, process, { CommandLine: `"${image}"`, User: user ?? '' });
  for (const { process, time, source, sourcePort, address, port } of contacts)
    yield line(3, time, process, {
      Initiated: 'true',
      Protocol: 'tcp',
      SourceIp: source,
      SourcePort: sourcePort,
      DestinationIp: address,
      DestinationPort: port,
    });
  for (const { process, time, name } of namings)
    yield line(22, time, process, { QueryName: name, QueryStatus: 0, QueryResults: '192.0.2.9;' });
}

async function measure(store: Store, host: string | undefined): Promise<void> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const before = process.cpuUsage();
  const begin = performance.now();
  const marks: string[] = [];
  let last = begin;
  const egress = await readEgress(store, {
    host,
    earliest: null,
    latest: null,
    onStage: (stage) => {
      const now = performance.now();
      marks.push(`${stage} ${((now - last) / 1000).toFixed(1)} s`);
      last = now;
    },
  });
  const clock = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  const tiers = [1, 2, 3].map((tier) => egress.connections.filter(({ match }) => match.tier === tier).length);
  console.log(
    `${host ?? 'all hosts'}: ${egress.connections.length} connections, ${clock.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of the processor), peak ${Math.round(peak / 1e6)} MB; tiers 1 to 3: ${tiers.join(', ')}`,
  );
  console.log(`  ${marks.join(', ')}`);
}

/** What this program is called with to measure a store. */
const MEASURE = 'measure';
const folder = linesText === MEASURE ? '' : mkdtempSync(join(tmpdir(), 'keizu-bench-'));

async function fill(place: string): Promise<void> {
  const traffic = makeTraffic({
    seed: 1,
    hosts: HOSTS,
    processesPerHost: Math.round(EVENTS / 5 / HOSTS),
    connections: LINES,
    hours: 24,
    lostContacts: 1 - (EVENTS * 0.6) / LINES,
    withoutPort: 0,
    named: (EVENTS * 0.2) / LINES,
    skew: 30_000,
    ports: 16_384,
    keepAlive: 0.3,
  });
  await writeLines(join(folder, 'access.log'), proxyLines(traffic));
  await writeLines(join(folder, 'sysmon.json'), sensorLines(traffic));
  const store = await openEmbeddedStore(place);
  const summary = await ingest([join(folder, 'access.log'), join(folder, 'sysmon.json')], store, {
    logformats: [format],
  });
  await store.close();
  console.log(`${summary.events} events of ${JSON.stringify(summary.products)}, ${summary.faults} faults`);
}

if (linesText === MEASURE) {
  const store = await openEmbeddedStore(hostsText);
  await measure(store, wanted);
  await store.close();
} else
  try {
    const place = join(folder, 'store');
    await fill(place);
    for (const host of ['ws-0.example', undefined])
      spawnSync(
        process.execPath,
        [...process.execArgv, process.argv[1] ?? '', MEASURE, place, ...(host === undefined ? [] : [host])],
        { stdio: 'inherit' },
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
