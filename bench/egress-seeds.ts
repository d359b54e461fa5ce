/**
 * How often each tier is right on the demonstration case, over many seeds: with the log as it is (no client ports), and as if the
 * proxy logged them and its clock were ahead. The truth is what the sensors recorded (who connected when a line began) and what the
 * case says of its stories. Also whether every connection of the stories has the verdict of the truth.
 *
 *   npx tsx bench/egress-seeds.ts [FIRST] [LAST]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseIsoTicks } from '../src/core/ticks.ts';
import { writeDemo } from '../src/demo/write-demo.ts';
import { millisecondsOf } from '../src/egress/milliseconds.ts';
import { type Egress, readEgress } from '../src/egress/read-egress.ts';
import { verdictCodes } from '../src/egress/verdict.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';

const [firstText = '1', lastText = '20'] = process.argv.slice(2);
const AHEAD = 37_250;
const hosts: Readonly<Record<string, string>> = { '10.20.0.21': 'WS-ACC-01', '10.20.0.22': 'WS-SAL-02' };

interface Recorded {
  readonly guid: string;
  readonly time: number;
  readonly port: number;
  taken: boolean;
}

interface Truth {
  readonly keizu: {
    readonly processes: readonly { readonly id: string; readonly guid: string }[];
    readonly stories: readonly {
      readonly connections: readonly {
        readonly time: string;
        readonly process: string;
        readonly code: string;
        readonly line: string;
      }[];
    }[];
  };
}

interface Score {
  joined: number;
  known: number;
  right: number;
  decided: number;
  decidedRight: number;
  alone: number;
  aloneRight: number;
  competing: number;
}

const newScore = (): Score => ({
  joined: 0,
  known: 0,
  right: 0,
  decided: 0,
  decidedRight: 0,
  alone: 0,
  aloneRight: 0,
  competing: 0,
});
const plain = (guid: string) => guid.replace(/[{}]/g, '').toLowerCase();

function recordedIn(place: string, host: string): Recorded[] {
  const value = (line: string, name: string) => new RegExp(`Name='${name}'>([^<]*)<`).exec(line)?.[1] ?? '';
  return readFileSync(join(place, host, 'sysmon.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('<EventID>3</EventID>'))
    .map((line) => ({
      guid: plain(value(line, 'ProcessGuid')),
      time: millisecondsOf(parseIsoTicks(value(line, 'UtcTime')) ?? 0n),
      port: Number(value(line, 'SourcePort')),
      taken: false,
    }));
}

/** Writes ports into the log, where the sensor recorded them, and moves its clock; without ports, the log stays as it is. */
function rewrite(place: string, recorded: ReadonlyMap<string, Recorded[]>): void {
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
      if (contact !== undefined) contact.taken = true;
      const shown = (Number(end) + AHEAD / 1000).toFixed(3);
      return `${shown} ${elapsed.padStart(6)} ${client}:${contact?.port ?? unused++} ${rest}`;
    });
  writeFileSync(log, `${lines.join('\n')}\n`);
}

/** Who made a connection, where the sensor recorded one at that very time, or the story says; undefined where it may be several. */
function makerOf(
  { client, start, url }: Egress['connections'][number]['connection'],
  ahead: number,
  recorded: ReadonlyMap<string, Recorded[]>,
  told: readonly { readonly time: number; readonly guid: string | undefined; readonly line: string }[],
): string | undefined {
  const moment = start - ahead;
  const story = told.find(({ time, line }) => Math.abs(time - moment) < 2 && line.includes(url ?? '-'));
  if (story?.guid !== undefined) return story.guid;
  const guids = new Set(
    recorded
      .get(client)
      ?.filter(({ time }) => Math.abs(time - moment) < 2)
      .map(({ guid }) => guid),
  );
  return guids.size === 1 ? [...guids][0] : undefined;
}

const scores: Readonly<Record<'as it is' | 'with ports', Readonly<Record<1 | 2 | 3, Score>>>> = {
  'as it is': { 1: newScore(), 2: newScore(), 3: newScore() },
  'with ports': { 1: newScore(), 2: newScore(), 3: newScore() },
};
const verdicts = { all: 0, right: 0, overclaimed: 0 };

async function take(seed: number, kind: keyof typeof scores): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-seeds-'));
  try {
    const place = join(folder, 'case');
    await writeDemo(place, { seed, hosts: 2, days: 1 });
    const { keizu } = JSON.parse(readFileSync(join(place, 'truth.json'), 'utf8')) as Truth;
    const recorded = new Map(
      Object.entries(hosts).map(([address, host]) => [address, recordedIn(place, host)] as const),
    );
    const ahead = kind === 'with ports' ? AHEAD : 0;
    if (kind === 'with ports') rewrite(place, recorded);
    const guids = new Map(keizu.processes.map(({ id, guid }) => [id, plain(guid)]));
    const told = keizu.stories.flatMap(({ connections }) =>
      connections.map(({ time, process: id, code, line }) => ({
        time: millisecondsOf(parseIsoTicks(time) ?? 0n),
        guid: guids.get(id),
        code,
        line,
      })),
    );
    const store = await openEmbeddedStore(join(folder, 'store'));
    await ingest([place], store, {});
    const egress = await readEgress(store, { earliest: null, latest: null });
    await store.close();
    for (const { connection, match } of egress.connections) {
      if (match.tier === undefined) continue;
      const score = scores[kind][match.tier];
      score.joined++;
      score.competing += match.competing;
      const maker = makerOf(connection, ahead, recorded, told);
      if (maker === undefined) continue;
      const isRight = egress.events.processes[match.candidates[0]?.process ?? -1]?.guid === maker ? 1 : 0;
      score.known++;
      score.right += isRight;
      if (match.standing !== 'undecided') {
        score.decided++;
        score.decidedRight += isRight;
      }
      if (match.standing === 'only') {
        score.alone++;
        score.aloneRight += isRight;
      }
    }
    const strength: readonly string[] = verdictCodes;
    for (const each of told) {
      const found = egress.connections.find(
        ({ connection }) =>
          Math.abs(connection.start - ahead - each.time) < 2 && each.line.includes(connection.url ?? '-'),
      );
      const code = found?.connection.verdict.code;
      verdicts.all++;
      if (code === each.code) verdicts.right++;
      else if (code !== undefined && strength.indexOf(code) < strength.indexOf(each.code))
        verdicts.overclaimed++;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function report(): void {
  console.log(
    `seeds ${firstText} to ${done}; verdicts of the stories: ${verdicts.right} of ${verdicts.all} are those of the truth, ${verdicts.overclaimed} claim more`,
  );
  for (const [kind, tiers] of Object.entries(scores))
    for (const [tier, each] of Object.entries(tiers))
      console.log(
        `${kind}, tier ${tier}: ${each.joined} joined, ${(each.competing / Math.max(1, each.joined)).toFixed(1)} competing on average; truth known of ${each.known}: first right in ${share(each.right, each.known)}; decided ${each.decided}: ${share(each.decidedRight, each.decided)}; alone ${each.alone}: ${share(each.aloneRight, each.alone)}`,
      );
}

let done = 0;
process.once('SIGTERM', () => {
  report();
  process.exit(1);
});
for (let seed = Number(firstText); seed <= Number(lastText); seed++) {
  for (const kind of ['as it is', 'with ports'] as const) await take(seed, kind);
  done = seed;
}
report();
