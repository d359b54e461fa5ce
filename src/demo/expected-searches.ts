import { baseName, type CaseProcess } from './case-process.ts';
import { secondText } from './case-time.ts';
import type { StoryRecord } from './story-player.ts';

const COLUMN = 50;

/** The children of a process among the story's, newest first, as a search without `sort` returns events. */
function childrenOf(parent: CaseProcess, story: StoryRecord): CaseProcess[] {
  return [...story.processes.values()]
    .filter((process) => process.parent === parent)
    .sort((one, other) => other.start - one.start);
}

/** The tree that the pstree search prints for a story's root, times in UTC. `pid` writes a process id. */
export function expectedTree(root: CaseProcess, story: StoryRecord, pid: (pid: number) => string): string[] {
  const label = (process: CaseProcess): string => `${baseName(process.image.path)} (${pid(process.pid)})`;
  const lines = [label(root)];
  const pending = childrenOf(root, story)
    .reverse()
    .map((process) => ({ process, depth: 1 }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { process, depth } = next;
    const text = `${'`` '.repeat(depth - 1)}|--- ${label(process)}`;
    const blanks = ' '.repeat(Math.max(1, COLUMN - text.length));
    lines.push(`${text}${blanks}${secondText(process.start)} ${process.commandLine}`);
    for (const child of childrenOf(process, story).reverse())
      pending.push({ process: child, depth: depth + 1 });
  }
  return lines;
}

const hexadecimal = (pid: number): string => `0x${pid.toString(16)}`;

/** What the case's searches must find: see `SALARIES`. */
export function expectedSearches(story: StoryRecord): Readonly<Record<string, unknown>>[] {
  const root = story.processes.get('outlook');
  const excel = story.processes.get('excel');
  if (!root || !excel) return [];
  const source = 'source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1';
  return [
    {
      name: 'who opened Salaries.xls',
      search: `index=main ${source} | search CommandLine="*Salaries.xls*" | table _time host user ProcessId CommandLine`,
      rows: [
        {
          _time: secondText(excel.start),
          user: excel.session.user,
          ProcessId: String(excel.pid),
          CommandLine: excel.commandLine,
        },
      ],
    },
    {
      name: 'what opened it',
      search: `index=main ${source} | search CommandLine="*Salaries.xls*" | table parent_process_name parent_process_id parent_process_path process_path`,
      rows: [
        {
          parent_process_name: baseName(root.image.path),
          parent_process_id: String(root.pid),
          parent_process_path: root.image.path,
          process_path: excel.image.path,
        },
      ],
    },
    {
      name: 'the tree around it, from Sysmon',
      search: String.raw`index=main ${source} user=${story.story.user} | rex field=ParentImage "\x5c(?<ParentName>[^\x5c]+)$" | rex field=Image "\x5c(?<ProcessName>[^\x5c]+)$" | eval parent = ParentName." (".ParentProcessId.")" | eval child = ProcessName." (".ProcessId.")" | eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine | pstree child=child parent=parent detail=detail spaces=50 | search tree=*Salaries.xls* | table tree`,
      timeZone: 'UTC',
      rows: [{ tree: expectedTree(root, story, String) }],
    },
    {
      name: 'the tree around it, from Windows Security',
      search: String.raw`index=main source="WinEventLog:Security" EventCode=4688 user=${story.story.user} | rex field=ParentProcessName "\x5c(?<ParentName>[^\x5c]+)$" | rex field=NewProcessName "\x5c(?<ProcessName>[^\x5c]+)$" | eval parent = ParentName." (".ProcessId.")" | eval child = ProcessName." (".NewProcessId.")" | eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine | pstree child=child parent=parent detail=detail spaces=50 | search tree=*Salaries.xls* | table tree`,
      timeZone: 'UTC',
      rows: [{ tree: expectedTree(root, story, hexadecimal) }],
    },
  ];
}
