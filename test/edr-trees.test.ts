import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runKeizu } from './run-keizu.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-edr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** The tree of a host out of one file, as a user sees it. */
async function tree(content: string, host: string, more: readonly string[] = []): Promise<string> {
  const file = join(folder, `log-${made++}.json`);
  const store = join(folder, `store-${made}`);
  writeFileSync(file, content);
  const ingested = await runKeizu(['ingest', file, '--store', store, ...more]);
  expect(ingested.status, ingested.stderr).toBe(0);
  const { status, stdout, stderr } = await runKeizu(['tree', '--host', host, '--store', store]);
  expect(status, stderr).toBe(0);
  return stdout;
}

const lines = (records: readonly object[]) => records.map((record) => JSON.stringify(record)).join('\n');

interface Started {
  readonly pid: number;
  readonly at: string;
  readonly path: string;
  readonly parent: { readonly pid: number; readonly at: string; readonly path: string };
}

const nobody = { pid: 900, at: '08:00:00.1000000', path: 'C:\\Windows\\explorer.exe' };
const word = { pid: 7344, at: '10:26:41.2071234', path: 'C:\\Office\\winword.exe', parent: nobody };
const shell = { pid: 8820, at: '10:26:58.5331234', path: 'C:\\Windows\\System32\\cmd.exe', parent: word };
/** The process id of Word again, before its child's child starts: by process id alone it would be the parent. */
const reused = { pid: 7344, at: '11:00:00.0000001', path: 'C:\\Office\\winword.exe', parent: nobody };
const late = { pid: 9000, at: '11:30:00.0000001', path: 'C:\\Windows\\System32\\whoami.exe', parent: word };
const all: readonly Started[] = [word, shell, reused, late];

