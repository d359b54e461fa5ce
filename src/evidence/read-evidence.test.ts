import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guidAt, moment, securityEvent, sysmonEvent, windowsEvent } from '../../test/stored-events.ts';
import type { Process } from '../lineage/process.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store, StoredEvent } from '../store/store.ts';
import { type EvidenceClass, evidenceClassNames, evidenceClassOf } from './evidence-class.ts';
import { countEvidence, type EvidenceEvent, type PageOptions, readEvidence } from './read-evidence.ts';
import { startKeyOfGuid } from './subject.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-evidence-'));
let store: Store;

const loaderGuid = guidAt('10:00:00', 0x20);
const shellGuid = guidAt('10:00:30', 0x28);
const laterGuid = guidAt('10:20:00', 0x40);
const lsassGuid = guidAt('08:00:00', 0x08);

const loader = { ProcessGuid: `{${loaderGuid}}`, ProcessId: '4100', Image: 'C:\\Users\\w\\Loader.exe' };
const shell = { ProcessGuid: `{${shellGuid}}`, ProcessId: '4200', Image: 'C:\\Windows\\System32\\cmd.exe' };
const later = { ProcessGuid: `{${laterGuid}}`, ProcessId: '4100', Image: 'C:\\Windows\\notepad.exe' };
const noGuid = '{00000000-0000-0000-0000-000000000000}';

function process(part: Partial<Process>): Process {
  return {
    id: `ws01|${part.guid ?? part.pid}`,
    host: 'ws01',
    pid: undefined,
    guid: undefined,
    start: undefined,
    startFrom: part.start === undefined ? undefined : 'start-event',
    end: undefined,
    image: undefined,
    otherGuids: [],
    earlierImages: [],
    commandLine: undefined,
    user: undefined,
    logonId: undefined,
    integrityLevel: undefined,
    basis: 'started',
    seenBy: [],
    disagreements: [],
    ...part,
  };
}

const loaderProcess = process({
  guid: loaderGuid,
  pid: 4100,
  start: moment('10:00:00'),
  end: moment('10:10:00'),
  image: loader.Image,
  user: 'CORP\\wally',
});
const laterProcess = process({
  guid: laterGuid,
  pid: 4100,
  start: moment('10:20:00'),
  image: later.Image,
});
const shellProcess = process({
  guid: shellGuid,
  pid: 4200,
  start: moment('10:00:30'),
  end: moment('10:05:00'),
  image: shell.Image,
});

