// `npm start`: installs, builds, loads the demonstration case into a store of its own and hunts in it with three searches.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, setUp } from './set-up.mjs';

setUp();

const logs = join(root, '.keizu', 'demo');
const store = join(root, '.keizu', 'demo-store');

function keizu(title, ...args) {
  process.stdout.write(`\n\u2500\u2500 ${title}\n`);
  run(process.execPath, [join(root, 'bin', 'keizu'), ...args]);
}

const processStarts = 'index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1';
const tree = `${processStarts} user=wallylambic
| rex field=ParentImage "\\x5c(?<ParentName>[^\\x5c]+)$"
| rex field=Image "\\x5c(?<ProcessName>[^\\x5c]+)$"
| eval parent = ParentName." (".ParentProcessId.")"
| eval child = ProcessName." (".ProcessId.")"
| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine
| pstree child=child parent=parent detail=detail spaces=50
| search tree=*Salaries.xls*
| table tree`;

if (!existsSync(join(logs, 'truth.json')))
  keizu('the demonstration case: raw logs of a made-up company', 'demo', '--out', logs);
keizu('ingest', 'ingest', logs, '--store', store);
keizu(
  'who opened Salaries.xls?',
  'search',
  `${processStarts} | search CommandLine="*Salaries.xls*" | table _time host user ProcessId CommandLine`,
  '--store',
  store,
);
keizu('and what came of it?', 'search', tree, '--store', store);
process.stdout.write(`
Search on:   bin/keizu search 'index=main EventCode=1 | top process_name' --store .keizu/demo-store
Your logs:   bin/keizu ingest PATH…
The language: docs/language.md
`);
