/**
 * How fast records become events in the store, end to end, against how fast the engine itself loads the same events as JSON
 * lines into the same columns (`INSERT … SELECT FROM file()`). Both run in one process, in turns; the best round of each
 * counts, so that other work on the machine weighs little.
 *
 *   npx tsx bench/ingest.ts [EVENTS | PATH...]
 *
 * Without paths the demonstration case is generated with about so many events (default 300,000). The budget: at least half
 * of the engine's speed.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drainPending, Session } from 'chdb';
import { writeDemo } from '../src/demo/write-demo.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { columnNames, eventColumns, rowStructure } from '../src/store/event-columns.ts';
import { type Sql, sql, textLiteral } from '../src/store/sql.ts';

const BUDGET = 0.5;
const ROUNDS = 2;

interface Measured {
  readonly events: number;
  readonly seconds: number;
}

const folder = mkdtempSync(join(tmpdir(), 'keizu-bench-'));
const lines = join(folder, 'events.jsonl');

async function sources(): Promise<readonly string[]> {
  const [first = '300000', ...rest] = process.argv.slice(2);
  if (!/^\d+$/.test(first)) return [first, ...rest];
  const logs = join(folder, 'logs');
  await writeDemo(logs, { seed: 1, hosts: 20, days: 2, events: Number(first) });
  return [logs];
}

/** Ingests into a new store, and leaves the store's events as JSON lines for the engine to load. */
async function ingested(paths: readonly string[], round: number): Promise<Measured> {
  const directory = join(folder, `store ${round}`);
  const store = await openEmbeddedStore(directory);
  const { events, seconds } = await ingest(paths, store);
  await store.close();
  return { events, seconds };
}

/** Loads the events of a round's store from JSON lines into a table of the same form. */
async function loaded(round: number, events: number): Promise<Measured> {
  const session = new Session(join(folder, `store ${round}`, 'engine'));
  const run = (statement: Sql) => session.query(statement.text);
  try {
    run(sql`USE keizu`);
    if (round === 0) run(sql`SELECT * FROM events INTO OUTFILE ${textLiteral(lines)} FORMAT JSONEachRow`);
    run(sql`CREATE TABLE loaded AS events`);
    const columns = eventColumns();
    const structure = textLiteral(rowStructure(columns).text);
    const start = performance.now();
    run(sql`INSERT INTO loaded (${columnNames(columns)})
SELECT ${columnNames(columns)} FROM file(${textLiteral(lines)}, 'JSONEachRow', ${structure})`);
    return { events, seconds: (performance.now() - start) / 1000 };
  } finally {
    session.close();
    await drainPending();
  }
}

function report(name: string, { events, seconds }: Measured): void {
  console.log(
    `${name.padEnd(28)} ${(events / seconds).toFixed(0).padStart(9)} events/s  ${seconds.toFixed(2)} s`,
  );
}

try {
  const paths = await sources();
  const ingests: Measured[] = [];
  const loads: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const own = await ingested(paths, round);
    report('ingest', own);
    ingests.push(own);
    const engines = await loaded(round, own.events);
    report('engine, the same as JSON', engines);
    loads.push(engines);
  }
  const best = (measured: readonly Measured[]) =>
    Math.max(...measured.map(({ events, seconds }) => events / seconds));
  const ratio = best(ingests) / best(loads);
  const megabytes = statSync(lines).size / 1e6;
  console.log(`${ingests[0]?.events} events, ${megabytes.toFixed(0)} MB as JSON lines`);
  console.log(
    `peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB, the engine's loads included`,
  );
  console.log(`ratio ${ratio.toFixed(2)} (budget ${BUDGET})`);
  if (ratio < BUDGET) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