const events: readonly StoredEvent[] = [
  sysmonEvent('1', { at: '10:00:00.000' }, { ...loader, CommandLine: 'loader.exe -x', User: 'CORP\\wally' }),
  securityEvent(
    '4688',
    { at: '10:00:00.030' },
    { NewProcessId: '0x1004', NewProcessName: loader.Image, ProcessId: '0x10' },
  ),
  sysmonEvent('11', { at: '10:00:01.000' }, { ...loader, TargetFilename: 'C:\\Users\\w\\evil.dll' }),
  sysmonEvent('29', { at: '10:00:01.001' }, { ...loader, TargetFilename: 'C:\\Users\\w\\evil.dll' }),
  sysmonEvent('27', { at: '10:00:01.002' }, { ...loader, TargetFilename: 'C:\\Users\\w\\bad.exe' }),
  sysmonEvent('28', { at: '10:00:01.003' }, { ...loader, TargetFilename: 'C:\\Users\\w\\shred.doc' }),
  sysmonEvent('23', { at: '10:00:02.000' }, { ...loader, TargetFilename: 'C:\\a', Archived: 'true' }),
  sysmonEvent('26', { at: '10:00:02.001' }, { ...loader, TargetFilename: 'C:\\b' }),
  sysmonEvent('2', { at: '10:00:03.000' }, { ...loader, TargetFilename: 'C:\\c' }),
  sysmonEvent('15', { at: '10:00:03.500' }, { ...loader, TargetFilename: 'C:\\d:Zone.Identifier' }),
  sysmonEvent(
    '13',
    { at: '10:00:04.000' },
    { ...loader, EventType: 'SetValue', TargetObject: 'HKLM\\Run\\x', Details: 'C:\\x' },
  ),
  sysmonEvent(
    '3',
    { at: '10:00:05.000' },
    { ...loader, DestinationIp: '203.0.113.5', DestinationPort: '443', Initiated: 'true', Protocol: 'tcp' },
  ),
  sysmonEvent('22', { at: '10:00:05.500' }, { ...loader, QueryName: 'x.example', QueryStatus: '0' }),
  sysmonEvent('7', { at: '10:00:06.000' }, { ...loader, ImageLoaded: 'C:\\m.dll' }),
  sysmonEvent('9', { at: '10:00:06.500' }, { ...loader, Device: '\\Device\\HarddiskVolume1' }),
  sysmonEvent(
    '10',
    { at: '10:00:07.000' },
    {
      SourceProcessGUID: `{${loaderGuid}}`,
      SourceProcessId: '4100',
      SourceImage: loader.Image,
      TargetProcessGUID: `{${lsassGuid}}`,
      TargetProcessId: '712',
      TargetImage: 'C:\\Windows\\System32\\lsass.exe',
      GrantedAccess: '0x1010',
    },
  ),
  sysmonEvent(
    '8',
    { at: '10:00:08.000' },
    {
      SourceProcessGuid: `{${shellGuid}}`,
      SourceProcessId: '4200',
      SourceImage: shell.Image,
      TargetProcessGuid: `{${loaderGuid}}`,
      TargetProcessId: '4100',
      TargetImage: loader.Image,
    },
  ),
  sysmonEvent('25', { at: '10:00:09.000' }, { ...loader, Type: 'Image is replaced' }),
  sysmonEvent('17', { at: '10:00:10.000' }, { ...loader, PipeName: '\\p', EventType: 'CreatePipe' }),
  sysmonEvent('24', { at: '10:00:11.000' }, { ...loader, ClientInfo: 'user: x' }),
  sysmonEvent('6', { at: '10:00:12.000' }, { ImageLoaded: 'C:\\d.sys' }),
  sysmonEvent(
    '19',
    { at: '10:00:12.500' },
    { EventType: 'WmiFilterEvent', Operation: 'Created', User: 'CORP\\wally', Name: 'f', Query: 'q' },
  ),
  sysmonEvent(
    '1',
    { at: '10:00:30.000' },
    {
      ...shell,
      CommandLine: 'cmd /c x',
      ParentProcessGuid: `{${loaderGuid}}`,
      ParentProcessId: '4100',
      ParentImage: loader.Image,
    },
  ),
  securityEvent(
    '4688',
    { at: '10:00:30.020' },
    {
      NewProcessId: '0x1068',
      NewProcessName: shell.Image,
      ProcessId: '0x1004',
      ParentProcessName: loader.Image,
    },
  ),
  securityEvent(
    '4663',
    { at: '10:01:00.000' },
    {
      ProcessId: '0x1004',
      ProcessName: loader.Image,
      ObjectType: 'File',
      ObjectName: 'C:\\secret.doc',
      AccessMask: '0x1',
    },
  ),
  securityEvent(
    '4673',
    { at: '10:01:01.000' },
    { ProcessId: '0x1004', ProcessName: loader.Image, PrivilegeList: 'SeDebugPrivilege' },
  ),
  securityEvent(
    '5156',
    { at: '10:01:02.000' },
    {
      ProcessID: '4100',
      Application: '\\device\\harddiskvolume3\\users\\w\\loader.exe',
      Direction: '%%14593',
      DestAddress: '203.0.113.5',
      DestPort: '443',
      Protocol: '6',
    },
  ),
  securityEvent(
    '4697',
    { at: '10:01:03.000' },
    {
      ServiceName: 'evil',
      ServiceFileName: 'C:\\evil.exe',
      ClientProcessId: '4100',
      ClientProcessStartKey: startKeyOfGuid(loaderGuid) ?? '',
    },
  ),
  securityEvent(
    '4698',
    { at: '10:01:04.000' },
    { TaskName: '\\evil', ClientProcessId: '4100', ClientProcessStartKey: '844424930132999' },
  ),
  windowsEvent(
    {
      provider: 'Microsoft-Windows-PowerShell',
      channel: 'Microsoft-Windows-PowerShell/Operational',
      eventId: '4104',
      executionProcessId: '4200',
    },
    { at: '10:02:00.000' },
    { ScriptBlockText: 'iex 1', MessageNumber: '1', MessageTotal: '1' },
  ),
  // An answer that came when the sensor no longer knew whose it was.
  sysmonEvent(
    '22',
    { at: '10:03:00.000' },
    {
      ProcessGuid: noGuid,
      ProcessId: '4100',
      Image: '<unknown process>',
      QueryName: 'z.example',
      QueryStatus: '0',
    },
  ),
  // A stale time, before the process was there.
  sysmonEvent('11', { at: '09:59:50.000' }, { ...loader, TargetFilename: 'C:\\early' }),
  sysmonEvent('5', { at: '10:10:00.000' }, loader),
  securityEvent(
    '4689',
    { at: '10:10:00.050' },
    { ProcessId: '0x1004', ProcessName: loader.Image, Status: '0x0' },
  ),
  // The process id goes to another process, whose first module Sysmon gives to the one that is gone.
  sysmonEvent(
    '7',
    { at: '10:19:59.900' },
    { ...later, ProcessGuid: `{${loaderGuid}}`, ImageLoaded: 'C:\\Windows\\notepad.exe' },
  ),
  sysmonEvent('1', { at: '10:20:00.000' }, { ...later, CommandLine: 'notepad' }),
  securityEvent(
    '4663',
    { at: '10:21:00.000', arrival: '11:00:00' },
    { ProcessId: '0x1004', ProcessName: later.Image, ObjectType: 'File', ObjectName: 'C:\\note.txt' },
  ),
  // A process of which Sysmon logged no start; its GUID has the second.
  sysmonEvent(
    '11',
    { at: '10:30:05.000' },
    {
      ProcessGuid: `{${guidAt('10:30:00', 0x50)}}`,
      ProcessId: '4300',
      Image: 'C:\\tool.exe',
      TargetFilename: 'C:\\t',
    },
  ),
  securityEvent(
    '4663',
    { at: '10:30:06.000' },
    { ProcessId: '0x10cc', ProcessName: 'C:\\tool.exe', ObjectType: 'File', ObjectName: 'C:\\t' },
  ),
  securityEvent(
    '4663',
    { at: '10:40:06.000' },
    {
      ProcessId: '0x1130',
      ProcessName: "/tmp/it's\ta\n\\name \u00e9\ud83d\ude00",
      ObjectType: 'File',
      ObjectName: 'C:\\t',
    },
  ),
  // The same ids on another host.
  sysmonEvent('11', { at: '10:00:01.000', host: 'WS02' }, { ...loader, TargetFilename: 'C:\\other host' }),
  securityEvent(
    '4663',
    { at: '10:01:00.000', host: 'WS02' },
    { ProcessId: '0x1004', ProcessName: loader.Image, ObjectType: 'File', ObjectName: 'C:\\other host' },
  ),
];

beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
  await store.write(events);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function read(of: readonly Process[], options: Partial<PageOptions> = {}) {
  return (await readEvidence(store, of, { limit: 1_000, ...options })).events;
}

async function countsOf(of: Process, options = {}): Promise<Readonly<Record<string, number>>> {
  const [counts = new Map()] = await countEvidence(store, [of], options);
  return Object.fromEntries([...counts].map(([name, { count }]) => [name, count]));
}

const find = (found: readonly EvidenceEvent[], evidenceClass: EvidenceClass) =>
  found.filter((event) => event.evidenceClass === evidenceClass);

describe('what a process did', () => {
  test('is counted by class, from every side that names it', async () => {
    expect(await countsOf(loaderProcess)).toEqual({
      start: 2,
      end: 2,
      child: 2,
      'file-created': 2,
      'file-executable': 1,
      'file-deleted': 2,
      'file-time-changed': 1,
      'file-stream': 1,
      'file-blocked': 2,
      'file-access': 1,
      registry: 1,
      network: 2,
      dns: 2,
      pipe: 1,
      module: 2,
      'thread-received': 1,
      'access-made': 1,
      'raw-access': 1,
      tampering: 1,
      clipboard: 1,
      service: 1,
      privilege: 1,
    });
    expect(await countsOf(shellProcess)).toEqual({ start: 2, 'thread-made': 1, script: 1 });
  });

  test('is read as lines with grades', async () => {
    const found = await read([loaderProcess]);
    const lines = found.map(({ grade, summary }) => `${grade} ${summary}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'exact wrote C:\\Users\\w\\evil.dll',
        'exact connected to 203.0.113.5:443 over tcp',
        'exact opened C:\\Windows\\System32\\lsass.exe (712) with 0x1010',
        'exact C:\\Windows\\System32\\cmd.exe (4200) started a thread in it',
        'exact started cmd.exe (4200): cmd /c x',
        'probable used C:\\secret.doc (0x1)',
        'probable A privileged service was called: SeDebugPrivilege',
        'exact installed the service evil: C:\\evil.exe',
        'probable looked up z.example',
      ]),
    );
    const times = found.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
    expect(found.every(({ fields }) => fields.EventCode !== undefined)).toBe(true);
  });

  test('an event earlier than the start that names the GUID keeps its process; its time is doubted', async () => {
    const [early] = (await read([loaderProcess])).filter(({ summary }) => summary === 'wrote C:\\early');
    expect(early).toMatchObject({ grade: 'exact', reasons: ['guid-named', 'time-before-start'] });
  });

  test('a start key of another process is no match', async () => {
    expect(find(await read([loaderProcess]), 'scheduled-task')).toEqual([]);
  });

  test('events that name only the user are ambiguous, and there only when asked for', async () => {
    expect(find(await read([loaderProcess]), 'wmi')).toEqual([]);
    const [filter] = find(await read([loaderProcess], { byUser: true }), 'wmi');
    expect(filter).toMatchObject({ grade: 'ambiguous', side: 'user', summary: 'WMI filter created: f: q' });
    expect(find(await read([shellProcess], { byUser: true }), 'wmi')).toEqual([]);
  });
});

describe('a process id that was used again', () => {
  test('gives each process its own events', async () => {
    expect(await countsOf(laterProcess)).toEqual({ start: 1, module: 1, 'file-access': 1 });
    const [access] = find(await read([laterProcess]), 'file-access');
    expect(access).toMatchObject({ grade: 'probable', summary: 'used C:\\note.txt' });
    expect(access?.reasons).toContain('end-unknown');
  });

  test('an event with the GUID of the former holder is in doubt on both sides', async () => {
    const [former] = find(await read([loaderProcess]), 'module').filter(({ grade }) => grade !== 'exact');
    expect(former).toMatchObject({
      grade: 'ambiguous',
      reasons: ['guid-named', 'image-differs', 'process-id-reused'],
    });
    const [latter] = find(await read([laterProcess]), 'module');
    expect(latter).toMatchObject({ grade: 'ambiguous', id: former?.id });
    expect(latter?.reasons).toContain('other-guid-named');
  });

  test('a process whose end is not known is bounded by the next start with its id', async () => {
    const endless = { ...loaderProcess, guid: undefined, end: undefined };
    const found = await read([endless]);
    expect(found.length).toBeGreaterThan(15);
    expect(found.every(({ time }) => time < moment('10:20:00'))).toBe(true);
    const dns = find(found, 'dns').map(({ grade }) => grade);
    // One names the program, the other nothing but the process id.
    expect(dns.toSorted()).toEqual(['ambiguous', 'probable']);
  });
});

describe('without a GUID', () => {
  const bare = { ...loaderProcess, guid: undefined };

  test('the same events are found by process id and lifetime, none exact', async () => {
    const found = await read([bare]);
    expect(found.some(({ grade }) => grade === 'exact')).toBe(false);
    const named = await read([loaderProcess]);
    const both = new Set(found.map(({ id }) => id));
    // Not the one with the impossible time, nor the one of the next holder; the task's start key cannot be checked.
    expect(named.filter(({ id }) => !both.has(id)).map(({ summary }) => summary)).toEqual([
      'wrote C:\\early',
      'loaded C:\\Windows\\notepad.exe',
    ]);
    expect(find(found, 'scheduled-task')).toHaveLength(1);
  });

  test('a GUID in an event that began in another second is of another process', async () => {
    const tool = process({ pid: 4300, start: moment('10:30:00'), image: 'C:\\tool.exe' });
    expect(await countsOf(tool)).toEqual({ 'file-created': 1, 'file-access': 1 });
    expect(await countsOf({ ...tool, start: moment('10:25:00') })).toEqual({ 'file-access': 1 });
  });

  test('a process of which no time is known is matched by nothing', async () => {
    const claimed = {
      ...bare,
      start: undefined,
      startFrom: undefined,
      end: undefined,
      basis: 'claimed' as const,
    };
    expect(await read([claimed])).toEqual([]);
  });

  test('a process that was only seen is matched from then on', async () => {
    const seen = {
      ...bare,
      start: moment('10:00:30'),
      startFrom: 'seen-since' as const,
      basis: 'seen' as const,
    };
    const found = await read([seen]);
    const before = found.filter(({ time }) => time < moment('10:00:28'));
    expect(before.length).toBeGreaterThan(5);
    expect(before.every(({ grade }) => grade === 'ambiguous')).toBe(true);
    const [access] = find(found, 'file-access');
    expect(access).toMatchObject({ grade: 'probable' });
    expect(access?.reasons).toContain('start-unknown');
  });
});

describe('many processes', () => {
  const family = [loaderProcess, shellProcess, laterProcess];

  test('are counted in one go as one by one', async () => {
    const together = await countEvidence(store, family);
    for (const [at, each] of family.entries())
      expect([...(together[at] ?? [])]).toEqual([...((await countEvidence(store, [each]))[0] ?? [])]);
    expect(await countEvidence(store, [])).toEqual([]);
  });

  test('are read page by page without loss or repeat, and as counted', async () => {
    const whole = await read(family, { byUser: true });
    const paged: EvidenceEvent[] = [];
    let after: PageOptions['after'];
    do {
      const page = await readEvidence(store, family, { limit: 3, byUser: true, ...(after && { after }) });
      paged.push(...page.events);
      after = page.next;
    } while (after);
    expect(paged).toEqual(whole);
    const counted = await countEvidence(store, family, { byUser: true });
    const total = counted.flatMap((each) => [...each.values()]).reduce((sum, { count }) => sum + count, 0);
    expect(whole).toHaveLength(total);
    for (const [at, counts] of counted.entries())
      for (const [name, { byGrade }] of counts)
        for (const [grade, count] of Object.entries(byGrade))
          expect(
            whole.filter(
              (event) => event.process === at && event.evidenceClass === name && event.grade === grade,
            ),
          ).toHaveLength(count);
  });

  test('are read by the first of each class of each', async () => {
    const whole = await read(family);
    const seen = new Map<string, number>();
    const wanted = whole.filter(({ process: at, evidenceClass }) => {
      const key = `${at} ${evidenceClass}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return seen.get(key) === 1;
    });
    expect(wanted.length).toBeLessThan(whole.length);
    expect(await read(family, { perClass: 1 })).toEqual(wanted);
  });

  test('are read by class', async () => {
    const found = await read(family, { classes: ['thread-received', 'script'] });
    expect(found.map(({ evidenceClass, process: at }) => [evidenceClass, at])).toEqual([
      ['thread-received', 0],
      ['script', 1],
    ]);
  });
});

