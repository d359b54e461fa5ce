/**
 * How fast records become events in the store, end to end, against how fast the engine itself loads the same events as JSON
 * lines into the same columns (`INSERT … SELECT FROM file()`). Both run in one process, in turns, since other work on the
 * machine weighs on both; a round's ratio is that of its own two figures. Processor time counts all threads.
 *
 *   npx tsx bench/ingest.ts [EVENTS | PATH...]
 *
 * Without paths: the demonstration case (event XML, a proxy log) with about so many events (default 300,000), half as many
 * JSON lines and EVTX records, and the EVTX files of the corpus where it is there. The budget, for all but the last: at least
 * half of the engine's speed in the median round. The corpus is hundreds of small files of many kinds, some seconds' work:
 * it shows what starting costs.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drainPending, Session } from 'chdb';
import { writeDemo } from '../src/demo/write-demo.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { columnNames, eventColumns, rowStructure } from '../src/store/event-columns.ts';
import { type Sql, sql, textLiteral } from '../src/store/sql.ts';
import { corpusPath } from '../test/shared-data.ts';
import { writeEvtx, writeJsonLines } from './ingest-inputs.ts';

const BUDGET = 0.5;
const ROUNDS = 3;

interface Input {
  readonly name: string;
  readonly hasBudget: boolean;
  readonly paths: readonly string[];
}

/** Both in microseconds for each event. */
interface Measured {
  readonly wall: number;
  readonly processor: number;
}

const folder = mkdtempSync(join(tmpdir(), 'keizu-bench-'));

async function inputs(): Promise<readonly Input[]> {
  const [first = '300000', ...rest] = process.argv.slice(2);
  if (!/^\d+$/.test(first)) return [{ name: 'the paths', hasBudget: true, paths: [first, ...rest] }];
  const logs = join(folder, 'logs');
  const half = Math.ceil(Number(first) / 2);
  await writeDemo(logs, { seed: 1, hosts: 20, days: 2, events: Number(first) });
  const given: Input[] = [
    { name: 'demonstration case', hasBudget: true, paths: [logs] },
    { name: 'JSON lines', hasBudget: true, paths: [await writeJsonLines(join(folder, 'lines'), half)] },
    { name: 'EVTX', hasBudget: true, paths: [await writeEvtx(join(folder, 'evtx'), half)] },
  ];
  const corpus = corpusPath();
  if (corpus === undefined) console.log('small EVTX files are left out: there is no corpus');
  else given.push({ name: 'small EVTX files of the corpus', hasBudget: false, paths: evtxFiles(corpus) });
  return given;
}

function evtxFiles(parent: string): readonly string[] {
  const names = readdirSync(parent, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.evtx$/i.test(name)).map((name) => join(parent, name));
}

/** Runs something and gives what it cost; it gives the number of events. */
async function measured(
  run: () => Promise<number> | number,
): Promise<Measured & { readonly events: number }> {
  const processor = process.cpuUsage();
  const start = performance.now();
  const events = await run();
  const wall = (performance.now() - start) * 1000;
  const { user, system } = process.cpuUsage(processor);
  return { events, wall: wall / events, processor: (user + system) / events };
}

/** Loads a store's events from JSON lines into a table of the same form; makes the lines in the first round. */
async function loaded(store: string, lines: string, events: number, round: number): Promise<Measured> {
  const session = new Session(join(store, 'engine'));
  const run = (statement: Sql) => session.query(statement.text);
  try {
    run(sql`USE keizu`);
    if (round === 0) run(sql`SELECT * FROM events INTO OUTFILE ${textLiteral(lines)} FORMAT JSONEachRow`);
    run(sql`CREATE TABLE loaded AS events`);
    const columns = eventColumns();
    const structure = textLiteral(rowStructure(columns).text);
    return await measured(() => {
      run(sql`INSERT INTO loaded (${columnNames(columns)})
SELECT ${columnNames(columns)} FROM file(${textLiteral(lines)}, 'JSONEachRow', ${structure})`);
      return events;
    });
  } finally {
    session.close();
    await drainPending();
  }
}

function text({ wall, processor }: Measured): string {
  return `${(1e6 / wall).toFixed(0).padStart(7)} events/s, ${processor.toFixed(0).padStart(4)} µs of processor an event`;
}

/** Measures one input in rounds and gives the median ratio of speeds. */
async function compare({ name, paths }: Input): Promise<number> {
  const lines = join(folder, 'events.jsonl');
  const ratios: number[] = [];
  let peak = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const directory = join(folder, 'store');
    const store = await openEmbeddedStore(directory);
    const own = await measured(async () => (await ingest(paths, store)).events);
    if (round === 0) peak = process.resourceUsage().maxRSS / 1024;
    await store.close();
    const engines = await loaded(directory, lines, own.events, round);
    rmSync(directory, { recursive: true });
    const ratio = engines.wall / own.wall;
    ratios.push(ratio);
    if (round === 0) {
      const megabytes = statSync(lines).size / 1e6;
      console.log(`${name}: ${own.events} events, ${megabytes.toFixed(0)} MB as JSON lines`);
    }
    console.log(`  ingest ${text(own)}; engine ${text(engines)}; ratio ${ratio.toFixed(2)}`);
  }
  rmSync(lines);
  const sorted = ratios.sort((a, b) => a - b);
  const best = sorted.at(-1) ?? 0;
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(
    `  ratio ${best.toFixed(2)} at best, ${median.toFixed(2)} median; peak memory until the first ingest's end ${peak.toFixed(0)} MiB`,
  );
  return median;
}

try {
  const missed: string[] = [];
  for (const input of await inputs()) {
    const ratio = await compare(input);
    if (input.hasBudget && ratio < BUDGET) missed.push(input.name);
  }
  console.log(`budget ${BUDGET}: ${missed.length === 0 ? 'held' : `missed by ${missed.join(', ')}`}`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
