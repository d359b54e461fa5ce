import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AreaApp, areaApp } from '../../../test/area-app.ts';
import { guidAt, securityEvent, sysmonEvent } from '../../../test/stored-events.ts';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import type { StoredEvent } from '../../store/store.ts';
import type { Difference } from '../contracts/compare.ts';
import type { ProcessPanel } from '../contracts/process.ts';
import type { FoundInTree, Tree, TreeRows } from '../contracts/tree.ts';
import { compareRoutes } from './compare.ts';
import { processRoutes } from './process.ts';
import { treeRoutes } from './tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-made-events-'));
let app: AreaApp;
let close: () => Promise<void>;

interface Start {
  readonly host: string;
  readonly at: string;
  readonly arrival?: string;
  readonly pid: number;
  readonly guid: string;
  readonly image?: string;
  readonly commandLine?: string;
  readonly user?: string;
  readonly parent?: { readonly pid: number; readonly guid: string; readonly image?: string };
}

const program = 'C:\\Windows\\System32\\cmd.exe';

function start({
  host,
  at,
  arrival,
  pid,
  guid,
  image = program,
  commandLine = 'cmd',
  user = 'CORP\\w',
  parent,
}: Start): StoredEvent {
  return sysmonEvent(
    '1',
    { at, host, ...(arrival !== undefined && { arrival }) },
    {
      ProcessGuid: guid,
      ProcessId: String(pid),
      Image: image,
      CommandLine: commandLine,
      User: user,
      ...(parent && {
        ParentProcessGuid: parent.guid,
        ParentProcessId: String(parent.pid),
        ParentImage: parent.image ?? program,
      }),
    },
  );
}

const hostileImage = 'C:\\x\\<img src=x onerror=alert(1)>\u202egnp.exe';
const hostileLine = `=cmd|'/c calc'!A1 \u200b\u0007\u001b[31m${'A'.repeat(1_000_000)}</script>`;
const hostileUser = '"><script>alert(1)</script>';

const deep = 1_200;

function deepChain(): readonly StoredEvent[] {
  return Array.from({ length: deep }, (_, level) => {
    const clock = `10:${String(Math.floor(level / 60)).padStart(2, '0')}:${String(level % 60).padStart(2, '0')}`;
    const before = level - 1;
    const clockBefore = `10:${String(Math.floor(before / 60)).padStart(2, '0')}:${String(before % 60).padStart(2, '0')}`;
    return start({
      host: 'DEEP',
      at: clock,
      pid: 1_000 + level * 4,
      guid: guidAt(clock, level + 1),
      ...(level > 0 && { parent: { pid: 1_000 + before * 4, guid: guidAt(clockBefore, level) } }),
    });
  });
}

/** The child arrives in time, its parent an hour later. */
const parent = { pid: 500, guid: guidAt('09:00:00', 7), image: 'C:\\Tools\\parent.exe' };
const lateEvents = [
  start({ host: 'LATE', at: '09:00:00', arrival: '10:30:00', ...parent }),
  start({ host: 'LATE', at: '09:10:00', pid: 600, guid: guidAt('09:10:00', 8), parent }),
];

/** Two sensors, 396 milliseconds and an integrity level apart. */
const twoSensors = [
  sysmonEvent(
    '1',
    { at: '11:00:02.604', host: 'TWO' },
    {
      ProcessGuid: guidAt('11:00:02', 9),
      ProcessId: '700',
      Image: program,
      CommandLine: 'cmd /c x',
      User: 'CORP\\w',
      IntegrityLevel: 'High',
      LogonId: '0x5a3e1',
    },
  ),
  securityEvent(
    '4688',
    { at: '11:00:03.000', host: 'TWO' },
    {
      NewProcessId: '0x2bc',
      NewProcessName: program,
      CommandLine: 'cmd /c x',
      SubjectUserName: 'w',
      SubjectDomainName: 'CORP',
      SubjectLogonId: '0x5a3e1',
      MandatoryLabel: 'S-1-16-8192',
      ProcessId: '0x10',
    },
  ),
];

