/**
 * How long the ledger of a store takes: one million made-up events of 60 hosts and three channels over thirty days, with
 * record ids, gaps, dropped events and clears. Seconds are those of the clock; the best round counts, so that other work on
 * the machine weighs little. The budget is 3 s.
 *
 *   npx tsx bench/coverage.ts [EVENTS] [ROUNDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLedger } from '../src/coverage/read-ledger.ts';
import { loadChdb } from '../src/store/embedded/chdb.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';

const BUDGET = 3;
const [eventsText = '1000000', roundsText = '5'] = process.argv.slice(2);
const EVENTS = Number(eventsText);
const ROUNDS = Number(roundsText);

/** Each host's events go round the three channels; every 5,000th record id of a channel is missing. */
function fillStatement(from: number, count: number): string {
  return `INSERT INTO events (_id, _time, _indextime, index, host, source, sourcetype, _product, _event_class, _time_source,
    _origin, _offset, _raw, EventCode, Channel, EventRecordID, fields)
  SELECT reinterpretAsFixedString(sipHash128(number)), at, at + toIntervalMillisecond(cityHash64(number) % 4000), 'main',
    concat('ws', leftPad(toString(number % 60), 3, '0'), '.corp.local'),
    concat('XmlWinEventLog:', channel), 'XmlWinEventLog', product, class, 'UtcTime', concat('bench', toString(number % 60)),
    number, '<Event/>', code, channel, toString(turn + intDiv(turn, 5000)),
    if(class = 'sensor-drop', '{"ID":"QUEUE","Description":"Events dropped from driver queue: ImageLoad:1 ProcessAccess:51"}',
      '{}')::JSON
  FROM (SELECT number, toDateTime64(1700000000 + number * 2.592, 7, 'UTC') AS at, intDiv(number, 60) AS round,
    round % 3 AS kind, intDiv(round, 3) AS turn,
    ['Microsoft-Windows-Sysmon/Operational', 'Security', 'System'][kind + 1] AS channel,
    ['sysmon', 'windows-security', 'windows'][kind + 1] AS product,
    cityHash64(number) % 16 AS draw,
    if(turn % 1000 = 999 AND kind = 0, 'sensor-drop', [
      ['process-start', 'process-end', 'network', 'dns', 'registry', 'registry', 'registry', 'module-load', 'module-load',
        'file-create', 'file-create', 'process-access', 'pipe', 'file-delete', 'file-stream', 'remote-thread'],
      ['process-start', 'process-end', 'logon', 'logon', 'logon', 'file-access', 'account', 'network', 'network', 'network',
        'other', 'other', 'scheduled-task', 'service', 'logon', 'process-end'],
      arrayWithConstant(16, 'service')][kind + 1][draw + 1]) AS class,
    if(class = 'sensor-drop', '255', toString(4000 + draw)) AS code
    FROM numbers(${from}, ${count}))`;
}

async function fill(place: string): Promise<void> {
  const { Session } = await loadChdb();
  const session = new Session(join(place, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  try {
    session.query('USE keizu');
    for (let from = 0; from < EVENTS; from += 250_000)
      session.query(fillStatement(from, Math.min(250_000, EVENTS - from)));
  } finally {
    session.close();
  }
}

const place = mkdtempSync(join(tmpdir(), 'keizu-bench-'));
const store = await openEmbeddedStore(place);
try {
  await fill(place);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const ledger = await readLedger(store);
    const seconds = (performance.now() - began) / 1000;
    best = Math.min(best, seconds);
    const channels = ledger.hosts.flatMap((host) => host.channels);
    const gaps = channels.reduce((sum, { recordIds }) => sum + recordIds.gaps.length, 0);
    console.log(
      `${seconds.toFixed(2)} s: ${ledger.hosts.length} hosts, ${channels.length} channels, ${gaps} gaps, ` +
        `${channels.reduce((sum, { events }) => sum + events, 0)} events`,
    );
  }
  console.log(best <= BUDGET ? `within the budget of ${BUDGET} s` : `OVER the budget of ${BUDGET} s`);
  if (best > BUDGET) process.exitCode = 1;
} finally {
  await store.close();
  rmSync(place, { recursive: true, force: true });
}
