import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIsoTicks, TICKS_PER_SECOND } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { LossReader } from '../lineage/host-lineage.ts';
import type { EmbeddedStore } from '../store/embedded/embedded-store.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { StoredEvent } from '../store/store.ts';
import { runSearch } from './run.ts';
import { SearchError } from './search-error.ts';

const START = parseIsoTicks('2024-05-14T10:00:00Z') ?? 0n;

/** A process by its name, process id and GUID; the same id is borne by a browser and then by Word. */
const guid = (number: number) => `aaaaaaaa-0000-0000-0000-00000000000${number}`;
const explorer = { pid: 100, guid: guid(1), image: 'C:\\Windows\\explorer.exe' };
const browser = { pid: 7344, guid: guid(2), image: 'C:\\Edge\\msedge.exe' };
const word = { pid: 7344, guid: guid(3), image: 'C:\\Office\\WINWORD.EXE' };
const shell = {
  pid: 8820,
  guid: guid(4),
  image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
};
type Made = typeof explorer;

let number = 0;
function event(
  second: number,
  eventClass: EventClass,
  process: Made,
  more: Record<string, string> = {},
  host = 'ws1.example',
  late = 1,
): StoredEvent {
  const time = START + BigInt(second) * TICKS_PER_SECOND;
  number += 1;
  const fingerprint = new Uint8Array(16);
  fingerprint[0] = number;
  return {
    event: {
      time,
      timeSource: 'UtcTime',
      host,
      source: 'xmlwineventlog:microsoft-windows-sysmon/operational',
      sourcetype: 'xmlwineventlog',
      product: 'sysmon',
      eventClass,
      raw: more.CommandLine ?? '',
      fields: {
        EventCode: eventClass === 'process-start' ? '1' : eventClass === 'process-end' ? '5' : '11',
        process_id: String(process.pid),
        ...(process.guid !== '' && { process_guid: process.guid }),
        process_path: process.image,
        ...more,
      },
    },
    index: 'main',
    arrival: time + BigInt(late) * TICKS_PER_SECOND,
    origin: 'log',
    offset: number,
    fingerprint,
  };
}

function start(
  second: number,
  process: Made,
  parent: Made,
  commandLine: string,
  host?: string,
  late?: number,
) {
  return event(
    second,
    'process-start',
    process,
    {
      CommandLine: commandLine,
      process: commandLine,
      User: 'K\\haruka',
      user: 'haruka',
      parent_process_id: String(parent.pid),
      parent_process_guid: parent.guid,
      parent_process_path: parent.image,
    },
    host,
    late,
  );
}

const events: readonly StoredEvent[] = [
  start(0, explorer, { pid: 4, guid: guid(9), image: 'C:\\Windows\\System32\\userinit.exe' }, 'explorer'),
  start(60, browser, explorer, 'msedge'),
  event(600, 'process-end', browser),
  start(1_600, word, explorer, 'winword Invoice.doc', undefined, 1_800),
  start(1_617, shell, word, 'powershell -enc AAAA'),
  event(1_620, 'file-create', shell, { file_path: 'C:\\x\\R43H.dll' }),
  // Windows Security names parents by process id alone.
  event(
    3_000,
    'process-start',
    { pid: 9_000, guid: '', image: 'C:\\child.exe' },
    {
      CommandLine: 'child',
      process: 'child',
      user: 'haruka',
      user_domain: 'K',
      parent_process_id: '100',
      parent_process_path: explorer.image,
    },
    'ws3.example',
  ),
  event(
    2_000,
    'process-start',
    { pid: 100, guid: '', image: explorer.image },
    { CommandLine: 'explorer' },
    'ws3.example',
  ),
  // Another host has a process of the same process id.
  start(1_600, { ...browser, guid: guid(7) }, explorer, 'msedge elsewhere', 'ws2.example'),
];

let place: string;
let store: EmbeddedStore;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'keizu-lineage-'));
  store = await openEmbeddedStore(join(place, 'store'));
  await store.write(events);
});

