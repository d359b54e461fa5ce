import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TruthProcess } from '../src/demo/truth.ts';
import { ingestSummary, runKeizu, searchRows, temporaryFolder } from './run-keizu.ts';
import { corpusPath } from './shared-data.ts';

/** How a log names what the three searches ask of the start of a process. */
interface StartLog {
  readonly scope: string;
  readonly image: string;
  readonly processId: string;
  readonly commandLine: string;
  readonly parentImage: string;
  readonly parentProcessId: string;
}

const sysmon: StartLog = {
  scope: 'source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1',
  image: 'Image',
  processId: 'ProcessId',
  commandLine: 'CommandLine',
  parentImage: 'ParentImage',
  parentProcessId: 'ParentProcessId',
};

/** Windows Security 4688 by the names of Splunk's add-on for the text form of the event. */
const securityText: StartLog = {
  scope: 'source="WinEventLog:Security" EventCode=4688',
  image: 'New_Process_Name',
  processId: 'New_Process_ID',
  commandLine: 'Process_Command_Line',
  parentImage: 'Creator_Process_Name',
  parentProcessId: 'Creator_Process_ID',
};

/** The same by the names in the event's XML, where `ProcessId` is the creator's. */
const securityXml: StartLog = {
  scope: 'source="WinEventLog:Security" EventCode=4688',
  image: 'NewProcessName',
  processId: 'NewProcessId',
  commandLine: 'CommandLine',
  parentImage: 'ParentProcessName',
  parentProcessId: 'ProcessId',
};

function whoSearch(log: StartLog, index: string, words: string): string {
  return `index=${index} ${log.scope}
| search ${log.commandLine}="*${words}*"
| table _time host user ${log.processId} ${log.commandLine}`;
}

function parentSearch(log: StartLog, index: string, words: string): string {
  return `index=${index} ${log.scope}
| search ${log.commandLine}="*${words}*"
| table parent_process_name parent_process_id parent_process_path process_path`;
}

function treeSearch(log: StartLog, index: string, user: string, words: string): string {
  return String.raw`index=${index} ${log.scope} user=${user}
| rex field=${log.parentImage} "\x5c(?<ParentName>[^\x5c]+)$"
| rex field=${log.image} "\x5c(?<ProcessName>[^\x5c]+)$"
| eval parent = ParentName." (".${log.parentProcessId}.")"
| eval child = ProcessName." (".${log.processId}.")"
| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".${log.commandLine}
| pstree child=child parent=parent detail=detail spaces=50
| search tree=*${words}*
| table tree`;
}

/** The searches as they are published. The functions above must give these; see the first test. */
const published = [
  `index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1
| search CommandLine="*Salaries.xls*"
| table _time host user ProcessId CommandLine`,
  `index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1
| search CommandLine="*Salaries.xls*"
| table parent_process_name parent_process_id parent_process_path process_path`,
  String.raw`index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic
| rex field=ParentImage "\x5c(?<ParentName>[^\x5c]+)$"
| rex field=Image "\x5c(?<ProcessName>[^\x5c]+)$"
| eval parent = ParentName." (".ParentProcessId.")"
| eval child = ProcessName." (".ProcessId.")"
| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine
| pstree child=child parent=parent detail=detail spaces=50
| search tree=*Salaries.xls*
| table tree`,
] as const;

test('the searches that are tested on other logs are the published ones', () => {
  expect([
    whoSearch(sysmon, 'main', 'Salaries.xls'),
    parentSearch(sysmon, 'main', 'Salaries.xls'),
    treeSearch(sysmon, 'main', 'wallylambic', 'Salaries.xls'),
  ]).toEqual(published);
});

/** Values of the only column of the only row. */
function treeOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  expect(rows).toHaveLength(1);
  return rows[0]?.tree as readonly string[];
}

/** The labels of a tree, in its order and with its marks, without the details. */
const labels = (tree: readonly string[]) => tree.map((line) => line.replace(/(\(\w+\)).*/, '$1'));