test('as of a moment, only what had arrived by then', async () => {
  expect(await countsOf(laterProcess, { asOf: moment('10:30:00') })).toEqual({ start: 1, module: 1 });
  expect(await read([loaderProcess], { asOf: moment('09:00:00') })).toEqual([]);
});

test('a class is the same in SQL as for an event at hand', async () => {
  const all = await read([loaderProcess, shellProcess, laterProcess], { byUser: true });
  for (const event of all) {
    const stored = events.find(({ fingerprint }) => Buffer.from(fingerprint).toString('hex') === event.id);
    const eventClass = stored?.event.eventClass ?? 'other';
    expect(evidenceClassOf(event.side, { ...event, eventClass })).toBe(event.evidenceClass);
  }
  expect(new Set(all.map(({ evidenceClass }) => evidenceClass)).size).toBeGreaterThan(20);
});

test('names that an attacker chose are values, never SQL', async () => {
  const odd = process({
    host: "ws01' OR 1=1 --",
    guid: "x') OR 1=1 --",
    pid: 4100,
    image: "C:\\'; DROP TABLE events; --\\/{p1:String}",
    user: "\\') --",
    start: moment('10:00:00'),
  });
  expect(await read([odd], { byUser: true })).toEqual([]);
  expect(Object.keys(await countsOf(loaderProcess)).length).toBeGreaterThan(20);
});

test('a program with odd characters in its name is itself', async () => {
  const odd = "/tmp/it's\ta\n\\name \u00e9\ud83d\ude00";
  const named = process({ pid: 4400, start: moment('10:40:00'), end: moment('10:41:00'), image: odd });
  const [event] = await read([named]);
  expect(event).toMatchObject({ grade: 'probable' });
  expect(event?.reasons).toContain('image-agrees');
});

test('every class can be asked for', async () => {
  for (const each of evidenceClassNames) await read([loaderProcess], { classes: [each], byUser: true });
});
