/**
 * What a search costs beside the SQL that one would write by hand for the same question, over four million made-up events.
 * Both go through the same store and their rows are decoded the same way. Seconds are those of the processor (the engine
 * runs in this process), both take turns, and the best round of each counts, so that other work on the machine weighs
 * little. Events come newest first, and of one moment the last of
 * its file first, by hand too. The budget is 1.3 for each ratio.
 *
 *   npx tsx bench/search.ts [EVENTS] [ROUNDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSearch } from '../src/spl/run.ts';
import { loadChdb } from '../src/store/embedded/chdb.ts';
import type { EmbeddedStore } from '../src/store/embedded/embedded-store.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { type Sql, sql } from '../src/store/sql.ts';
import type { Column, ColumnType } from '../src/store/store.ts';

const BUDGET = 1.3;
const [eventsText = '4000000', roundsText = '7'] = process.argv.slice(2);
const EVENTS = Number(eventsText);
const ROUNDS = Number(roundsText);

/** Process starts over thirty days: 200 images, 40 users, 60 hosts, and a field that has no column of its own. */
function fillStatement(from: number, count: number): string {
  return `INSERT INTO events (_id, _time, _indextime, index, host, source, sourcetype, _product, _event_class, _time_source,
    _origin, _offset, _raw, EventCode, Image, CommandLine, ProcessId, ParentImage, ParentProcessId, user, process_name, fields)
  SELECT reinterpretAsFixedString(sipHash128(number)), at, at, 'main', concat('ws', leftPad(toString(number % 60), 3, '0'), '.corp.local'),
    'xmlwineventlog:microsoft-windows-sysmon/operational', 'xmlwineventlog', 'sysmon', 'process-start', 'UtcTime',
    'bench', number,
    concat('<Event><System><EventID>', code, '</EventID><Computer>ws', toString(number % 60), '.corp.local</Computer></System><EventData><Data Name=''Image''>',
      image, '</Data><Data Name=''CommandLine''>', command, '</Data><Data Name=''User''>CORP\\\\', account, '</Data><Data Name=''Hashes''>SHA256=',
      hex(SHA256(toString(number))), '</Data><Data Name=''RuleName''>', rule, '</Data></EventData></Event>'),
    code, image, command, toString(number % 30000), 'C:\\\\Windows\\\\explorer.exe', toString(number % 5000), account,
    concat('app', toString(number % 200), '.exe'),
    concat('{"RuleName":"', rule, '","TerminalSessionId":"', toString(number % 9), '","Company":"Contoso ', toString(number % 30), '"}')::JSON
  FROM (SELECT number, toDateTime64(1700000000 + number * 2.592, 7, 'UTC') AS at, toString([1, 3, 5, 7, 11][number % 5 + 1]) AS code,
    concat('C:\\\\Program Files\\\\Vendor ', toString(number % 20), '\\\\app', toString(number % 200), '.exe') AS image,
    concat('rule', toString(cityHash64(number) % 400)) AS rule, concat('user', toString(number % 40)) AS account,
    concat('"', image, '" --session ', hex(cityHash64(number)), if(number % 50021 = 0, ' "D:\\\\Finance\\\\Salaries.xls"', ''),
      if(number % 77003 = 0, ' invoke-mimikatz now', ''), ' --profile default --log C:\\\\ProgramData\\\\logs\\\\', toString(number), '.log') AS command
    FROM numbers(${from}, ${count}))`;
}

const fields = [
  'EventCode',
  'Image',
  'CommandLine',
  'ProcessId',
  'ParentImage',
  'ParentProcessId',
  'user',
  'process_name',
];
const coldFields = ['RuleName', 'TerminalSessionId', 'Company'];