describe('the demonstration case', () => {
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  let excel: TruthProcess;
  let outlook: TruthProcess;
  let trees: readonly (readonly string[])[];

  beforeAll(async () => {
    const logs = join(folder, 'logs');
    expect((await runKeizu(['demo', '--out', logs])).status).toBe(0);
    expect(await ingestSummary(store, logs)).toMatchObject({ files: 12, duplicates: 0, faults: 0 });
    const { keizu: truth } = JSON.parse(readFileSync(join(logs, 'truth.json'), 'utf8'));
    const processes = new Map<string, TruthProcess>(
      truth.processes.map((process: TruthProcess) => [process.id, process]),
    );
    const [story] = truth.stories;
    [excel, outlook] = ['excel', 'outlook'].map((name) => processes.get(story.processes[name])) as [
      TruthProcess,
      TruthProcess,
    ];
    trees = story.searches.slice(2).map((search: { rows: { tree: string[] }[] }) => search.rows[0]?.tree);
  });

  test('who opened Salaries.xls', async () => {
    expect(await searchRows(store, published[0])).toEqual([
      {
        _time: excel.start,
        host: excel.host.toLowerCase(),
        user: 'wallylambic',
        ProcessId: '6416',
        CommandLine: excel.commandLine,
      },
    ]);
  });

  test('what opened it', async () => {
    expect(await searchRows(store, published[1])).toEqual([
      {
        parent_process_name: 'Outlook.exe',
        parent_process_id: '11120',
        parent_process_path: outlook.image,
        process_path: excel.image,
      },
    ]);
  });

  test('the tree around it', async () => {
    const tree = treeOf(await searchRows(store, published[2]));
    expect(tree).toEqual(trees[0]);
    expect(labels(tree).slice(0, 6)).toEqual([
      'Outlook.exe (11120)',
      '|--- Excel.exe (6416)',
      '`` |--- mshta.exe (12404)',
      '`` `` |--- powershell.exe (16796)',
      '`` `` `` |--- powershell.exe (5912)',
      '`` `` `` `` |--- cmd.exe (1832)',
    ]);
  });

  test('in the terminal the tree is printed a line a process', async () => {
    const { stdout } = await runKeizu(['search', published[2], '--store', store]);
    expect(stdout.split('\n').slice(2)).toEqual([...(trees[0] ?? []), '']);
  });

  describe.each([
    ['the add-on’s names', securityText],
    ['the XML’s names', securityXml],
  ])('Windows Security 4688 by %s', (_, log) => {
    test('who opened Salaries.xls', async () => {
      const rows = await searchRows(store, whoSearch(log, 'main', 'Salaries.xls'));
      expect(rows).toEqual([
        {
          _time: expect.stringMatching(/^2024-05-14T09:42:18\.412\d{4}Z$/),
          host: excel.host.toLowerCase(),
          user: 'wallylambic',
          [log.processId]: '0x1910',
          [log.commandLine]: excel.commandLine,
        },
      ]);
    });

    test('what opened it', async () => {
      expect(await searchRows(store, parentSearch(log, 'main', 'Salaries.xls'))).toEqual([
        {
          parent_process_name: 'Outlook.exe',
          parent_process_id: '11120',
          parent_process_path: outlook.image,
          process_path: excel.image,
        },
      ]);
    });

    test('the tree around it', async () => {
      const tree = treeOf(await searchRows(store, treeSearch(log, 'main', 'wallylambic', 'Salaries.xls')));
      expect(tree).toEqual(trees[1]);
    });
  });
});

/** One host's log of a day in the form that an export, a pipeline and Windows itself give it. */
const host = 'win-host-mhaag-attack-range-117';
const sameLog = {
  xml: corpusPath('derived-splunk/procdump_T1003.001/xmlwineventlog.log'),
  csv: corpusPath('derived-splunk/procdump_T1003.001/splunk_export.csv'),
  json: corpusPath('derived-splunk/procdump_T1003.001/splunk_export.json'),
  evtx: corpusPath(
    'splunk-attack_data/datasets/attack_techniques/T1003.001/atomic_red_team/procdump_t1003.001_capattack.zip',
  ),
} as const;
const forms = Object.keys(sameLog) as (keyof typeof sameLog)[];

