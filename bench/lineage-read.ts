/**
 * One family out of the starts and ends of one host, read from the store and linked, beside the lineage of the whole host.
 * Prints milliseconds of the clock and of the processor (all threads, the engine's included) and the ratio to the whole
 * host. Families are those of processes in the middle of the log with up to a dozen ancestors. The budget is half a second
 * of the clock for a million events, the best of some rounds, each on a store just opened; other work on the machine lengthens it.
 *
 *   node --import tsx bench/lineage-read.ts [EVENTS] [ROUNDS] [guid|security|both]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ticks } from '../src/core/ticks.ts';
import { hostLineage } from '../src/lineage/host-lineage.ts';
import { familyLineage } from '../src/lineage/read-family.ts';
import { matchProcesses, type ProcessQuery, selectFamily } from '../src/lineage/select-family.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';
import { type SimulatedHost, type SimulatedSensor, simulateHost } from '../test/simulated-host.ts';
import { storedObservation } from '../test/stored-observation.ts';

const BUDGET = 500;
const BATCH = 100_000;
const FAMILIES = 3;
const [eventsText = '1000000', roundsText = '4', sensorText = 'guid'] = process.argv.slice(2);
const EVENTS = Number(eventsText);
const ROUNDS = Number(roundsText);
const mixes: Readonly<Record<string, readonly SimulatedSensor[]>> = {
  guid: ['guid'],
  security: ['security'],
  both: ['guid', 'security'],
};
const sensors = mixes[sensorText] ?? [];
if (sensors.length === 0) throw new Error(`${sensorText}: guid, security or both`);

/** What is asked of the store; the rows themselves would be in the way of whoever reads them. */
interface Filled {
  readonly events: number;
  readonly since: Ticks;
  readonly queries: readonly (readonly [name: string, query: ProcessQuery])[];
}

async function fill(place: string): Promise<Filled> {
  const host = simulateHost({
    seed: 'bench',
    starts: Math.ceil(EVENTS / 2 / sensors.length),
    pool: 4096,
    lost: 0.01,
    sensors,
  });
  const store = await openEmbeddedStore(place);
  try {
    for (let from = 0; from < host.rows.length; from += BATCH)
      await store.write(host.rows.slice(from, from + BATCH).map((row) => storedObservation('ws0', row)));
  } finally {
    await store.close();
  }
  const since = host.rows.reduce(
    (first, { kind, event }) => (kind === 'start' && event.time < first ? event.time : first),
    1n << 62n,
  );
  return { events: host.rows.length, since, queries: queriesOf(host) };
}

interface Taken {
  readonly clock: number;
  readonly processor: number;
  readonly said: string;
}

async function take(task: () => Promise<string>): Promise<Taken> {
  const before = process.cpuUsage();
  const start = performance.now();
  const said = await task();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { clock, processor: (user + system) / 1000, said };
}

async function familyOf(store: Store, query: ProcessQuery, startsSince: Ticks): Promise<string> {
  // As the command does, which has the ledger of the host.
  const loss = { windows: [], startsSince, endsCollected: true };
  const { lineage, whole } = await familyLineage(store, 'ws0', query, { loss });
  const { size } = selectFamily(lineage, matchProcesses(lineage, query));
  return `${size} processes${whole ? ', out of the whole host' : ` out of ${lineage.size}`}`;
}

function queriesOf({ processes }: SimulatedHost): readonly (readonly [name: string, query: ProcessQuery])[] {
  const depth = (at: number): number => {
    let count = 0;
    for (let up = processes[at]?.parent; up !== undefined; up = up.parent) count++;
    return count;
  };
  const queries: (readonly [string, ProcessQuery])[] = [];
  for (let at = Math.floor(processes.length * 0.5); queries.length < 2 * FAMILIES; at++) {
    const found = processes[at];
    if (found === undefined) break;
    if (depth(at) > 12) continue;
    const begin = BigInt(Math.round((1_700_000_000 + found.startSeconds) * 1e7));
    if (sensors.includes('guid')) queries.push(['by GUID', { kind: 'guid', guid: found.guid }]);
    queries.push(['by process id and time', { kind: 'pid', pid: found.pid, at: begin + 1_000_000n }]);
  }
  return queries;
}

function text({ clock, processor, said }: Taken): string {
  return `${clock.toFixed(0).padStart(6)} ms of the clock ${processor.toFixed(0).padStart(6)} ms of the processor  ${said}`;
}

const place = mkdtempSync(join(tmpdir(), 'keizu-bench-'));
try {
  const { events, since, queries } = await fill(place);
  const best = new Map<number, Taken>();
  let whole: Taken | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const store = await openEmbeddedStore(place);
    try {
      for (const [number, [, query]] of queries.entries()) {
        const taken = await take(() => familyOf(store, query, since));
        if (taken.clock < (best.get(number)?.clock ?? Number.POSITIVE_INFINITY)) best.set(number, taken);
      }
      if (round === ROUNDS - 1)
        whole = await take(async () => `${(await hostLineage(store, 'ws0')).size} processes`);
    } finally {
      await store.close();
    }
  }
  console.log(`${events.toLocaleString('en')} starts and ends of one host`);
  for (const [number, [name]] of queries.entries()) {
    const taken = best.get(number);
    if (taken === undefined) continue;
    const over = EVENTS >= 1_000_000 && taken.clock > BUDGET;
    if (over) process.exitCode = 1;
    const ratio =
      whole === undefined
        ? ''
        : `, the whole host takes ${(whole.clock / taken.clock).toFixed(0)} times as long`;
    console.log(`  ${name.padEnd(24)}${text(taken)}${ratio}${over ? `  over ${BUDGET} ms` : ''}`);
  }
  if (whole !== undefined) console.log(`  ${'the whole host'.padEnd(24)}${text(whole)}`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
