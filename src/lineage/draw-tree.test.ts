import { describe, expect, test } from 'vitest';
import { type MadeProcess, madeLineage, madeTime } from '../../test/made-lineage.ts';
import { formatTicks } from '../core/ticks.ts';
import { drawTree } from './draw-tree.ts';
import { flagProcess } from './flags/flag-process.ts';
import type { Lineage } from './process.ts';
import { processNotes } from './process-notes.ts';
import { matchProcesses, selectFamily } from './select-family.ts';
import { textWidth } from './text-width.ts';
import { walkTree } from './walk-tree.ts';

const timeText = (moment: bigint) => formatTicks(moment, 3).slice(11, 23);

function draw(lineage: Lineage, text?: string): string[] {
  const matched = matchProcesses(lineage, text === undefined ? { kind: 'all' } : { kind: 'text', text });
  return [
    ...drawTree(selectFamily(lineage, matched), {
      timeText,
      notes: (index) => [...processNotes(lineage, index, flagProcess(lineage, index), timeText)],
    }),
  ];
}

const made: readonly MadeProcess[] = [
  { name: 'userinit', pid: 16, image: 'C:\\Windows\\System32\\userinit.exe' },
  {
    name: 'explorer',
    pid: 40,
    start: '08:00:00',
    parent: 'userinit',
    grade: 'claimed',
    user: 'K\\haruka',
    image: 'C:\\Windows\\explorer.exe',
    edge: {
      reasons: [{ code: 'not-seen-created' }, { code: 'before-the-log', detail: 'it begins at 08:00' }],
    },
  },
  { name: 'msedge', pid: 7344, start: '09:12:20.118', end: '10:02:10.615', parent: 'explorer' },
  {
    name: 'winword',
    pid: 7344,
    start: '10:26:41.207',
    parent: 'explorer',
    grade: 'probable',
    user: 'K\\haruka',
    commandLine: '"winword.exe" /n "請求書.doc"',
    image: 'C:\\Office\\WINWORD.EXE',
  },
  {
    name: 'powershell',
    pid: 8820,
    start: '10:26:58.533',
    parent: 'winword',
    grade: 'ambiguous',
    image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    commandLine: 'powershell -enc \u001b[31mAA',
    user: 'K\\haruka',
    edge: {
      reasons: [{ code: 'process-id-reused', detail: '7344' }],
      candidates: [
        { process: 3, for: [{ code: 'alive-at-start' }], against: [] },
        { process: 2, for: [], against: [{ code: 'ended-before', detail: '10:02:10' }] },
      ],
    },
  },
  { name: 'conhost', pid: 8828, start: '10:26:58.560', parent: 'powershell' },
  {
    name: 'child',
    pid: 1,
    start: '10:30:00',
    startFrom: 'seen-since',
    parent: 'explorer',
    basis: 'seen',
    image: '/usr/bin/curl',
    earlierImages: ['/bin/bash'],
  },
];

