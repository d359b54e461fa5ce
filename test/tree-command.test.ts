import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runKeizu, temporaryFolder } from './run-keizu.ts';
import { corpusPath } from './shared-data.ts';

const folder = temporaryFolder();
const store = join(folder, 'store');
const logs = join(folder, 'logs');
const host = 'ws-sal-02';
const word = 'WINWORD.EXE (7344)';
const browser = 'msedge.exe (7344)';

interface Truth {
  readonly keizu: {
    readonly processes: readonly {
      readonly id: string;
      readonly guid: string;
      readonly pid: number;
      readonly start: string;
      readonly parent: string | null;
      readonly recorded: readonly string[];
    }[];
    readonly stories: readonly {
      readonly name: string;
      readonly processes: Readonly<Record<string, string>>;
    }[];
  };
}

interface Shown {
  readonly id: string;
  readonly guid: string | null;
  readonly pid: number | null;
  readonly image: string | null;
  readonly start: string | null;
  readonly parent: {
    readonly id: string | null;
    readonly grade: string;
    readonly reasons: readonly object[];
  };
  readonly depth: number;
  readonly evidence: Readonly<Record<string, number>> | null;
  readonly coverage: Readonly<Record<string, { readonly answer: string; readonly reason: string }>> | null;
  readonly matched: boolean;
  readonly leftOut: { readonly children: number } | null;
  readonly naive?: { readonly parent: string | null; readonly verdict: string };
}