describe.skipIf(Object.values(sameLog).includes(undefined))(
  'procdump of lsass, from event XML, a Splunk CSV export, a Splunk JSON export and EVTX',
  () => {
    const store = join(temporaryFolder(), 'store');
    const procdump = String.raw`C:\AtomicRedTeam\atomics\T1003.001\bin\procdump.exe`;
    const dump = (kind: string, blanks: string) =>
      String.raw`${procdump}${blanks}-accepteula ${kind} lsass.exe C:\Windows\Temp\lsass_dump.dmp`;
    const conhost = String.raw`\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`;
    const line = (label: string, second: number, commandLine: string) =>
      `${label.padEnd(49)} 2022-08-31 19:18:${second} ${commandLine}`;
    /** As the events say it, read by hand; `id` writes a process id. */
    const expectedTree = (id: (pid: number) => string) => [
      `powershell.exe (${id(1984)})`,
      line(`|--- cmd.exe (${id(1684)})`, 46, `"cmd.exe" /c "${dump('-mm', ' ')}"`),
      line(`\`\` |--- procdump.exe (${id(6012)})`, 46, dump('-mm', '  ')),
      line(`\`\` \`\` |--- procdump64.exe (${id(5084)})`, 46, dump('-mm', '  ')),
      line(`\`\` |--- conhost.exe (${id(4136)})`, 46, conhost),
      line(`|--- cmd.exe (${id(996)})`, 45, `"cmd.exe" /c "${dump('-ma', ' ')}"`),
      line(`\`\` |--- procdump.exe (${id(6168)})`, 45, dump('-ma', '  ')),
      line(`\`\` \`\` |--- procdump64.exe (${id(8112)})`, 46, dump('-ma', '  ')),
      line(`\`\` |--- conhost.exe (${id(8268)})`, 45, conhost),
      line(`|--- whoami.exe (${id(5508)})`, 45, String.raw`"C:\Windows\system32\whoami.exe"`),
      line(`|--- HOSTNAME.EXE (${id(4884)})`, 45, String.raw`"C:\Windows\system32\HOSTNAME.EXE"`),
    ];

    beforeAll(async () => {
      for (const form of forms) await ingestSummary(store, sameLog[form] ?? '', '--index', form);
    });

    test.each(forms)('who dumped lsass (%s)', async (form) => {
      expect(await searchRows(store, whoSearch(sysmon, form, 'lsass_dump'))).toEqual(
        [
          ['46.9660000', 5084, dump('-mm', '  ')],
          ['46.9200000', 6012, dump('-mm', '  ')],
          ['46.8830000', 1684, `"cmd.exe" /c "${dump('-mm', ' ')}"`],
          ['46.1100000', 8112, dump('-ma', '  ')],
          ['45.6480000', 6168, dump('-ma', '  ')],
          ['45.6190000', 996, `"cmd.exe" /c "${dump('-ma', ' ')}"`],
        ].map(([second, pid, commandLine]) => ({
          _time: `2022-08-31T19:18:${second}Z`,
          host,
          user: 'Administrator',
          ProcessId: String(pid),
          CommandLine: commandLine,
        })),
      );
    });

    test.each(forms)('what started it (%s)', async (form) => {
      const rows = await searchRows(store, parentSearch(sysmon, form, 'lsass_dump'));
      expect(rows.map((row) => `${row.parent_process_name} ${row.parent_process_id}`)).toEqual([
        'procdump.exe 6012',
        'cmd.exe 1684',
        'powershell.exe 1984',
        'procdump.exe 6168',
        'cmd.exe 996',
        'powershell.exe 1984',
      ]);
      expect(rows[1]).toEqual({
        parent_process_name: 'cmd.exe',
        parent_process_id: '1684',
        parent_process_path: String.raw`C:\Windows\System32\cmd.exe`,
        process_path: procdump,
      });
    });

    test.each(forms)('the tree around it (%s)', async (form) => {
      const tree = treeOf(await searchRows(store, treeSearch(sysmon, form, 'Administrator', 'lsass_dump')));
      expect(tree).toEqual(expectedTree(String));
    });

    // The exports were made with another renderer, which writes 64-bit hexadecimal numbers with all their digits.
    const written = {
      evtx: (pid: number) => `0x${pid.toString(16)}`,
      xml: (pid: number) => `0x${pid.toString(16).padStart(16, '0')}`,
    };
    test.each([
      ['evtx', securityText],
      ['evtx', securityXml],
      ['xml', securityText],
    ] as const)('the tree around it, from 4688 (%s)', async (form, log) => {
      const tree = treeOf(await searchRows(store, treeSearch(log, form, 'Administrator', 'lsass_dump')));
      expect(tree).toEqual(expectedTree(written[form]));
    });
  },
);