afterAll(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

async function run(text: string): Promise<{ rows: Record<string, unknown>[]; codes: string[] }> {
  const search = await runSearch(store, text, { now: START + 7_200n * TICKS_PER_SECOND });
  const rows: Record<string, unknown>[] = [];
  for await (const block of search.rows)
    for (const row of block)
      rows.push(Object.fromEntries(search.columns.map(({ name }, at) => [name, row[at]])));
  return { rows, codes: search.diagnostics.map(({ code }) => code) };
}

async function trees(text: string): Promise<unknown[]> {
  return (await run(text)).rows.map(({ tree }) => tree);
}

describe('proctree', () => {
  test('one row a process, in the order of the tree, hosts apart', async () => {
    const { rows, codes } = await run('index=main | proctree');
    expect(rows.map(({ tree }) => tree)).toEqual([
      'userinit.exe (4) (claimed)',
      '└╌ explorer.exe (100)',
      '   ├─ msedge.exe (7344)',
      '   └─ WINWORD.EXE (7344)',
      '      └─ powershell.exe (8820)',
      'explorer.exe (100) (claimed)',
      '└╌ msedge.exe (7344)',
      'explorer.exe (100)',
      '└─ child.exe (9000)',
    ]);
    expect(rows[4]).toMatchObject({
      _time: START + 1_617n * TICKS_PER_SECOND,
      host: 'ws1.example',
      depth: 3,
      process_id: '8820',
      process_guid: guid(4),
      process_name: 'powershell.exe',
      process: 'powershell -enc AAAA',
      user: 'K\\haruka',
      link_grade: 'exact',
      parent_process_id: '7344',
      parent_process_guid: guid(3),
      parent_process_name: 'WINWORD.EXE',
      known_from: 'started',
      flags: ['Word (winword.exe) started a shell (powershell.exe)'],
    });
    expect(rows[4]?.link_reasons).toContain('the child names the GUID of its parent');
    expect(rows[2]?.end_time).toBe(START + 600n * TICKS_PER_SECOND);
    expect(codes).toEqual(['parents-outside']);
  });

  test('root= begins trees at what has the text', async () => {
    expect(await trees('index=main | proctree root=invoice')).toEqual([
      'WINWORD.EXE (7344)',
      '└─ powershell.exe (8820)',
    ]);
  });

  test('asof= leaves out what had not arrived', async () => {
    expect(await trees('index=main host=ws1* | proctree asof="2024-05-14T10:30:00Z" root=winword')).toEqual([
      'WINWORD.EXE (7344) (claimed)',
      '└╌ powershell.exe (8820)',
    ]);
  });

  test('an account has its domain, which Windows Security has in a field of its own', async () => {
    const { rows } = await run('index=main host=ws3* | proctree root=child');
    expect(rows.map(({ user }) => user)).toEqual(['K\\haruka']);
  });

  test('fields of any name, process ids in hexadecimal, GUIDs in braces', async () => {
    const found = await run(
      `| makeresults format=csv data="ts,machine,new,creator,path,g
1700000000,H1,0x10,0x4,C:\\\\a.exe,{AAAAAAAA-0000-0000-0000-000000000001}
1700000001,H1,0x20,0x10,C:\\\\b.exe,{AAAAAAAA-0000-0000-0000-000000000002}"
      | eval _time=ts | proctree host=machine pid=new ppid=creator image=path guid=g | table host tree process_guid`,
    );
    expect(found.rows).toEqual([
      { host: 'h1', tree: '(program unknown) (4) (claimed)', process_guid: null },
      { host: 'h1', tree: '└╌ a.exe (16)', process_guid: guid(1) },
      { host: 'h1', tree: '   └─ b.exe (32)', process_guid: guid(2) },
    ]);
  });

  test('rows that name no process are counted', async () => {
    const { rows, codes } = await run('index=main | fields - process_id process_guid | proctree');
    expect(rows).toEqual([]);
    expect(codes).toEqual(['rows-without-process']);
  });

  test('composes with what follows', async () => {
    const { rows } = await run(
      'index=main | proctree | where link_grade="exact" | stats count max(depth) AS deepest BY host',
    );
    expect(rows).toEqual([{ host: 'ws1.example', count: 3, deepest: 3 }]);
  });
});

describe('ancestors and descendants', () => {
  test('ancestors lie outside of the search and its time range', async () => {
    const { rows } = await run('index=main EventCode=11 earliest="2024-05-14T10:26:50Z" | ancestors');
    expect(rows.map(({ tree, hidden_children }) => [tree, hidden_children])).toEqual([
      ['userinit.exe (4) (claimed)', null],
      ['└╌ explorer.exe (100)', 1],
      ['   └─ WINWORD.EXE (7344)', null],
      ['      └─ powershell.exe (8820)', null],
    ]);
  });

  test('descendants', async () => {
    expect(await trees('index=main Image=*winword.exe OR process_path=*winword.exe | descendants')).toEqual([
      'WINWORD.EXE (7344)',
      '└─ powershell.exe (8820)',
    ]);
  });

  test('a process id means the process that bore it then', async () => {
    const at = (time: string) =>
      trees(`| makeresults | eval host="ws1.example", process_id="7344", _time=${time} | descendants`);
    const seconds = Number(START / TICKS_PER_SECOND);
    expect(await at(String(seconds + 300))).toEqual(['msedge.exe (7344)']);
    expect(await at(String(seconds + 1_605))).toEqual(['WINWORD.EXE (7344)', '└─ powershell.exe (8820)']);
  });

  test('as of a moment', async () => {
    expect(await trees('index=main EventCode=11 | ancestors asof="2024-05-14T10:30:00Z"')).toEqual([
      'WINWORD.EXE (7344) (claimed)',
      '└╌ powershell.exe (8820)',
    ]);
  });

  test('what is known of missing events makes an edge doubtful', async () => {
    const grades = async (lossOf?: LossReader) => {
      const search = await runSearch(store, 'index=main child | descendants', { ...(lossOf && { lossOf }) });
      const rows: unknown[] = [];
      for await (const block of search.rows)
        for (const row of block)
          rows.push(row[search.columns.findIndex(({ name }) => name === 'link_grade')]);
      return rows;
    };
    const gap = { from: START, to: START + 7_200n * TICKS_PER_SECOND, of: 'both', why: 'gap' } as const;
    expect(await grades()).toEqual(['probable']);
    expect(await grades(async () => ({ windows: [gap] }))).toEqual(['ambiguous']);
  });

  test('a process that the store does not know is told of', async () => {
    const { rows, codes } = await run('| makeresults | eval host="ws1.example", process_id="1" | ancestors');
    expect(rows).toEqual([]);
    expect(codes).toEqual(['processes-not-found']);
  });
});

describe('faults of the search', () => {
  test.each([
    ['index=main | proctree asof=yesterday', 'bad-option-value'],
    ['index=main | proctree depth=3', 'unknown-option'],
    ['index=main | ancestors ppid=x', 'unknown-option'],
    ['index=main | descendants everything', 'too-many-arguments'],
  ])('%s', async (text, code) => {
    const failure = await run(text).catch((error) => error);
    expect(failure).toBeInstanceOf(SearchError);
    expect((failure as SearchError).diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });
});