async function tree(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runKeizu(['tree', '--store', store, ...args]);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function records(...args: readonly string[]): Promise<Shown[]> {
  const text = await tree('--host', host, '--format', 'json', ...args);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** The names in a drawn tree with how deep they stand, without the columns around them. */
function names(text: string): string[] {
  return text.split('\n').flatMap((line) => /[├└]─ (\S+ \(\d+\))/.exec(line)?.[1] ?? []);
}

beforeAll(async () => {
  // Late records keep their arrival; all others arrive when they happen.
  for (const args of [
    ['demo', '--out', logs],
    ['ingest', join(logs, 'WS-SAL-02', 'sysmon-late.log'), '--arrival', 'file-time', '--store', store],
    ['ingest', logs, '--arrival', '_time', '--store', store],
  ]) {
    const { status, stderr } = await runKeizu(args);
    if (status !== 0) throw new Error(stderr);
  }
}, 120_000);

describe('the infection of the demonstration case', () => {
  test('is right where the naive tree is wrong, in one command', async () => {
    const text = await tree('--host', host, '--match', 'Invoice 2024-0514', '--compare', 'naive');
    const [graded = '', naive = ''] = text.split('The naive tree:');
    const chain = [
      'explorer.exe (17028)',
      word,
      'powershell.exe (8820)',
      'conhost.exe (8828)',
      'rundll32.exe (9404)',
    ];
    expect(names(graded)).toEqual(
      expect.arrayContaining([...chain, 'regsvr32.exe (5128)', 'systeminfo.exe (10472)']),
    );
    expect(names(graded)).not.toContain(browser);
    expect(graded).toContain(`≠ the naive tree has it under ${browser}`);
    const drawn = names(naive);
    expect(drawn[drawn.indexOf(browser) + 1]).toBe('powershell.exe (8820)');
    expect(naive).toContain(`≠ wrong: its parent is ${word}`);
  });

  test('has the parents of the truth', async () => {
    const { keizu } = JSON.parse(readFileSync(join(logs, 'truth.json'), 'utf8')) as Truth;
    const story = keizu.stories.find(({ name }) => name === 'infection')?.processes ?? {};
    const shown = await records();
    const found = (id: string | undefined | null) => {
      const truth = keizu.processes.find((process) => process.id === id);
      const guid = truth?.guid.toLowerCase().replace(/[{}]/g, '');
      return shown.find(
        (process) =>
          process.guid === guid ||
          (process.guid === null &&
            process.pid === truth?.pid &&
            process.start?.slice(0, 19) === truth?.start.slice(0, 19)),
      );
    };
    for (const [name, id] of Object.entries(story)) {
      const truth = keizu.processes.find((process) => process.id === id);
      const process = found(id);
      expect(process?.parent.id, name).toBe(found(truth?.parent)?.id);
      expect(process?.parent.grade, name).toBe(truth?.recorded.includes('sysmon') ? 'exact' : 'probable');
    }
  });

  test('the tree of the alert is surer half an hour later, and has more', async () => {
    const at = (time: string) => records('--match', 'Invoice 2024-0514', '--as-of', time);
    const grades = (shown: readonly Shown[]) =>
      Object.fromEntries(
        shown
          .filter(({ depth }) => depth > 4)
          .map(({ pid, guid, parent }) => [pid, [parent.grade, guid !== null]]),
      );
    expect(grades(await at('2024-05-14T10:30:00Z'))).toEqual({
      7344: ['probable', false],
      8820: ['probable', false],
      8828: ['probable', false],
      9404: ['probable', false],
      5128: ['probable', false],
    });
    expect(grades(await at('2024-05-14T11:00:00Z'))).toMatchObject({
      7344: ['exact', true],
      8820: ['exact', true],
      8828: ['exact', true],
      9404: ['exact', true],
      5128: ['exact', true],
      10472: [expect.any(String), false],
    });
    const diff = await tree(
      '--host',
      host,
      '--match',
      'Invoice 2024-0514',
      '--diff',
      '2024-05-14T10:30:00Z..2024-05-14T11:00:00Z',
    );
    expect(diff).toContain('2 added, 0 removed, 0 re-linked, 5 re-graded, 5 changed');
    expect(diff).toMatch(/^\+ .*systeminfo\.exe \(10472\)/m);
    expect(diff).toMatch(/^\^ .*powershell\.exe \(8820\)/m);
    expect(diff).toContain('^ its parent was probable, is now exact');
  });

  test('a tree within the lateness of its host says that it is still settling', async () => {
    const header = async (time: string) =>
      (await tree('--host', host, '--pid', '8820', '--as-of', time)).split('\n\n')[0];
    expect(await header('2024-05-14T10:28:00Z')).toContain(
      'still settling: the last event of Microsoft-Windows-Sysmon/Operational is of 2024-05-14 10:26:19.696, 1 min 40 s before this moment;',
    );
    expect(await header('2024-05-14T10:30:00Z')).toContain(
      '29 events (record ids 524976 to 525004) of Microsoft-Windows-Sysmon/Operational',
    );
    expect(await header('2024-05-14T11:05:00Z')).toMatch(/still settling: 2 processes .* 99 % within 31 min/);
    expect(await tree('--host', host, '--pid', '8820')).not.toContain('still settling');
  });

  test('the loader has its DLL and its configuration; missing network events are not certain', async () => {
    const text = await tree('--host', host, '--match', 'Invoice 2024-0514', '--evidence');
    const loader = text.slice(text.indexOf('rundll32.exe (9404)'), text.indexOf('regsvr32.exe (5128)'));
    expect(loader).toContain('wrote C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.dll');
    expect(loader).toContain('wrote C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.cfg');
    expect(loader).toMatch(
      /network connections: not certain: the sensor dropped 7 events of this type between /,
    );
    const shown = await records('--pid', '9404', '--evidence');
    const process = shown.find(({ pid }) => pid === 9404);
    expect(process?.evidence).toMatchObject({ 'file-created': 2, 'file-deleted': 1 });
    expect(process?.coverage?.network?.answer).toBe('not-certain');
  });
});

describe('what is chosen', () => {
  test('a process id at a time', async () => {
    const at = async (time: string) =>
      (await records('--pid', '7344', '--at', time))
        .filter(({ matched }) => matched)
        .map(({ image }) => image?.split('\\').at(-1));
    expect(await at('2024-05-14T09:30:00Z')).toEqual(['msedge.exe']);
    expect(await at('2024-05-14T10:27:00Z')).toEqual(['WINWORD.EXE']);
  });

  test('a GUID, with what is left out counted', async () => {
    const shown = await records('--guid', '{72197A82-3C72-6643-5801-000000000800}');
    expect(shown.filter(({ matched }) => matched).map(({ pid }) => pid)).toEqual([8820]);
    expect(shown.find(({ pid }) => pid === 17028)?.leftOut?.children).toBeGreaterThan(100);
    expect(shown.find(({ pid }) => pid === 7344)?.leftOut).toBeNull();
  });

  test('the whole host', async () => {
    const shown = await records();
    expect(shown.length).toBeGreaterThan(600);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
    expect(shown.every(({ leftOut }) => leftOut === null)).toBe(true);
  });

  test('nothing that matches ends with 1 and says what was scanned', async () => {
    const { status, stdout, stderr } = await runKeizu([
      'tree',
      '--store',
      store,
      '--host',
      host,
      '--match',
      'no such text',
    ]);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^keizu: on ws-sal-02\.kitano\.example no program path or command line has the text no such text\.\n {2}scanned 1,348 process starts and 1,\d+ process ends among 5,104 events, 2024-05-14 /,
    );
  });

  test('a host that is not there ends with 1 and names those that are', async () => {
    const { status, stderr } = await runKeizu(['tree', '--store', store, '--host', 'ws-none']);
    expect(status).toBe(1);
    expect(stderr).toContain('ws-sal-02.kitano.example');
  });

  test.each([
    [['--match', 'a', '--pid', '3']],
    [['--at', '2024-05-14T10:00:00Z']],
    [['--as-of', 'yesterday noon']],
    [['--diff', '2024-05-14T10:00:00Z']],
    [['--diff', '2024-05-14T10:00:00Z..2024-05-14T09:00:00Z']],
    [['--diff', '-2h..-1h', '--as-of', '-1h']],
    [['--match', '']],
    [['--timezone', 'Mars/Olympus']],
  ])('%j is wrong usage', async (args) => {
    const { status, stdout } = await runKeizu(['tree', '--store', store, '--host', host, ...args]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('forms', () => {
  test('times are on the clock of the zone', async () => {
    const text = await tree('--host', host, '--pid', '8820', '--timezone', 'Asia/Tokyo');
    expect(text).toContain('2024-05-14 19:26:58.533 =');
    expect(text).toContain('Asia/Tokyo');
  });

  test('CSV is flat, with a header', async () => {
    const text = await tree(
      '--host',
      host,
      '--pid',
      '8820',
      '--format',
      'csv',
      '--compare',
      'latest-start',
      '--evidence',
    );
    const [header = '', ...lines] = text.split('\r\n');
    expect(header).toBe(
      'id,host,guid,pid,image,command_line,user,start,end,basis,start_from,depth,parent_id,grade,reasons,candidates,flags,seen_by,matched,left_out_children,evidence,coverage,naive_parent_id,naive_verdict',
    );
    expect(lines.find((line) => line.includes(',8820,'))).toMatch(
      /^ws-sal-02\.kitano\.example\|72197a82-3c72-/,
    );
  });

  test('differences as JSON and CSV', async () => {
    const range = ['--pid', '8820', '--diff', '2024-05-14T10:30:00Z..2024-05-14T11:00:00Z'];
    const text = await tree('--host', host, '--format', 'json', ...range);
    const found = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const changed = found.find(({ after }) => after?.pid === 8820);
    expect(changed).toMatchObject({
      changes: ['changed', 're-graded'],
      fields: { guid: { before: null, after: '72197a82-3c72-6643-5801-000000000800' } },
      before: { parent: { grade: 'probable' } },
      after: { parent: { grade: 'exact' } },
    });
    const csv = await tree('--host', host, '--format', 'csv', ...range);
    expect(csv.split('\r\n')[0]).toBe(
      'changes,host,id,pid,image,command_line,start,parent_before,parent_after,grade_before,grade_after,fields',
    );
  });
});

const recording = corpusPath('Security-Datasets', 'datasets', 'compound', 'LSASS_campaign_01');

describe.skipIf(recording === undefined)(
  'a recording of the corpus (skipped where there is no corpus)',
  () => {
    const recorded = join(folder, 'recorded');

    beforeAll(async () => {
      const { status, stderr } = await runKeizu(['ingest', recording ?? '', '--store', recorded]);
      if (status !== 0) throw new Error(stderr);
    }, 120_000);

    test('the family of the payload is whole, with what it did', async () => {
      const { stdout } = await runKeizu([
        'tree',
        '--store',
        recorded,
        '--host',
        'mkt01',
        '--match',
        'payload.exe',
        '--evidence',
      ]);
      expect(stdout).toMatch(/^≈.* explorer\.exe \(4544\) \(seen running\) /im);
      expect(names(stdout)).toEqual([
        'cmd.exe (7588)',
        'conhost.exe (7932)',
        'systeminfo.exe (5464)',
        'whoami.exe (6116)',
        'whoami.exe (6828)',
        'tasklist.exe (7748)',
        'cmd.exe (6924)',
        'conhost.exe (6112)',
        'whoami.exe (5324)',
      ]);
      expect(stdout).toContain('! runs from a Downloads folder');
      expect(stdout).toContain('+ services installed: 1');
      expect(stdout).toContain('started a thread in C:\\Windows\\System32\\svchost.exe (1400)');
    });

    test('every start has its place, and no edge is guessed', async () => {
      const { stdout } = await runKeizu(['tree', '--store', recorded, '--host', 'mkt01', '--format', 'json']);
      const shown: Shown[] = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      const grades = new Map<string, number>();
      for (const { parent } of shown) grades.set(parent.grade, (grades.get(parent.grade) ?? 0) + 1);
      expect(grades.get('exact')).toBe(237);
      expect(grades.get('claimed')).toBe(32);
      expect(grades.get('ambiguous')).toBeUndefined();
    });
  },
);