async function fill(place: string): Promise<void> {
  const { Session } = await loadChdb();
  const session = new Session(join(place, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  try {
    session.query('USE keizu');
    for (let from = 0; from < EVENTS; from += 250_000)
      session.query(fillStatement(from, Math.min(250_000, EVENTS - from)));
    const names = [...fields, ...coldFields].map((name) => `('main', '${name}', ${EVENTS}, 0)`);
    session.query(`INSERT INTO field_catalogue VALUES ${names.join(', ')}`);
    session.query('OPTIMIZE TABLE events FINAL');
  } finally {
    session.close();
  }
}

interface Question {
  readonly name: string;
  readonly search: string;
  readonly byHand: Sql;
  readonly columns: readonly ColumnType[];
}

const main = sql`index = 'main'`;

const questions: readonly Question[] = [
  {
    name: 'wildcard on CommandLine',
    search:
      'index=main EventCode=1 | search CommandLine="*Salaries.xls*" | table _time host user ProcessId CommandLine',
    byHand: sql`SELECT _time, host, user, ProcessId, CommandLine FROM events
      WHERE ${main} AND EventCode = '1' AND CommandLine ILIKE '%Salaries.xls%' ORDER BY _time DESC, _offset DESC`,
    columns: ['time', 'text', 'text', 'text', 'text'],
  },
  {
    name: 'term in the raw event',
    search: 'index=main mimikatz | table _time host CommandLine',
    byHand: sql`SELECT _time, host, CommandLine FROM events
      WHERE ${main} AND _raw ILIKE '%mimikatz%' AND match(_raw, '(?i)(^|[^a-z0-9])mimikatz($|[^a-z0-9])') ORDER BY _time DESC, _offset DESC`,
    columns: ['time', 'text', 'text'],
  },
  {
    name: 'stats by two fields',
    search: 'index=main | stats count dc(host) AS hosts BY Image user',
    byHand: sql`SELECT Image, user, count(), uniqExact(host) FROM events
      WHERE ${main} AND isNotNull(Image) AND isNotNull(user) GROUP BY Image, user ORDER BY Image, user`,
    columns: ['text', 'text', 'number', 'number'],
  },
  {
    name: 'top',
    search: 'index=main EventCode=1 | top limit=20 process_name',
    byHand: sql`SELECT process_name, count() AS n, toDecimalString(100 * n / sum(n) OVER (), 6) FROM events
      WHERE ${main} AND EventCode = '1' AND isNotNull(process_name) GROUP BY process_name ORDER BY n DESC LIMIT 20`,
    columns: ['text', 'number', 'text'],
  },
  {
    name: 'field without a column',
    search: 'index=main RuleName=rule77 | stats count BY host',
    byHand: sql`SELECT host, count() FROM events
      WHERE ${main} AND lower(fields.RuleName.:String) = 'rule77' GROUP BY host ORDER BY host`,
    columns: ['text', 'number'],
  },
  {
    name: 'timechart',
    search: 'index=main | timechart span=1h count',
    byHand: sql`SELECT toDateTime64(toStartOfHour(_time), 7, 'UTC') AS hour, count() FROM events WHERE ${main} GROUP BY hour
      ORDER BY hour WITH FILL STEP INTERVAL 1 HOUR`,
    columns: ['time', 'number'],
  },
  {
    name: 'timechart by a field',
    search: 'index=main | timechart span=1d count BY user limit=5',
    byHand: sql`WITH best AS (SELECT user FROM events WHERE ${main} GROUP BY user ORDER BY count() DESC, user LIMIT 5)
      SELECT toDateTime64(toStartOfDay(_time), 7, 'UTC') AS day, if(user IN best, user, 'OTHER') AS series, count() FROM events
      WHERE ${main} GROUP BY day, series ORDER BY day, series`,
    columns: ['time', 'text', 'number'],
  },
  {
    name: 'newest events of a host',
    search: 'index=main host=ws007.corp.local | head 100 | table _time process_name CommandLine',
    byHand: sql`SELECT _time, process_name, CommandLine FROM events WHERE ${main} AND host = 'ws007.corp.local'
      ORDER BY _time DESC, _offset DESC LIMIT 100`,
    columns: ['time', 'text', 'text'],
  },
  {
    name: 'rex and stats',
    search:
      'index=main EventCode=1 | rex field=Image "\\x5c(?<name>[^\\x5c]+)$" | eval key=lower(name) | stats count BY key',
    byHand: sql`SELECT lower(extractGroups(Image, '\\\\\\\\([^\\\\\\\\]+)$')[1]) AS key, count() FROM events
      WHERE ${main} AND EventCode = '1' AND isNotNull(Image) GROUP BY key HAVING key != '' ORDER BY key`,
    columns: ['text', 'number'],
  },
];

async function seconds(
  work: () => Promise<number>,
): Promise<{ readonly seconds: number; readonly rows: number }> {
  const start = process.cpuUsage();
  const rows = await work();
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, rows };
}

async function bySearch(store: EmbeddedStore, text: string): Promise<number> {
  const run = await runSearch(store, text);
  let rows = 0;
  for await (const block of run.rows) rows += block.length;
  return rows;
}

async function byHand(store: EmbeddedStore, { byHand: text, columns }: Question): Promise<number> {
  const named = columns.map((type, at): Column => ({ name: `c${at}`, type }));
  let rows = 0;
  for await (const block of store.rows({ sql: text, parameters: {} }, named)) rows += block.length;
  return rows;
}

const place = mkdtempSync(join(tmpdir(), 'keizu-bench-'));
const store = await openEmbeddedStore(place);
try {
  const filled = await seconds(async () => {
    await fill(place);
    return EVENTS;
  });
  console.log(`${EVENTS} events made in ${filled.seconds.toFixed(1)} s`);
  let worst = 0;
  for (const question of questions) {
    const best = { search: Number.POSITIVE_INFINITY, hand: Number.POSITIVE_INFINITY };
    const rows = { search: 0, hand: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const search = await seconds(() => bySearch(store, question.search));
      const hand = await seconds(() => byHand(store, question));
      best.search = Math.min(best.search, search.seconds);
      best.hand = Math.min(best.hand, hand.seconds);
      rows.search = search.rows;
      rows.hand = hand.rows;
    }
    const ratio = best.search / best.hand;
    worst = Math.max(worst, ratio);
    const milliseconds = (value: number) => `${(value * 1000).toFixed(0)} ms`.padStart(8);
    console.log(
      `${question.name.padEnd(26)}${milliseconds(best.search)} search${milliseconds(best.hand)} by hand   ratio ${ratio.toFixed(2)}   rows ${rows.search} / ${rows.hand}`,
    );
  }
  console.log(worst <= BUDGET ? `all within ${BUDGET}` : `over the budget of ${BUDGET}: ${worst.toFixed(2)}`);
  if (worst > BUDGET) process.exitCode = 1;
} finally {
  await store.close();
  rmSync(place, { recursive: true, force: true });
}