describe('drawing', () => {
  test('a whole lineage', () => {
    expect(draw(madeLineage(made))).toMatchInlineSnapshot(`
      [
        "                userinit.exe (16) (claimed)",
        "                ╎  : known only from what its children say; it started before the log begins (it begins at 08:00)",
        " 08:00:00.000 : └╌ explorer.exe (40)            K\\haruka",
        " 09:12:20.118 =    ├─ msedge.exe (7344)",
        " 10:26:41.207 ~    ├─ WINWORD.EXE (7344)        K\\haruka  "winword.exe" /n "請求書.doc"",
        " 10:26:58.533 ?    │  └─ powershell.exe (8820)  K\\haruka  powershell -enc \\x1b[31mAA",
        "                   │     │  ! Word (winword.exe) started a shell (powershell.exe), if that parent is the right one",
        "                   │     │  ? the parent is in doubt: the process id was used by more than one process (7344)",
        "                   │     │  ? drawn: WINWORD.EXE (7344), since 10:26:41.207; for it: it was running when the child started",
        "                   │     │  ? or: msedge.exe (7344), 09:12:20.118 to 10:02:10.615; against it: it had ended before the child started (10:02:10)",
        " 10:26:58.560 =    │     └─ conhost.exe (8828)",
        "≤10:30:00.000 =    └─ curl (1) (seen running)",
        "                         was bash before (exec)",
      ]
    `);
  });

  test('one family, with what is left out counted', () => {
    expect(draw(madeLineage(made), 'winword')).toMatchInlineSnapshot(`
      [
        "                userinit.exe (16) (claimed)",
        "                ╎  : known only from what its children say; it started before the log begins (it begins at 08:00)",
        " 08:00:00.000 : └╌ explorer.exe (40)            K\\haruka",
        " 10:26:41.207 ~    ├─ WINWORD.EXE (7344)        K\\haruka  "winword.exe" /n "請求書.doc"",
        " 10:26:58.533 ?    │  └─ powershell.exe (8820)  K\\haruka  powershell -enc \\x1b[31mAA",
        "                   │     │  ! Word (winword.exe) started a shell (powershell.exe), if that parent is the right one",
        "                   │     │  ? the parent is in doubt: the process id was used by more than one process (7344)",
        "                   │     │  ? drawn: WINWORD.EXE (7344), since 10:26:41.207; for it: it was running when the child started",
        "                   │     │  ? or: msedge.exe (7344), 09:12:20.118 to 10:02:10.615; against it: it had ended before the child started (10:02:10)",
        " 10:26:58.560 =    │     └─ conhost.exe (8828)",
        "                   └─ … 2 more children",
      ]
    `);
  });

  test('text of an attacker is shown, never sent', () => {
    const lines = draw(
      madeLineage([
        {
          name: 'a',
          start: '08:00:00',
          image: 'C:\\x\\inv\u202efdp.exe',
          commandLine: 'a\r\n\u001b]0;x\u0007',
          user: '\u0000',
        },
      ]),
    ).join('\n');
    expect(lines).toContain('inv\\u202efdp.exe');
    expect(lines).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test('columns are aligned by their width on a terminal', () => {
    const lines = draw(
      madeLineage([
        { name: 'a', start: '08:00:00', image: '/opt/請求書', user: '利用者', commandLine: 'XX' },
        { name: 'b', start: '08:00:00', image: '/opt/bill', user: 'user', commandLine: 'XX' },
      ]),
    );
    const columns = lines.map((line) => textWidth(line.slice(0, line.indexOf('XX'))));
    expect(new Set(columns).size).toBe(1);
  });

  test('a hundred thousand levels', () => {
    const size = 100_000;
    const deep = madeLineage(
      Array.from({ length: size }, (_, at) => ({
        name: `p${at}`,
        start: '08:00:00',
        ...(at > 0 && { parent: `p${at - 1}` }),
      })),
    );
    const family = selectFamily(deep, [size - 1]);
    let lines = 0;
    let longest = 0;
    for (const line of drawTree(family, { timeText })) {
      lines += 1;
      longest = Math.max(longest, line.length);
    }
    expect(lines).toBe(size);
    expect(longest).toBeLessThan(220);
    const last = [...walkTree(family)].at(-1);
    expect(last).toMatchObject({ depth: size - 1, index: size - 1 });
    expect(last?.branch).toMatch(/^\[\+99960] {39,}\S/);
  });

  test('a parent with many children', () => {
    const wide = madeLineage([
      { name: 'p', start: '08:00:00' },
      ...Array.from({ length: 50_000 }, (_, at) => ({ name: `c${at}`, start: '08:00:01', parent: 'p' })),
    ]);
    expect(draw(wide)).toHaveLength(50_001);
    const one = draw(wide, 'c49999.exe');
    expect(one.at(-1)).toContain('└─ … 49999 more children');
    expect(one).toHaveLength(3);
  });
});

test('times that are known roughly have a sign', () => {
  const [line] = draw(madeLineage([{ name: 'a', start: '08:00:00', startFrom: 'guid', basis: 'seen' }]));
  expect(line).toMatch(/^≈08:00:00\.000 {3}a\.exe \(1000\) \(seen running\)/);
  expect(timeText(madeTime('08:00:00'))).toBe('08:00:00.000');
});
