/**
 * How long it takes to join lines of a proxy to processes, and how often each tier is right: made-up traffic of a day, of which
 * the sensors lost a part. Process events are starts, connections, and what names a destination. Only the join is timed:
 * `bench/egress-store.ts` has what reading costs. The best round counts; the budget for one million lines and one hundred thousand
 * process events is 10 s, in each of the cases.
 *
 *   npx tsx bench/egress.ts [LINES] [ROUNDS] [CASE]
 */
import { joinConnections } from '../src/egress/join/join.ts';
import type { Connection, EgressProcess } from '../src/egress/join/join-input.ts';
import type { Match } from '../src/egress/join/match.ts';
import { makeTraffic, type Traffic } from '../test/egress-traffic.ts';

const [linesText = '1000000', roundsText = '3', only] = process.argv.slice(2);
const LINES = Number(linesText);
const ROUNDS = Number(roundsText);
const BUDGET = 10;
const EVENTS = LINES / 10;
const PROCESSES = EVENTS / 5;

/** What differs between the cases: the hosts, and what the lines and the sensors say. */
interface Case {
  readonly hosts: number;
  /** Share of lines without the client's port. */
  readonly withoutPort: number;
  /** Lines say the user and what the program calls itself. */
  readonly told?: boolean;
  /** Sensors saw no process end. */
  readonly unended?: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'with client ports': { hosts: 200, withoutPort: 0 },
  'without client ports': { hosts: 200, withoutPort: 1 },
  'with ports, users and user agents': { hosts: 200, withoutPort: 0, told: true },
  'without ports, with users and user agents': { hosts: 200, withoutPort: 1, told: true },
  'of 20 hosts, without ports, with users and user agents, no process seen to end': {
    hosts: 20,
    withoutPort: 1,
    told: true,
    unended: true,
  },
};

/** So many events that the sensors have one for every tenth line; lines in order of time, as a log has them. */
function plan({ hosts, withoutPort, told, unended }: Case): Traffic {
  const traffic = makeTraffic({
    seed: 1,
    hosts,
    processesPerHost: PROCESSES / hosts,
    connections: LINES,
    hours: 24,
    lostContacts: 1 - (EVENTS * 0.6) / LINES,
    withoutPort,
    named: (EVENTS * 0.2) / LINES,
    skew: 30_000,
    ports: 16_384,
    keepAlive: 0.3,
  });
  const order = [...traffic.connections.keys()].sort(
    (one, other) => (traffic.connections[one]?.start ?? 0) - (traffic.connections[other]?.start ?? 0),
  );
  return {
    ...traffic,
    connections: order.map((at) => {
      const connection = traffic.connections[at] as Connection;
      const maker = traffic.processes[traffic.truth[at] ?? -1];
      return told ? { ...connection, user: maker?.user, userAgent: agentOf(maker) } : connection;
    }),
    truth: order.map((at) => traffic.truth[at] as number),
    processes: unended ? traffic.processes.map((each) => ({ ...each, end: undefined })) : traffic.processes,
  };
}

/** What programs call themselves; nothing where they say nothing. */
const agents: Readonly<Record<string, string>> = {
  'chrome.exe': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/124.0.0.0 Safari/537.36',
  'svchost.exe': 'Microsoft BITS/7.8',
  'powershell.exe': 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4291',
  'outlook.exe': 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17531; Pro)',
  'curl.exe': 'curl/8.7.1',
};

function agentOf(maker: EgressProcess | undefined): string | undefined {
  return agents[maker?.image?.split('\\').at(-1) ?? ''];
}

function printTiers({ truth }: Traffic, matches: readonly Match[]): void {
  for (const tier of [1, 2, 3] as const) {
    const found = [...matches.entries()].filter(([, match]) => match.tier === tier);
    const first = found.filter(([at, { candidates }]) => candidates[0]?.process === truth[at]);
    const decided = found.filter(([, { standing }]) => standing !== 'undecided');
    const decidedRight = decided.filter(([at, { candidates }]) => candidates[0]?.process === truth[at]);
    const alone = found.filter(([, { standing }]) => standing === 'only');
    const aloneRight = alone.filter(([at, { candidates }]) => candidates[0]?.process === truth[at]);
    const competing = found.reduce((sum, [, each]) => sum + each.competing, 0) / Math.max(1, found.length);
    console.log(
      `  tier ${tier}: ${found.length} joined, first candidate right in ${share(first.length, found.length)}; decided ${decided.length}, right in ${share(decidedRight.length, decided.length)}; without competitor ${alone.length}, right in ${share(aloneRight.length, alone.length)}; ${competing.toFixed(1)} competing on average`,
    );
  }
  console.log(`  not joined: ${matches.filter(({ tier }) => tier === undefined).length}`);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

for (const [name, each] of Object.entries(cases)) {
  if (only !== undefined && !name.includes(only)) continue;
  const traffic = plan(each);
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
    `${traffic.connections.length} lines ${name}, ${events} process events: ${best.toFixed(1)} s (${processor.toFixed(1)} s of processor time), ${verdict} the budget of ${BUDGET} s; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
  printTiers(traffic, matches);
}
