import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultCode } from '../src/core/fault.ts';
import { parseIsoTicks } from '../src/core/ticks.ts';
import { readSources } from '../src/formats/open.ts';
import type { SourceRecord } from '../src/formats/record.ts';
import { Recording } from '../src/ingest/recording.ts';
import { eventOf } from '../src/products/registry.ts';
import { ingestSummary, runKeizu, searchRows, temporaryFolder } from './run-keizu.ts';
import { corpusPath } from './shared-data.ts';

/** What was read of one source: a file, or a member of an archive. */
interface SourceCount {
  readonly origin: string;
  format: string;
  records: number;
  readonly products: Map<string, number>;
  readonly faults: Map<FaultCode, number>;
}

const corpus = corpusPath() ?? '';

/** Reads and maps everything below the corpus as an ingest does, but for the store. */
async function countCorpus(): Promise<ReadonlyMap<string, SourceCount>> {
  const arrival = parseIsoTicks('2026-01-01T00:00:00Z') ?? 0n;
  const counts = new Map<string, SourceCount>();
  let recording = new Recording('');
  for await (const { source, format, items, isLast } of readSources([corpus])) {
    const origin = relative(corpus, source.origin);
    const known = counts.get(origin);
    const count = known ?? { origin, format, records: 0, products: new Map(), faults: new Map() };
    if (!known) counts.set(origin, count);
    count.format = format;
    if (recording.origin !== source.origin) recording = new Recording(source.origin);
    const context = recording.context(arrival);
    const add = (records: readonly SourceRecord[]) => {
      for (const record of records) {
        count.records++;
        const event = eventOf(record, context);
        if ('kind' in event) increment(count.faults, event.code);
        else increment(count.products, event.product);
      }
    };
    for (const item of items) {
      if (item.kind === 'fault') increment(count.faults, item.code);
      else add(recording.take(item, context));
    }
    if (isLast) add(recording.release(context));
  }
  return counts;
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countsText(counts: ReadonlyMap<string, number>): string {
  return [...counts.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function lineOf({ origin, format, records, products, faults }: SourceCount): string {
  return [origin, format, records, countsText(products), countsText(faults)].join('\t').trimEnd();
}

/** Every source of the corpus that has faults, and why it has them. */
const faultySources: Readonly<Record<string, string>> = {
  // Resource forks that a Macintosh put beside the recordings; they hold no events.
  ...Object.fromEntries(
    [
      'cmd_psh_stop_netprofm_eventlog_after_reboot',
      'cmd_wevtutil_modify_security_eventlog_path',
      'psh_metasploit_stop_netprofm_eventlog_after_reboot',
      'psh_stop_event_logging_controlset_minint_key',
      'reg_disable_eventlog_service_startuptype_modification_via_registry',
      'reg_stop_event_logging_controlset001_minint_key',
    ].map((name) => [
      `Security-Datasets/datasets/atomic/windows/defense_evasion/host/${name}.zip!__MACOSX/._${name}.json`,
      'unsupported 1',
    ]),
  ),
  // Packets and a video, which are no logs.
  'Security-Datasets/datasets/compound/LSASS_campaign_01/metasploit_logonpasswords_lsass_memory_dump_pcapng.zip!metasploit_logonpasswords_lsass_memory_dump.pcapng':
    'unsupported 1',
  'splunk-attack_data/datasets/attack_techniques/T1003.001/atomic_red_team/procdump_t1003.001_capattack.zip!162ed664-f0db-4552-8e57-d4b41825dec1\\win-host-mhaag-attack-range-117.mp4':
    'unsupported 1',
  'splunk-attack_data/datasets/attack_techniques/T1003.001/atomic_red_team/procdump_t1003.001_capattack.zip!162ed664-f0db-4552-8e57-d4b41825dec1\\win-host-mhaag-attack-range-117.pcapng':
    'unsupported 1',
  // A fragment of an event without the file around it.
  'omerbenamram-evtx/samples/binxml.dat': 'unsupported 1',
  // Row 35: a command line was redacted together with the quotation mark that ends its cell.
  'msticpy/docs/notebooks/data/process_tree.csv': 'bad-syntax 1',
  // Chunks that fail their checksum: the records around the torn ones are kept.
  'omerbenamram-evtx/samples/2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx':
    'bad-signature 2, bad-structure 2',
  // Chunks whose beginning was overwritten.
  'omerbenamram-evtx/samples/sample_with_a_bad_chunk_magic.evtx': 'bad-signature 2',
  // A dirty file: behind its chunks stands what was on the disk before.
  'omerbenamram-evtx/samples/sysmon.evtx': 'bad-signature 8',
};

/** Records that must come out of files of which that is known from elsewhere; see the corpus's README. */
const knownCounts: Readonly<Record<string, number>> = {
  'omerbenamram-evtx/samples/sample-with-irregular-bool-values.evtx': 3028,
  'omerbenamram-evtx/samples/2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx': 1910,
  'omerbenamram-evtx/samples/2-vss_7-System.evtx': 1160,
  'omerbenamram-evtx/samples/sample_with_a_bad_chunk_magic.evtx': 270,
  'omerbenamram-evtx/samples/Microsoft-Windows-HelloForBusiness%4Operational.evtx': 6,
  'omerbenamram-evtx/samples/E_Windows_system32_winevt_logs_Microsoft-Windows-Shell-Core%4Operational.evtx': 1146,
  'omerbenamram-evtx/samples/E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': 340,
  'omerbenamram-evtx/samples/Application_no_crc32.evtx': 17,
  'omerbenamram-evtx/samples/security.evtx': 2261,
  'omerbenamram-evtx/samples/sysmon.evtx': 358,
  'omerbenamram-evtx/samples/MSExchange_Management_wec.evtx': 1,
  'omerbenamram-evtx/samples/new-user-security.evtx': 4,
  'omerbenamram-evtx/samples/Security_short_selected.evtx': 7,
  'python-evtx/tests/data/issue_38.evtx': 1,
  'ts-evtx/test/fixtures/Security.evtx': 1715,
  'ts-evtx/test/fixtures/Security.xml': 1715,
  'ts-evtx/test/fixtures/Application.evtx': 366,
  'ts-evtx/test/fixtures/Application.xml': 366,
};

describe.skipIf(corpusPath() === undefined)('every file of the corpus', () => {
  let counts: ReadonlyMap<string, SourceCount>;
  const recordsOf = (origin: string) => counts.get(origin)?.records;
  const total = (test: (origin: string) => boolean) =>
    [...counts.values()].filter(({ origin }) => test(origin)).reduce((sum, { records }) => sum + records, 0);

  beforeAll(async () => {
    counts = await countCorpus();
  }, 300_000);

  test('gives the records, products and faults that it gave before', async () => {
    const header = ['source', 'format', 'records', 'events by product', 'faults by code'].join('\t');
    const lines = [...counts.values()].map(lineOf).sort((one, other) => (one < other ? -1 : 1));
    await expect(`${[header, ...lines].join('\n')}\n`).toMatchFileSnapshot('corpus-ingest.tsv');
  });

  test('is read but for the named faults, and every record becomes an event', () => {
    const faulty = [...counts.values()].filter(({ faults }) => faults.size > 0);
    expect(Object.fromEntries(faulty.map(({ origin, faults }) => [origin, countsText(faults)]))).toEqual(
      faultySources,
    );
    for (const { origin, records, products } of counts.values()) {
      const events = [...products.values()].reduce((sum, count) => sum + count, 0);
      expect({ origin, events }).toEqual({ origin, events: records });
    }
  });

  test('has the records that other readers found', () => {
    expect(Object.fromEntries(Object.keys(knownCounts).map((path) => [path, recordsOf(path)]))).toEqual(
      knownCounts,
    );
  });

  test('each recording has the events that were measured', () => {
    const [header = '', ...rows] = readFileSync(join(corpus, 'RECORDINGS.tsv'), 'utf8').trimEnd().split('\n');
    const column = new Map(header.split('\t').map((name, at) => [name, at]));
    const measured = rows.map((row) => {
      const cells = row.split('\t');
      const cell = (name: string) => cells[column.get(name) ?? -1] ?? '';
      return [`${cell('path')}!${cell('member')}`, Number(cell('events'))] as const;
    });
    expect(measured).toHaveLength(58);
    expect(measured.map(([origin]) => [origin, recordsOf(origin)])).toEqual(measured);
  });

  test('one log in three forms has the same events in each', () => {
    const folder = 'derived-splunk/procdump_T1003.001';
    const known = JSON.parse(readFileSync(join(corpus, folder, 'COUNTS.json'), 'utf8'));
    const products = 'sysmon 429, windows 1675, windows-security 356';
    for (const name of ['xmlwineventlog.log', 'splunk_export.csv', 'splunk_export.json']) {
      const count = counts.get(`${folder}/${name}`);
      expect(count?.records).toBe(known.events);
      expect(countsText(count?.products ?? new Map())).toBe(products);
    }
  });

  test('EVTX that one library gave up on adds to the events that it found', () => {
    const isLog = (origin: string) => origin.startsWith('EVTX-to-MITRE-Attack/') && origin.endsWith('.evtx');
    // libevtx reads 8,728 events and nothing of 13 files, which hold 1,287.
    expect(total(isLog)).toBe(8_728 + 1_287);
  });

  test('each line of line-by-line logs is a record', () => {
    const lineLogs = [...counts.keys()].filter((origin) =>
      /^(?:panther-analysis|sc4s-proxy-samples)\/.*\.jsonl$/.test(origin),
    );
    expect(lineLogs).toHaveLength(10);
    for (const origin of lineLogs) {
      const lines = readFileSync(join(corpus, origin), 'utf8').split('\n');
      expect({ origin, records: recordsOf(origin) }).toEqual({
        origin,
        records: lines.filter((line) => line.trim() !== '').length,
      });
    }
  });
});

const clock = corpusPath(
  'Security-Datasets/datasets/compound/LSASS_campaign_01/metasploit_logonpasswords_lsass_memory_dump.zip',
);
const cases = corpusPath(
  'Security-Datasets/datasets/atomic/windows/defense_evasion/host/psh_metasploit_stop_netprofm_eventlog_after_reboot.zip',
);
const channels = corpusPath(
  'Security-Datasets/datasets/atomic/windows/persistence/host/covenant_persistwmi.tar.gz',
);
const nxlog = corpusPath(
  'splunk-attack_data/datasets/attack_techniques/T1047/atomic_red_team/attack_data.tar.gz',
);
const japanese = corpusPath('JPCERT-log-analysis-training/Hands-on');
const sources = { clock, cases, channels, nxlog, japanese };

describe.skipIf(Object.values(sources).includes(undefined))('traps of the corpus, through a search', () => {
  const store = join(temporaryFolder(), 'store');

  beforeAll(async () => {
    for (const [index, path] of Object.entries(sources))
      await ingestSummary(store, path ?? '', '--index', index);
  }, 120_000);

  test('local time on a 12-hour clock is set right: all events lie in the 15 minutes of the recording', async () => {
    const { stderr } = await runKeizu(['search', 'index=clock | stats count', '--store', store]);
    expect(stderr).toMatch(
      /^1 row; scanned 53,698 events of 1 host, 2023-08-16T04:53:46\.\d+Z to 2023-08-16T05:07:54\.\d+Z; no faults/,
    );
  });

  test('a process has one id in both sensors’ logs: 4688’s is hexadecimal, and not its creator’s', async () => {
    const rows = await searchRows(
      store,
      `index=clock (EventCode=1 source="xmlwineventlog:microsoft-windows-sysmon/operational") OR EventCode=4688
      | stats count, dc(EventCode) AS sensors, dc(process_path) AS paths by process_id
      | where sensors=2 | stats count AS both, sum(eval(if(paths=1,1,0))) AS same`,
    );
    // Process ids are given again within the recording, so not each of the 53 ids means one program.
    expect(rows).toEqual([{ both: 53, same: 42 }]);
  });

  test('one host whatever the case of its name; the name as recorded stays', async () => {
    expect(await searchRows(store, 'index=cases | stats count by host')).toEqual([
      { host: 'pedro01', count: 10_854 },
    ]);
    expect(await searchRows(store, 'index=cases host=PEDRO01 | stats count by Computer')).toEqual([
      { Computer: 'PEDRO01', count: 32 },
      { Computer: 'Pedro01', count: 10_822 },
    ]);
  });

  test('one channel whatever its case', async () => {
    expect(await searchRows(store, 'index=channels source="WinEventLog:Security" | stats count')).toEqual([
      { count: 135 + 164 },
    ]);
  });

  test('the process id of nxlog events is not that of the Sysmon service', async () => {
    const starts = 'index=nxlog EventCode=1';
    expect(await searchRows(store, `${starts} ProcessId=2804 | table Image ExecutionProcessID`)).toEqual([
      { Image: String.raw`C:\Windows\sysmon64.exe`, ExecutionProcessID: '2804' },
    ]);
    expect(await searchRows(store, `${starts} | stats count, dc(ProcessId) AS ids`)).toEqual([
      { count: 335, ids: 249 },
    ]);
  });

  test('Japanese Event Viewer exports: ragged rows, messages of several lines, JST beside UTC', async () => {
    // Two exports that name no host have five equal rows: events of two hosts.
    expect(await searchRows(store, 'index=japanese | stats count')).toEqual([{ count: 655 }]);
    const search = 'index=japanese EventCode=1 ProcessId=2576 | table _time UtcTime Image user CommandLine';
    expect(await searchRows(store, search)).toEqual([
      {
        _time: '2019-11-07T08:58:48.3260000Z',
        UtcTime: '2019-11-07 08:58:48.326',
        Image: String.raw`C:\Program Files (x86)\Google\Update\GoogleUpdate.exe`,
        user: 'SYSTEM',
        CommandLine: String.raw`"C:\Program Files (x86)\Google\Update\GoogleUpdate.exe" /svc`,
      },
    ]);
  });
});
