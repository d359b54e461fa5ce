/**
 * What an export costs: events a second and peak memory, beside the engine's own export of the same table to JSON lines in the
 * same process. Events are made up: six fields in columns, three others, raw texts as long as Sysmon's. The budget is 50,000
 * events a second, and a memory that does not grow from a quarter of the events to all.
 *
 *   npx tsx bench/export.ts [EVENTS]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportScope } from '../src/export/export-scope.ts';
import { verifyExport } from '../src/export/verify-export.ts';
import { writeExport } from '../src/export/write-export.ts';
import { loadChdb } from '../src/store/embedded/chdb.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const BUDGET = 50_000;
const SECOND = 10_000_000n;
const FIRST = 1_700_000_000n;

function fillStatement(from: number, count: number): string {
  return `INSERT INTO events (_id, _time, _indextime, index, host, source, sourcetype, _product, _event_class, _time_source,
    _origin, _offset, _raw, EventCode, Image, CommandLine, ProcessId, ParentImage, User, fields)
  SELECT reinterpretAsFixedString(sipHash128(number)), at, toDateTime64(1700000000, 7, 'UTC'), 'main', 'ws001.corp.local',
    'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational', 'XmlWinEventLog', 'sysmon', 'file-create', 'UtcTime', 'bench', number,
    concat('<Event><System><EventID>11</EventID><Computer>ws001.corp.local</Computer></System><EventData><Data Name=''Image''>', image,
      '</Data><Data Name=''TargetFilename''>', file, '</Data><Data Name=''Text''>', repeat(hex(sipHash128(number)), 20), '</Data></EventData></Event>'),
    '11', image, concat('"', image, '" --log ', file), toString(number % 30000), 'C:\\\\Windows\\\\explorer.exe', 'CORP\\\\user1',
    concat('{"TargetFilename":"', replaceAll(file, '\\\\', '\\\\\\\\'), '","RuleName":"rule ', toString(number % 400), '","TerminalSessionId":"', toString(number % 9), '"}')::JSON
  FROM (SELECT number, toDateTime64(1700000000 + intDiv(number, 100), 7, 'UTC') AS at,
    concat('C:\\\\Program Files\\\\Vendor\\\\app', toString(number % 200), '.exe') AS image,
    concat('C:\\\\ProgramData\\\\logs\\\\', toString(number), '.log') AS file
    FROM numbers(${from}, ${count}))`;
}

async function session<Result>(
  place: string,
  use: (query: (text: string) => void) => Result,
): Promise<Result> {
  const { Session } = await loadChdb();
  const opened = new Session(join(place, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  try {
    opened.query('USE keizu');
    return use((text) => opened.query(text));
  } finally {
    opened.close();
  }
}

/** Seconds, those of the processors, and the most memory in MiB while something is done. */
async function measured(
  work: () => Promise<void>,
): Promise<{ readonly seconds: number; readonly cpu: number; readonly peak: number }> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss / 2 ** 20);
  }, 50);
  const began = performance.now();
  const used = process.cpuUsage();
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, peak };
}

async function exportOf(store: Store, folder: string, events: number): Promise<void> {
  const scope: ExportScope = {
    hosts: ['ws001.corp.local'],
    earliest: FIRST * SECOND,
    latest: (FIRST + BigInt(Math.ceil(events / 100))) * SECOND,
    asOf: (FIRST + 1n) * SECOND,
    addresses: [],
  };
  const { manifest } = await writeExport(store, scope, {
    folder,
    form: 'safe',
    productVersion: 'bench',
    limits: {},
    sections: async function* () {
      yield { title: 'Scope', lines: ['of a benchmark'] };
    },
    onProgress: ({ step }) => marks.set(step, marks.get(step) ?? performance.now()),
  });
  if (manifest.events !== events) throw new Error(`${manifest.events} events of ${events}`);
}

const marks = new Map<string, number>();
const place = mkdtempSync(join(tmpdir(), 'keizu-bench-'));
try {
  const data = join(place, 'store');
  await (await openEmbeddedStore(data)).close();
  await session(data, (query) => {
    for (let from = 0; from < EVENTS; from += 250_000)
      query(fillStatement(from, Math.min(250_000, EVENTS - from)));
  });
  const store = await openEmbeddedStore(data);
  const small = await measured(() => exportOf(store, join(place, 'quarter'), EVENTS / 4));
  rmSync(join(place, 'quarter'), { recursive: true });
  marks.clear();
  const whole = await measured(() => exportOf(store, join(place, 'whole'), EVENTS));
  const { problems } = await verifyExport(join(place, 'whole'));
  await store.close();
  const lines = join(place, 'engine.jsonl');
  const own = await measured(() =>
    session(data, (query) =>
      query(
        `SELECT * FROM events ORDER BY index, host, _time, _id INTO OUTFILE '${lines}' FORMAT JSONEachRow SETTINGS optimize_read_in_order = 1`,
      ),
    ),
  );
  const rate = EVENTS / whole.seconds;
  const part = (from: string, to: string) =>
    (((marks.get(to) ?? 0) - (marks.get(from) ?? 0)) / 1000).toFixed(1);
  process.stdout.write(`${EVENTS} events, ${problems.length} problems when verified
export of a quarter    ${small.seconds.toFixed(1)} s, peak ${small.peak.toFixed(0)} MiB
export of all          ${whole.seconds.toFixed(1)} s (processors ${whole.cpu.toFixed(1)} s; from the first events to Parquet ${part('events', 'parquet')} s, Parquet ${part('parquet', 'report')} s), peak ${whole.peak.toFixed(0)} MiB, ${Math.round(rate)} events/s
engine's JSON lines    ${own.seconds.toFixed(1)} s (processors ${own.cpu.toFixed(1)} s), ${statSync(lines).size} bytes
ratio to the engine    ${(whole.seconds / own.seconds).toFixed(2)}; of the processors' seconds ${(whole.cpu / own.cpu).toFixed(2)}
budget ${BUDGET} events/s: ${rate >= BUDGET ? 'held' : 'MISSED'}; memory of all to a quarter ${(whole.peak / small.peak).toFixed(2)}
`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
