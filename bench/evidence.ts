import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileHistory } from '../src/evidence/file-history.ts';
import { countEvidence, readEvidence } from '../src/evidence/read-evidence.ts';
import type { Process } from '../src/lineage/process.ts';
import { loadChdb } from '../src/store/embedded/chdb.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';

/**
 * The evidence of one family out of many events, once with all of them on one host and once spread over 60. Prints seconds
 * of processor and of clock, the best of some rounds; fails where one family takes longer than its budget.
 *
 * `tsx bench/evidence.ts [events] [rounds]`
 */
const BUDGET = 1;
const [eventsText = '1000000', roundsText = '5'] = process.argv.slice(2);
const EVENTS = Number(eventsText);
const ROUNDS = Number(roundsText);

/** Events of one process: its start, what it does, its end. */
const EVENTS_A_PROCESS = 50;
const FIRST_SECOND = 1_700_000_000;
const SECONDS_A_PROCESS = 30;

/** GUID of the n-th process of a host, as SQL and here. */
const guidSql = (n: string) =>
  `concat('11112222-', lower(hex(toUInt16((${FIRST_SECOND} + ${n} * ${SECONDS_A_PROCESS}) % 65536))), '-', lower(hex(toUInt16(intDiv(${FIRST_SECOND} + ${n} * ${SECONDS_A_PROCESS}, 65536)))), '-0000-', leftPad(lower(hex(toUInt32(${n}))), 12, '0'))`;

function guidOf(n: number): string {
  const second = FIRST_SECOND + n * SECONDS_A_PROCESS;
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `11112222-${hex(second % 65_536, 4)}-${hex(Math.floor(second / 65_536), 4)}-0000-${hex(n, 12)}`;
}

const pidOf = (n: number) => (n % 8_000) * 4 + 8;

/** One host after another: `hosts` hosts with the same number of events. */
function fillStatement(hosts: number, from: number, count: number): string {
  return `INSERT INTO events (_id, _time, _indextime, index, host, source, sourcetype, _product, _event_class, _time_source,
    _origin, _offset, _raw, EventCode, process_guid, process_id, process_name, process_path, parent_process_guid, parent_process_id, parent_process_name,
    process, file_path, TargetFilename, TargetObject, registry_path, ImageLoaded, fields)
  SELECT reinterpretAsFixedString(sipHash128(number)), at, at, 'main', host, 'bench', 'bench',
    if(security, 'windows-security', 'sysmon'), class, 'UtcTime', 'bench', number, repeat('x', 400), code,
    if(security, NULL, guid), pid, name, concat('C:\\\\Program Files\\\\', name),
    if(class = 'process-start', parent, NULL), if(class = 'process-start', toString((intDiv(p, 4) % 8000) * 4 + 8), NULL), if(class = 'process-start', 'app.exe', NULL),
    if(class = 'process-start', concat('"', name, '" --run ', toString(number)), NULL),
    if(class IN ('file-create', 'file-access'), file, NULL), if(class = 'file-create', file, NULL),
    if(class = 'registry', 'HKLM\\\\Software\\\\x', NULL), if(class = 'registry', 'HKLM\\\\Software\\\\x', NULL), if(class = 'module-load', 'C:\\\\Windows\\\\x.dll', NULL),
    if(class = 'process-access', concat('{"target_process_guid":"', ${guidSql('intDiv(p, 2)')}, '","target_process_id":"8","target_process_name":"lsass.exe","GrantedAccess":"0x1010"}'), '{"RuleName":"-"}')::JSON
  FROM (SELECT number, concat('ws', toString(number % ${hosts})) AS host, intDiv(number, ${hosts}) AS k, intDiv(k, ${EVENTS_A_PROCESS}) AS p, k % ${EVENTS_A_PROCESS} AS j,
    toDateTime64(${FIRST_SECOND} + p * ${SECONDS_A_PROCESS} + j / 2, 7, 'UTC') AS at, ${guidSql('p')} AS guid, ${guidSql('intDiv(p, 4)')} AS parent,
    toString((p % 8000) * 4 + 8) AS pid, 'app.exe' AS name, concat('C:\\\\Users\\\\u\\\\file ', toString(cityHash64(number) % 100000), '.dat') AS file,
    multiIf(j = 0, 'process-start', j = ${EVENTS_A_PROCESS - 1}, 'process-end', ['file-create', 'registry', 'module-load', 'network', 'dns', 'process-access', 'file-access'][j % 7 + 1]) AS class,
    class = 'file-access' AS security,
    transform(class, ['process-start', 'process-end', 'file-create', 'registry', 'module-load', 'network', 'dns', 'process-access', 'file-access'], ['1', '5', '11', '13', '7', '3', '22', '10', '4663'], '') AS code
    FROM numbers(${from}, ${count}))`;
}

