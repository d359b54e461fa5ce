/**
 * How long it takes to join lines of a proxy to processes, and how often each tier is right: made-up traffic of 200 hosts in a day,
 * of which the sensors lost a part. Process events are starts, connections, and what names a destination. The best round counts;
 * the budget for one million lines and one hundred thousand process events is 10 s.
 *
 *   npx tsx bench/egress.ts [LINES] [ROUNDS]
 */
import { joinConnections } from '../src/egress/join/join.ts';
import type { Match } from '../src/egress/join/match.ts';
import { makeTraffic, type Traffic } from '../test/egress-traffic.ts';

const [linesText = '1000000', roundsText = '3'] = process.argv.slice(2);
const LINES = Number(linesText);
const ROUNDS = Number(roundsText);
const BUDGET = 10;
const EVENTS = LINES / 10;

/** So many events that the sensors have one for every tenth line. */
function plan(withoutPort: number): Traffic {
  return makeTraffic({
    seed: 1,
    hosts: 200,
    processesPerHost: 100,
    connections: LINES,
    hours: 24,
    lostContacts: 1 - (EVENTS * 0.6) / LINES,
    withoutPort,
    named: (EVENTS * 0.2) / LINES,
    skew: 30_000,
    ports: 16_384,
    keepAlive: 0.3,
  });
}

function printTiers({ truth }: Traffic, matches: readonly Match[]): void {
  for (const tier of [1, 2, 3] as const) {
    const found = [...matches.entries()].filter(([, match]) => match.tier === tier);
    const first = found.filter(([at, { candidates }]) => candidates[0]?.process === truth[at]);
    const only = found.filter(([, { standing }]) => standing === 'only');
    const onlyRight = only.filter(([at, { candidates }]) => candidates[0]?.process === truth[at]);
    const competing = found.reduce((sum, [, each]) => sum + each.competing, 0) / Math.max(1, found.length);
    console.log(
      `  tier ${tier}: ${found.length} joined, first candidate right in ${share(first.length, found.length)}; without competitor ${only.length}, right in ${share(onlyRight.length, only.length)}; ${competing.toFixed(1)} competing on average`,
    );
  }
  console.log(`  not joined: ${matches.filter(({ tier }) => tier === undefined).length}`);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

for (const withoutPort of [0, 1]) {
  const traffic = plan(withoutPort);
  const events = traffic.processes.length + traffic.contacts.length + traffic.namings.length;
  let best = Number.POSITIVE_INFINITY;
  let processor = Number.POSITIVE_INFINITY;
  let matches: readonly Match[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    const used = process.cpuUsage();
    ({ matches } = joinConnections(traffic));
    best = Math.min(best, (performance.now() - begin) / 1000);
    const { user, system } = process.cpuUsage(used);
    processor = Math.min(processor, (user + system) / 1e6);
  }
  const verdict = best <= BUDGET ? 'within' : 'OVER';
  console.log(
    `${traffic.connections.length} lines ${withoutPort === 0 ? 'with' : 'without'} client ports, ${events} process events: ${best.toFixed(1)} s (${processor.toFixed(1)} s of processor time), ${verdict} the budget of ${BUDGET} s; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
  printTiers(traffic, matches);
}