beforeAll(async () => {
  const store = await openEmbeddedStore(folder);
  close = () => store.close();
  await store.write([
    start({
      host: 'HOSTILE',
      at: '08:00:00',
      pid: 4,
      guid: guidAt('08:00:00', 5),
      image: hostileImage,
      commandLine: hostileLine,
      user: hostileUser,
    }),
    ...deepChain(),
    ...lateEvents,
    ...twoSensors,
  ]);
  app = areaApp(store, [treeRoutes, processRoutes, compareRoutes]);
}, 120_000);
afterAll(async () => {
  await app.stop();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('texts of an attacker', () => {
  test('cross unchanged; long ones are cut in rows, which say so', async () => {
    const tree = await app.json<Tree>('/tree?host=hostile');
    expect(tree.names).toEqual([hostileImage.slice(5)]);
    expect(tree.users).toEqual([hostileUser]);
    const { rows } = await app.json<TreeRows>(`/tree/${tree.key}/rows?positions=0`);
    expect(rows[0]?.image).toBe(hostileImage);
    expect(rows[0]?.commandLine).toEqual({ text: hostileLine.slice(0, 2_000), length: hostileLine.length });
    expect(rows[0]?.flags.map(({ code }) => code)).toContain('direction-override');
    const panel = await app.json<ProcessPanel>(
      `/process?host=hostile&id=${encodeURIComponent(rows[0]?.id ?? '')}`,
    );
    expect(panel.commandLine?.text).toBe(hostileLine);
    const found = await app.json<FoundInTree>(
      `/tree/${tree.key}/find?text=${encodeURIComponent('</SCRIPT>')}`,
    );
    expect(found.positions).toEqual([0]);
  });

  test('are made harmless where they are text for terminals and spreadsheets', async () => {
    const tree = await app.json<Tree>('/tree?host=hostile');
    const text = await (await app.request(`/tree/${tree.key}/text`)).text();
    expect(text).toContain('\\u202e');
    expect(text).toContain('\\x1b[31m');
    const csv = await (await app.request(`/tree/${tree.key}/export?format=csv`)).text();
    expect(csv).toContain(",'=cmd|");
    const name = (await app.request(`/tree/${tree.key}/export`)).headers.get('content-disposition');
    expect(name).toBe('attachment; filename="hostile-tree.jsonl"');
  });
});

test('a chain of a thousand processes', async () => {
  const tree = await app.json<Tree>('/tree?host=deep');
  expect(tree.columns.depth).toEqual(Array.from({ length: deep }, (_, level) => level));
  const last = deep - 1;
  const { rows } = await app.json<TreeRows>(`/tree/${tree.key}/rows?positions=${last}`);
  const panel = await app.json<ProcessPanel>(
    `/process?host=deep&id=${encodeURIComponent(rows[0]?.id ?? '')}`,
  );
  expect(panel.ancestors).toHaveLength(500);
  expect(panel.ancestors.at(-1)?.id).toBe(panel.parent.parent?.id);
  const text = await (await app.request(`/tree/${tree.key}/text`)).text();
  expect(text.trimEnd().split('\n').at(-1)).toMatch(/^\[\+1160\] .*└ cmd\.exe/);
});

test('a parent that arrived late was claimed, and is now seen', async () => {
  const then = await app.json<Tree>('/tree?host=late&asof=2024-03-05T10:00:00Z');
  expect(then.columns).toMatchObject({ pid: [500, 600], basis: [2, 0], grade: [4, 3] });
  const found = await app.json<Difference>('/tree/difference?host=late&from=2024-03-05T10:00:00Z');
  expect(found.rows.map(({ changes, before, after }) => [changes, before?.basis, after?.basis])).toEqual([
    [['changed'], 'claimed', 'started'],
    [['regraded'], 'started', 'started'],
  ]);
  expect(found.rows[0]?.reasons).toEqual([
    {
      code: 'difference.now-seen',
      text: 'was claimed, now seen being created',
      values: { before: 'claimed' },
    },
  ]);
  expect(found.rows[0]?.arrived).toBe('2024-03-05T10:30:00.0000000Z');
  expect(found.rows[1]?.reasons[0]).toMatchObject({ values: { before: 'claimed', after: 'exact' } });
});

test('two sensors that disagree: both values stand, and the process is one', async () => {
  const tree = await app.json<Tree>('/tree?host=two');
  expect(tree.columns.pid).toContain(700);
  const at = tree.columns.pid.indexOf(700);
  const { rows } = await app.json<TreeRows>(`/tree/${tree.key}/rows?positions=${at}`);
  const { identity } = await app.json<ProcessPanel>(
    `/process?host=two&id=${encodeURIComponent(rows[0]?.id ?? '')}`,
  );
  expect(identity.sensors.map(({ label }) => label)).toEqual(['Sysmon 1', 'Windows Security 4688']);
  const field = (name: string) => identity.fields.find((each) => each.field === name);
  expect(field('start')).toMatchObject({
    value: '2024-03-05T11:00:02.6040000Z',
    disagrees: true,
    says: [
      { kind: 'says', apartMs: 0 },
      { kind: 'differs', value: '2024-03-05T11:00:03.0000000Z', apartMs: 396 },
    ],
  });
  expect(field('integrityLevel')?.says.map(({ kind }) => kind)).toEqual(['says', 'differs']);
  expect(field('logonId')).toMatchObject({ disagrees: false });
  expect(identity.disagreements).toBe(2);
});