async function fill(place: string, hosts: number): Promise<void> {
  const { Session } = await loadChdb();
  const session = new Session(join(place, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  try {
    session.query('USE keizu');
    for (let from = 0; from < EVENTS; from += 250_000)
      session.query(fillStatement(hosts, from, Math.min(250_000, EVENTS - from)));
    session.query('OPTIMIZE TABLE events FINAL');
  } finally {
    session.close();
  }
}

/** A process in the middle of the host, its children and theirs. */
function family(hosts: number): readonly Process[] {
  const top = Math.floor(EVENTS / hosts / EVENTS_A_PROCESS / 20);
  const children = [1, 2, 3, 4].map((n) => top * 4 + n - 1);
  return [top, ...children, ...children.flatMap((n) => [n * 4, n * 4 + 1])].map(processOf);
}

function processOf(n: number): Process {
  const start = BigInt(FIRST_SECOND + n * SECONDS_A_PROCESS) * 10_000_000n;
  return {
    id: `ws0|${guidOf(n)}`,
    host: 'ws0',
    pid: pidOf(n),
    guid: guidOf(n),
    start,
    startFrom: 'start-event',
    end: start + 245_000_000n,
    image: 'C:\\Program Files\\app.exe',
    otherGuids: [],
    earlierImages: [],
    commandLine: undefined,
    user: 'u',
    logonId: undefined,
    integrityLevel: undefined,
    basis: 'started',
    seenBy: [],
    disagreements: [],
  };
}

interface Question {
  readonly name: string;
  /** Seconds of processor; undefined: only shown. */
  readonly budget?: number;
  ask(store: Store, processes: readonly Process[]): Promise<number>;
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

async function counted(store: Store, processes: readonly Process[]): Promise<number> {
  const all = await countEvidence(store, processes);
  return sum(all.flatMap((each) => [...each.values()].map(({ count }) => count)));
}

const questions: readonly Question[] = [
  { name: 'counts of a family', budget: BUDGET, ask: counted },
  {
    name: 'counts of a family without GUIDs',
    budget: BUDGET,
    ask: (store, processes) =>
      counted(
        store,
        processes.map((each) => ({ ...each, guid: undefined })),
      ),
  },
  {
    name: '500 events of a family',
    budget: BUDGET,
    ask: async (store, processes) => (await readEvidence(store, processes, { limit: 500 })).events.length,
  },
  {
    name: 'counts of 1,000 processes',
    ask: (store) =>
      counted(
        store,
        Array.from({ length: 1_000 }, (_, n) => processOf(n)),
      ),
  },
  {
    name: "a file's history, one host",
    ask: async (store) =>
      sum(
        (await readFileHistory(store, 'C:\\Users\\u\\file 77.dat', { host: 'ws0' })).hosts.map(
          ({ entries }) => entries.length,
        ),
      ),
  },
  {
    name: "a file's history, all hosts",
    ask: async (store) =>
      sum((await readFileHistory(store, 'file 77.dat')).hosts.map(({ entries }) => entries.length)),
  },
];

for (const hosts of [60, 1]) {
  const place = mkdtempSync(join(tmpdir(), 'keizu-bench-'));
  const store = await openEmbeddedStore(place);
  try {
    await fill(place, hosts);
    console.log(`${EVENTS.toLocaleString('en')} events of ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`);
    const processes = family(hosts);
    for (const { name, budget, ask } of questions) {
      let processor = Number.POSITIVE_INFINITY;
      let clock = Number.POSITIVE_INFINITY;
      let rows = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now();
        const before = process.cpuUsage();
        rows = await ask(store, processes);
        const { user, system } = process.cpuUsage(before);
        processor = Math.min(processor, (user + system) / 1e6);
        clock = Math.min(clock, (performance.now() - start) / 1e3);
      }
      const over = budget !== undefined && processor > budget;
      if (over) process.exitCode = 1;
      console.log(
        `  ${name.padEnd(34)}${processor.toFixed(2).padStart(6)} s processor${clock.toFixed(2).padStart(6)} s clock  ${rows.toLocaleString('en').padStart(7)} events${over ? `  over ${budget} s` : ''}`,
      );
    }
  } finally {
    await store.close();
    rmSync(place, { recursive: true, force: true });
  }
}
