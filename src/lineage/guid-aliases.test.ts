import { describe, expect, test } from 'vitest';
import { at, end, from, guid, lineageOf, observed, processOf, start } from '../../test/observed.ts';
import { timedKey } from '../products/edr/process-key.ts';
import { matchLineages } from './match-lineages.ts';
import { matchProcesses } from './select-family.ts';

const word = 'C:\\Office\\winword.exe';
const shell = 'C:\\Windows\\System32\\cmd.exe';

/** What an EDR that names processes by device, process id and moment of creation gives. */
const key = (pid: number, seconds: number): string => timedKey('device', String(pid), at(seconds)) ?? '';
const edr = { product: 'defender' };

const sysmon = [
  start(0, 100, word, { id: 'word', guid: guid(0, 1) }),
  start(10, 200, shell, { id: 'shell', guid: guid(10, 2), ...from(100, word, { parentGuid: guid(0, 1) }) }),
  end(20, 200, shell, { id: 'shell-end', guid: guid(10, 2) }),
];
const beside = [
  start(0.3, 100, word, { id: 'edr-word', guid: key(100, 0.3), ...edr }),
  start(10.2, 200, shell, {
    id: 'edr-shell',
    guid: key(200, 10.2),
    ...from(100, word, { parentGuid: key(100, 0.3) }),
    ...edr,
  }),
];

describe('two sensors that both give GUIDs', () => {
  test('name one process, which goes by the GUID that has its boot', () => {
    const lineage = lineageOf([...sysmon, ...beside]);
    expect(lineage.size).toBe(2);
    const child = processOf(lineage, 'edr-shell').process;
    expect(child.guid).toBe(guid(10, 2));
    expect(child.otherGuids).toEqual([key(200, 10.2)]);
    expect(child.seenBy.map(({ id }) => id)).toEqual(['shell', 'edr-shell', 'shell-end']);
    expect(processOf(lineage, 'shell').edge.grade).toBe('exact');
    expect(matchProcesses(lineage, { kind: 'guid', guid: key(200, 10.2) })).toEqual(
      matchProcesses(lineage, { kind: 'guid', guid: guid(10, 2) }),
    );
  });

  test('name one parent, which neither saw being created', () => {
    const [, child] = sysmon;
    const [, other] = beside;
    const lineage = lineageOf([child, other].flatMap((row) => row ?? []));
    expect(lineage.size).toBe(2);
    expect(processOf(lineage, 'shell').edge.grade).toBe('claimed');
  });

  test('one of which tells no start but what the process did', () => {
    const acted = observed('activity', 15, 200, { id: 'net', guid: key(200, 10.2), image: shell, ...edr });
    const lineage = lineageOf([...sysmon, acted]);
    expect(lineage.size).toBe(2);
    expect(processOf(lineage, 'shell').process.otherGuids).toEqual([key(200, 10.2)]);
  });

  test('are two processes where the process id was taken again, or the program differs', () => {
    const again = [
      start(30, 200, shell, { id: 'edr-later', guid: key(200, 30), ...edr }),
      start(10.1, 200, word, { id: 'edr-other', guid: key(200, 10.1), ...edr }),
    ];
    const lineage = lineageOf([...sysmon, ...again]);
    expect(lineage.size).toBe(4);
    expect(processOf(lineage, 'shell').process.otherGuids).toEqual([]);
  });

  test('of products that name processes alike are as many as there are GUIDs', () => {
    const forwarded = { product: 'other-pipeline' };
    const lineage = lineageOf([
      ...sysmon,
      start(0, 100, word, { id: 'copy', guid: guid(0, 1), ...forwarded }),
      start(11, 200, shell, { id: 'next', guid: guid(11, 3), ...forwarded }),
    ]);
    expect(processOf(lineage, 'copy').process.guid).toBe(guid(0, 1));
    expect(processOf(lineage, 'next').process.guid).toBe(guid(11, 3));
    expect(processOf(lineage, 'shell').process.otherGuids).toEqual([]);
  });

  test('a process is the same before and after the other sensor told of it', () => {
    const before = lineageOf(beside);
    const after = lineageOf([...sysmon, ...beside]);
    const match = matchLineages(before, after);
    const index = matchProcesses(before, { kind: 'pid', pid: 200, at: undefined })[0] ?? -1;
    expect(after.process(match[index] ?? -1).guid).toBe(guid(10, 2));
  });
});