const flat = corpusPath(
  'Security-Datasets/datasets/compound/LSASS_campaign_01/metasploit_logonpasswords_lsass_memory_dump.zip',
);
const nxlog = corpusPath(
  'splunk-attack_data/datasets/attack_techniques/T1047/atomic_red_team/attack_data.tar.gz',
);

describe.skipIf(flat === undefined)(
  'a Metasploit payload, from flat JSON lines on a local 12-hour clock',
  () => {
    const store = join(temporaryFolder(), 'store');
    const payload = String.raw`C:\Users\stevie.marie\Downloads\winx64_payload.exe`;

    beforeAll(async () => {
      expect(await ingestSummary(store, flat ?? '')).toMatchObject({ events: 53_698, faults: 0 });
    });

    test('who asked who he is', async () => {
      const rows = await searchRows(store, `${whoSearch(sysmon, 'main', 'whoami')} | search user=SYSTEM`);
      expect(rows).toEqual([
        {
          _time: '2023-08-16T04:56:51.8230000Z',
          host: 'mkt01.pandalab.com',
          user: 'SYSTEM',
          ProcessId: '5324',
          CommandLine: 'whoami',
        },
      ]);
    });

    test('what gave the shell, whose process id was given again later', async () => {
      const rows = await searchRows(
        store,
        `index=main ${sysmon.scope} ProcessId=6924 user=SYSTEM | table parent_process_name parent_process_id parent_process_path process_path`,
      );
      expect(rows).toEqual([
        {
          parent_process_name: 'winx64_payload.exe',
          parent_process_id: '1988',
          parent_process_path: payload,
          process_path: String.raw`C:\Windows\System32\cmd.exe`,
        },
      ]);
    });

    test('the tree around it', async () => {
      expect(treeOf(await searchRows(store, treeSearch(sysmon, 'main', 'SYSTEM', 'whoami')))).toEqual([
        'winx64_payload.exe (1988)',
        String.raw`|--- cmd.exe (6924)                               2023-08-16 04:56:43 C:\Windows\system32\cmd.exe`,
        '`` |--- whoami.exe (5324)                         2023-08-16 04:56:51 whoami',
        String.raw`${'``'} |--- conhost.exe (6112)                        2023-08-16 04:56:43 \??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`,
      ]);
    });
  },
);

describe.skipIf(nxlog === undefined)(
  'WMI starts a process, from nxlog whose fields are in the message',
  () => {
    const store = join(temporaryFolder(), 'store');

    beforeAll(async () => {
      expect(await ingestSummary(store, nxlog ?? '')).toMatchObject({ faults: 0 });
    });

    test('who started notepad, and by which process id', async () => {
      const rows = await searchRows(store, whoSearch(sysmon, 'main', 'call create notepad'));
      expect(rows.map(({ _time, user, ProcessId }) => [_time, user, ProcessId])).toEqual([
        ['2020-08-01T07:59:18.3740000Z', 'Administrator', '3796'],
        ['2020-08-01T07:59:18.3680000Z', 'Administrator', '4788'],
        ['2020-08-01T07:59:18.3050000Z', 'Administrator', '2788'],
        ['2020-08-01T07:59:18.2990000Z', 'Administrator', '5068'],
      ]);
    });

    test('the tree around it', async () => {
      expect(
        treeOf(await searchRows(store, treeSearch(sysmon, 'main', 'Administrator', 'WmiPrvSE'))),
      ).toEqual([
        'WmiPrvSE.exe (4288)',
        '|--- notepad.exe (4620)                           2020-08-01 07:59:18 notepad.exe',
        '|--- notepad.exe (4508)                           2020-08-01 07:59:18 notepad.exe',
      ]);
    });
  },
);
