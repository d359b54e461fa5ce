// Draws the documents' pictures from what the built command really prints: docs/images/*.svg. Run by `npm run docs:pictures`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cut, type Line, type Panel, terminalPicture } from './terminal-picture.ts';
import { treeLines, wrapped } from './tree-picture.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'keizu-pictures-'));
const store = join(folder, 'store');

function keizu(...args: readonly string[]): readonly string[] {
  const printed = execFileSync(process.execPath, [join(root, 'bin/keizu'), ...args], { encoding: 'utf8' });
  return printed.trimEnd().split('\n');
}

function draw(name: string, panels: readonly Panel[]): void {
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(join(root, `docs/images/${name}.svg`), terminalPicture(panels));
}

const search = [
  'index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic',
  '| rex field=ParentImage "\\x5c(?<ParentName>[^\\x5c]+)$"',
  '| rex field=Image "\\x5c(?<ProcessName>[^\\x5c]+)$"',
  '| eval parent = ParentName." (".ParentProcessId.")"',
  '| eval child = ProcessName." (".ProcessId.")"',
  '| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine',
  '| pstree child=child parent=parent detail=detail spaces=50',
  '| search tree=*Salaries.xls*',
  '| table tree',
];

/** A line of a tree of `pstree`: its prefix, its label, its detail. */
function pstreeLine(line: string): Line {
  const [, prefix = '', label = '', blanks = '', detail = ''] =
    /^((?:`` )*(?:\|--- )?)(.+?\(\d+\))(\s*)(.*)$/.exec(line) ?? [];
  if (label === '') return [{ text: line, colour: 'text' }];
  return [
    { text: prefix, colour: 'dim' },
    { text: label, colour: 'label' },
    { text: blanks + detail, colour: 'text' },
  ];
}

function prompt(command: string): Line {
  return [
    { text: '$ ', colour: 'prompt' },
    { text: command, colour: 'dim' },
  ];
}

function said(text: string, columns: number): readonly Line[] {
  return wrapped(text, columns).map((part, at) => [{ text: at === 0 ? part : `  ${part}`, colour: 'dim' }]);
}

function drawSearch(): void {
  const columns = 118;
  const rows = keizu('search', search.join('\n'), '--store', store).slice(2);
  const asked = search.map(
    (line, at): Line => [
      { text: at === 0 ? "$ keizu search '" : '> ', colour: 'prompt' },
      { text: cut(line, columns), colour: 'dim' },
    ],
  );
  draw('tree', [
    {
      title: 'keizu search',
      columns,
      lines: [...asked, [], ...rows.map((row) => pstreeLine(cut(row, columns)))],
    },
  ]);
}

const host = ['tree', '--host', 'ws-sal-02'];

/** The part of what was printed from the first line that has a text up to the next empty one. */
function part(printed: readonly string[], from: string): readonly string[] {
  const begin = printed.findIndex((line) => line.includes(from));
  if (begin < 0) throw new Error(`nothing printed has "${from}"`);
  const end = printed.findIndex((line, at) => at > begin && line === '');
  return printed.slice(begin, end < 0 ? undefined : end);
}

function drawCompared(): void {
  const columns = 60;
  const printed = keizu(...host, '--pid', '8820', '--compare', 'naive', '--store', store);
  const panel = (title: string, heading: string): Panel => ({
    title,
    columns,
    lines: treeLines(part(printed, heading).slice(1), { columns, marks: true, from: 'explorer.exe (17028)' }),
  });
  draw('compare-naive', [panel('a simple join', 'The naive tree'), panel('keizu', 'The graded tree')]);
}

function drawMoments(): void {
  const columns = 60;
  const panel = (moment: string, title: string): Panel => {
    const printed = keizu(...host, '--pid', '8820', '--as-of', `2024-05-14T${moment}:00Z`, '--store', store);
    const settling = printed.filter((line) => line.startsWith('still settling'));
    return {
      title,
      columns,
      lines: [
        prompt(`keizu tree … --as-of 2024-05-14T${moment}:00Z`),
        ...settling.flatMap((line) => said(line.replaceAll('2024-05-14 ', ''), columns)),
        [],
        ...treeLines(part(printed, 'System (4)'), { columns, from: 'explorer.exe (17028)' }),
      ],
    };
  };
  draw('as-of', [panel('10:28', 'as of the alert'), panel('11:00', 'half an hour later')]);
}

function drawEvidence(): void {
  const columns = 118;
  const printed = keizu(...host, '--pid', '9404', '--evidence', '--store', store);
  const all = part(printed, 'System (4)');
  const to = all.findIndex((line) => line.includes('regsvr32.exe (5128)'));
  draw('evidence', [
    {
      title: 'what the loader did, and what is not known',
      columns,
      lines: [
        prompt('keizu tree --host ws-sal-02 --pid 9404 --evidence'),
        [],
        ...treeLines(all.slice(0, to + 1), { columns, from: 'WINWORD.EXE (7344)', commandLines: true }),
      ],
    },
  ]);
}

try {
  const logs = join(folder, 'logs');
  keizu('demo', '--out', logs);
  // As the logs arrived: the late ones are read with the times of their file.
  keizu('ingest', join(logs, 'WS-SAL-02/sysmon-late.log'), '--arrival', 'file-time', '--store', store);
  keizu('ingest', logs, '--arrival', '_time', '--store', store);
  drawSearch();
  drawCompared();
  drawMoments();
  drawEvidence();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