function edges(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /\(\d+\)/.test(line) && /[├└]/.test(line))
    .map((line) =>
      line
        .replace(/^.{25}/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
}

test('Defender: a parent is found by its moment of creation, whoever has its process id since', async () => {
  const rows = all.map(({ pid, at, path, parent }) => ({
    time: `2024-05-14T${at}Z`,
    category: 'AdvancedHunting-DeviceProcessEvents',
    properties: {
      Timestamp: `2024-05-14T${at}Z`,
      DeviceId: 'a'.repeat(40),
      DeviceName: 'ws07.corp.example',
      ActionType: 'ProcessCreated',
      FolderPath: path,
      ProcessId: pid,
      ProcessCreationTime: `2024-05-14T${at}Z`,
      ProcessCommandLine: path,
      InitiatingProcessId: parent.pid,
      InitiatingProcessCreationTime: `2024-05-14T${parent.at}Z`,
      InitiatingProcessFolderPath: parent.path,
    },
  }));
  const drawn = edges(await tree(JSON.stringify({ records: rows }), 'ws07'));
  expect(drawn.filter((line) => line.startsWith('='))).toHaveLength(2);
  expect(drawn[1]).toMatch(/^= . ├─ cmd.exe \(8820\)/);
  expect(drawn[2]).toMatch(/^= . └─ whoami.exe \(9000\)/);
});

test('CrowdStrike: by the sensor’s ids', async () => {
  const ids = new Map<string, string>([nobody, ...all].map(({ at }, n) => [at, String(4_370_948_876 + n)]));
  const rows = all.map(({ pid, at, path, parent }) => ({
    aid: 'b'.repeat(32),
    ComputerName: 'WS07',
    event_simpleName: 'ProcessRollup2',
    TargetProcessId: ids.get(at),
    ParentProcessId: ids.get(parent.at),
    RawProcessId: String(pid),
    ImageFileName: path,
    CommandLine: path,
    ProcessStartTime: String(Date.parse(`2024-05-14T${at.slice(0, 12)}Z`) / 1000),
  }));
  const drawn = edges(await tree(lines(rows), 'ws07'));
  expect(drawn.filter((line) => line.startsWith('='))).toHaveLength(2);
  expect(drawn[1]).toMatch(/cmd.exe \(8820\)/);
  expect(drawn[2]).toMatch(/whoami.exe \(9000\)/);
});

test('Carbon Black: the start is in the id', async () => {
  const key = ({ pid, at }: { readonly pid: number; readonly at: string }) => {
    const ticks = BigInt(Date.parse(`2024-05-14T${at.slice(0, 12)}Z`)) * 10_000n + 116_444_736_000_000_000n;
    const [id, filetime] = [pid.toString(16).padStart(8, '0'), ticks.toString(16).padStart(16, '0')];
    return `00000016-${id.slice(0, 4)}-${id.slice(4)}-${filetime.slice(0, 4)}-${filetime.slice(4)}`;
  };
  const rows = all.map((started) => ({
    type: 'ingress.event.procstart',
    computer_name: 'WS07',
    process_guid: key(started),
    parent_process_guid: key(started.parent),
    parent_path: started.parent.path,
    path: started.path,
    command_line: started.path,
    timestamp: Math.floor(Date.parse(`2024-05-14T${started.at.slice(0, 12)}Z`) / 1000),
  }));
  const text = await tree(lines(rows), 'ws07');
  expect(edges(text).filter((line) => line.startsWith('='))).toHaveLength(2);
  expect(text).toMatch(/≈2024-05-14 08:00:00\.000 +explorer\.exe \(900\) \(claimed\)/);
});

test('a user’s columns: by process id and start', async () => {
  const map = join(folder, 'map.json');
  writeFileSync(
    map,
    JSON.stringify({
      name: 'acme-edr',
      time: { column: 'Born' },
      host: 'Machine',
      class: 'process-start',
      fields: { process_id: 'Pid', parent_process_id: 'PPid', process_path: 'Program', process: 'Program' },
      process: { start: 'Born' },
      parent: { start: 'PBorn' },
    }),
  );
  const rows = all.map(({ pid, at, path, parent }) =>
    [`2024-05-14 ${at}`, 'WS07', pid, parent.pid, path, `2024-05-14 ${parent.at}`].join(','),
  );
  const csv = ['Born,Machine,Pid,PPid,Program,PBorn', ...rows].join('\n');
  const drawn = edges(await tree(csv, 'ws07', ['--map', map]));
  expect(drawn.filter((line) => line.startsWith('='))).toHaveLength(2);
});

test('Sysmon and Defender on one host: each process is there once, and its files hang on it whoever told of them', async () => {
  const name = 'ws09.corp.example';
  const guidOf = (at: string, sequence: number) => {
    const second = (Date.parse(`2024-05-14T${at.slice(0, 8)}Z`) / 1000).toString(16).padStart(8, '0');
    return `{0BADCAFE-${second.slice(4)}-${second.slice(0, 4)}-${sequence.toString(16).padStart(2, '0')}00-000000000700}`;
  };
  const sysmon = [word, shell].map(({ pid, at, path, parent }, number) => ({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider: 'Microsoft-Windows-Sysmon',
    EventID: 1,
    Computer: name,
    UtcTime: `2024-05-14 ${at.slice(0, 12)}`,
    ProcessGuid: guidOf(at, number + 2),
    ProcessId: pid,
    Image: path,
    CommandLine: path,
    ParentProcessGuid: guidOf(parent.at, number + 1),
    ParentProcessId: parent.pid,
    ParentImage: parent.path,
    ParentCommandLine: parent.path,
  }));
  const moment = (at: string) => `2024-05-14T${at}Z`;
  const initiating = ({ pid, at, path }: Started['parent']) => ({
    InitiatingProcessId: pid,
    InitiatingProcessCreationTime: moment(at),
    InitiatingProcessFileName: path.slice(path.lastIndexOf('\\') + 1),
    InitiatingProcessFolderPath: path.slice(0, path.lastIndexOf('\\')),
    InitiatingProcessCommandLine: path,
  });
  const defender = [
    ...[word, shell].map(({ pid, at, path, parent }) => ({
      category: 'AdvancedHunting-DeviceProcessEvents',
      time: moment(at),
      properties: {
        Timestamp: moment(at),
        DeviceId: 'a'.repeat(40),
        DeviceName: name,
        ActionType: 'ProcessCreated',
        ProcessId: pid,
        ProcessCreationTime: moment(at),
        FileName: path.slice(path.lastIndexOf('\\') + 1),
        FolderPath: path,
        ProcessCommandLine: path,
        ...initiating(parent),
      },
    })),
    {
      category: 'AdvancedHunting-DeviceFileEvents',
      time: moment('10:27:00.0000000'),
      properties: {
        Timestamp: moment('10:27:00.0000000'),
        DeviceId: 'a'.repeat(40),
        DeviceName: name,
        ActionType: 'FileCreated',
        FileName: 'dropped.dll',
        FolderPath: 'C:\\Users\\Public\\dropped.dll',
        ...initiating(shell),
      },
    },
  ];
  const store = join(folder, 'store-both');
  for (const [file, records] of [
    ['sysmon.json', sysmon],
    ['defender.json', defender],
  ] as const) {
    writeFileSync(join(folder, file), lines(records));
    const ingested = await runKeizu(['ingest', join(folder, file), '--store', store]);
    expect(ingested.status, ingested.stderr).toBe(0);
  }
  const { stdout } = await runKeizu([
    'tree',
    '--host',
    name,
    '--store',
    store,
    '--format',
    'json',
    '--evidence',
  ]);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(processes.map(({ pid }) => pid)).toEqual([900, 7344, 8820]);
  const [, , child] = processes;
  expect(child.guid).toBe(guidOf(shell.at, 3).replace(/[{}]/g, '').toLowerCase());
  expect(child.otherGuids).toHaveLength(1);
  expect(child.parent.grade).toBe('exact');
  expect(child.evidence, JSON.stringify(child.evidence)).toMatchObject({ 'file-created': 1 });
});
