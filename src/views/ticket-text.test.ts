import { expect, test } from 'vitest';
import { type MadeProcess, madeLineage } from '../../test/made-lineage.ts';
import { defanged } from './defanged.ts';
import { processColumns } from './process-columns.ts';
import { selectTree } from './select-tree.ts';
import { selectedTree } from './selected-tree.ts';
import { ticketText } from './ticket-text.ts';

function ticket(made: readonly MadeProcess[], defang = true): string[] {
  const lineage = madeLineage(made);
  const family = selectTree(lineage, { kind: 'all' });
  if (family === undefined) throw new Error('no process');
  const tree = selectedTree(family, processColumns(lineage), undefined);
  return [...ticketText(lineage, tree, { timezone: 'UTC', asOf: undefined, arrived: undefined, defang })];
}

test('a line a process, folds with their numbers, negative times, addresses defanged', () => {
  expect(
    ticket([
      { name: 'excel', pid: 10, start: '08:00:00' },
      {
        name: 'mshta',
        pid: 11,
        start: '08:00:07.100',
        parent: 'excel',
        commandLine: 'mshta http://cdn.example/a.hta',
      },
      {
        name: 'a',
        pid: 12,
        start: '08:00:08',
        parent: 'mshta',
        image: 'C:\\Program Files\\x\\helper.exe',
        commandLine: 'x 1',
      },
      {
        name: 'b',
        pid: 13,
        start: '08:00:09',
        parent: 'mshta',
        image: 'C:\\Program Files\\x\\helper.exe',
        commandLine: 'x 2',
      },
      {
        name: 'odd',
        pid: 14,
        start: '07:59:59',
        parent: 'mshta',
        grade: 'ambiguous',
        commandLine: 'a\u202eb',
      },
    ]),
  ).toEqual([
    'ws1.example  UTC  exact 3  ambiguous 1  none 1',
    'excel.exe 10  2024-05-14 08:00:00.000',
    '└ mshta.exe 11  2024-05-14 08:00:07.100  +7.1 s  HIGH  mshta hxxp://cdn[.]example/a.hta',
    '  └ helper.exe 12 × 2 (alike, none flagged)  2024-05-14 08:00:08.000  +900 ms  x 1',
    '  └ odd.exe 14  2024-05-14 07:59:59.000  −8.1 s  [ambiguous]  HIGH  a\\u202eb',
  ]);
});

test('addresses', () => {
  expect(defanged('curl https://User@a.b.example:8443/x.y FTP://c.d')).toBe(
    'curl hxxps://User@a[.]b[.]example:8443/x.y FxP://c[.]d',
  );
  expect(defanged('ping 10.0.0.5, v1.2.3.4.5')).toBe('ping 10[.]0[.]0[.]5, v1.2.3.4.5');
  expect(defanged('C:\\a.b.exe')).toBe('C:\\a.b.exe');
});
