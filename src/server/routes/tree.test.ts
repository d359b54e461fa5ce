import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AreaApp, areaApp } from '../../../test/area-app.ts';
import {
  type DemonstrationStore,
  infectedHost,
  openDemonstration,
  plainGuid,
} from '../../../test/demonstration-store.ts';
import type { Failure } from '../contracts/error.ts';
import type { FoundInTree, HostArrivals, HostList, Tree, TreeChanges, TreeRows } from '../contracts/tree.ts';
import { hostRoutes } from './hosts.ts';
import { treeRoutes } from './tree.ts';

let demo: DemonstrationStore;
let app: AreaApp;
/** A tree from before the late logs came. */
let early: Tree;

const host = 'ws-sal-02';

beforeAll(async () => {
  demo = await openDemonstration('apart');
  app = areaApp(demo.store, [hostRoutes, treeRoutes]);
}, 120_000);
afterAll(async () => {
  await app.stop();
  await demo.close();
});

const part = (name: string) => demo.part('infection', name);
const idOf = (name: string) => `${infectedHost}|${plainGuid(part(name).guid)}`;
const namesOf = ({ columns, names }: Tree) => columns.name.map((name) => names[name]);

describe('before the late logs', () => {
  test('hosts, those with process starts first', async () => {
    const { hosts, total } = await app.json<HostList>('/hosts');
    expect(total).toBe(3);
    expect(hosts.map((each) => each.host)).toEqual(['ws-acc-01.kitano.example', infectedHost, 'unknown']);
    const { hosts: matched } = await app.json<HostList>('/hosts?match=SAL');
    expect(matched.map((each) => each.host)).toEqual([infectedHost]);
  });

  test('a family, linked as far as is known', async () => {
    early = await app.json<Tree>(`/tree?host=${host}&match=R43H.dll`);
    expect(namesOf(early)).toEqual([
      'System',
      'smss.exe',
      'winlogon.exe',
      'userinit.exe',
      'explorer.exe',
      'WINWORD.EXE',
      'powershell.exe',
      'rundll32.exe',
      'regsvr32.exe',
      'systeminfo.exe',
      'ipconfig.exe',
    ]);
    expect(early.columns.depth).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
    expect(early.columns.parent).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8]);
    // Sysmon told of the story's processes late: Security alone gives probable links.
    expect(early.columns.grade).toEqual([4, 3, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect(early.columns.basis).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(early.matched).toEqual([7]);
    expect(early.facts.grades).toEqual({ exact: 3, probable: 6, ambiguous: 0, claimed: 1, none: 1 });
  });

  test('arrivals are told while they come, and what they change', async () => {
    const live = await app.request(`/hosts/${host}/live`);
    const reader = live.body?.getReader();
    const next = async (): Promise<HostArrivals> => {
      for (;;) {
        const { value } = (await reader?.read()) ?? {};
        const data = /^data: (.*)$/m.exec(new TextDecoder().decode(value))?.[1];
        if (data !== undefined) return JSON.parse(data);
      }
    };
    const first = await next();
    expect(first.host).toBe(infectedHost);
    expect(await app.json<TreeChanges>(`/tree/${early.key}/changes`)).toMatchObject({
      events: 0,
      regraded: 0,
    });
    await demo.readLate(app.context.store);
    const then = await next();
    await reader?.cancel();
    expect(then.events).toBeGreaterThan(first.events);
    expect(await app.json<TreeChanges>(`/tree/${early.key}/changes`)).toMatchObject({
      events: then.events - first.events,
      added: 0,
      removed: 0,
      relinked: 0,
      regraded: 4,
    });
  });

  test('a tree that is open stays what it was', async () => {
    const { rows } = await app.json<TreeRows>(`/tree/${early.key}/rows?positions=7`);
    expect(rows[0]?.id).not.toBe(idOf('rundll32'));
    expect(rows[0]?.link.map(({ code }) => code)).toContain('only-candidate');
    const again = await app.json<Tree>(`/tree?host=${host}&match=R43H.dll`);
    expect(again.key).not.toBe(early.key);
    expect(again.columns.grade).toEqual([4, 3, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  });

  test('as of the moment before, the tree is what it was then', async () => {
    const then = await app.json<Tree>(`/tree?host=${host}&match=R43H.dll&asof=${early.arrived}`);
    expect(then.columns).toEqual(early.columns);
    expect(then.asof).toBe(early.arrived);
  });
});

describe('the whole host', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await app.json<Tree>(`/tree?host=${host}`);
  });

  test('has every process of the truth that any sensor recorded, under its parent', async () => {
    const truth = demo.processes.filter(
      (each) => each.host.toLowerCase() === infectedHost && each.recorded.length > 0,
    );
    const started = tree.columns.basis.filter((basis) => basis === 0).length;
    expect(started).toBe(truth.length);
    expect(tree.size).toBe(tree.total);
    const byId = new Map(demo.processes.map((each) => [each.id, each]));
    const pairs = (child: number | undefined, parent: number | undefined) => `${child} < ${parent}`;
    const expected = new Map<string, number>();
    for (const each of truth) {
      const key = pairs(each.pid, byId.get(each.parent ?? '')?.pid);
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    for (const [position, parent] of tree.columns.parent.entries()) {
      if (parent < 0) continue;
      const key = pairs(tree.columns.pid[position], tree.columns.pid[parent]);
      expect(expected.get(key) ?? 0, key).toBeGreaterThan(0);
      expected.set(key, (expected.get(key) ?? 0) - 1);
    }
  });

  test('its columns fit together', () => {
    const { columns, size, names, users } = tree;
    for (const column of Object.values(columns)) expect(column).toHaveLength(size);
    for (const [position, parent] of columns.parent.entries()) {
      expect(parent).toBeLessThan(position);
      expect(columns.depth[position]).toBe(parent < 0 ? 0 : (columns.depth[parent] ?? 0) + 1);
      expect(names[columns.name[position] ?? -1]).toBeTypeOf('string');
      if ((columns.user[position] ?? -1) >= 0)
        expect(users[columns.user[position] ?? -1]).toBeTypeOf('string');
    }
    const start = columns.start[columns.pid.indexOf(part('regsvr32').pid)] ?? Number.NaN;
    expect(new Date(Date.parse(tree.base) + start).toISOString()).toBe(
      new Date(part('regsvr32').start).toISOString(),
    );
  });

  test('flagged processes never fold; folds are of alike siblings', () => {
    const { columns } = tree;
    const groups = new Map<number, number[]>();
    for (const [position, fold] of columns.fold.entries())
      if (fold >= 0) groups.set(fold, [...(groups.get(fold) ?? []), position]);
    expect(groups.size).toBeGreaterThan(0);
    for (const positions of groups.values()) {
      expect(positions.length).toBeGreaterThan(1);
      expect(new Set(positions.map((at) => columns.parent[at])).size).toBe(1);
      expect(new Set(positions.map((at) => columns.name[at])).size).toBe(1);
      expect(positions.every((at) => columns.flags[at] === 0)).toBe(true);
    }
  });

  test('facts say what was not collected for certain, and why', () => {
    const { coverage, settling, scanned } = tree.facts;
    expect(scanned.events).toBe(5_104);
    expect(coverage.of).toBe(8);
    const network = coverage.classes.find((each) => each.class === 'network');
    expect(network).toMatchObject({ answer: 'not-certain', certain: false });
    expect(network?.reasons[0]).toMatchObject({
      code: 'loss.dropped',
      values: { to: '2024-05-14T10:30:00.0000000Z', count: 7 },
    });
    expect(settling.is).toBe(false);
  });

  test('rows have ids, evidence in six answers, flags and reasons', async () => {
    const found = await app.json<FoundInTree>(`/tree/${tree.key}/find?text=hsuwke.dll`);
    expect(found).toEqual({ positions: [expect.any(Number)], scanned: tree.size });
    const position = found.positions[0] ?? -1;
    const parent = tree.columns.parent[position] ?? -1;
    const { rows } = await app.json<TreeRows>(`/tree/${tree.key}/rows?positions=${position},${parent}`);
    const [copy, loader] = rows;
    expect(copy?.id).toBe(idOf('regsvr32'));
    expect(copy?.commandLine?.text).toBe(part('regsvr32').commandLine);
    // Its calls home fell into the time of the drops.
    expect(copy?.evidence.network).toMatchObject({ answer: 'not-certain', count: 0 });
    expect(copy?.evidence.network.reasons[0]?.code).toBe('loss.dropped');
    expect(copy?.evidence.injected).toMatchObject({ answer: 'yes', count: 1 });
    expect(loader?.id).toBe(idOf('rundll32'));
    expect(loader?.evidence.files).toMatchObject({ answer: 'yes', count: 3, atLeast: false });
    expect(loader?.evidence.dns.answer).toBe('no');
    const shell = await app.json<FoundInTree>(`/tree/${tree.key}/find?text=${part('powershell').pid}`);
    const { rows: shells } = await app.json<TreeRows>(`/tree/${tree.key}/rows?positions=${shell.positions}`);
    expect(shells.find(({ id }) => id === idOf('powershell'))?.flags).toMatchObject([
      { code: 'document-starts-shell', severity: 'high' },
    ]);
  });

  test('a large answer is compressed', async () => {
    const answer = await app.request(`/tree?host=${host}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const text = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
    expect((JSON.parse(text) as Tree).size).toBe(tree.size);
  });

  test('exports have a line a process', async () => {
    const csv = await (await app.request(`/tree/${tree.key}/export?format=csv`)).text();
    expect(csv.split('\r\n')).toHaveLength(tree.size + 2);
    const answer = await app.request(`/tree/${tree.key}/export?format=json`);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="${infectedHost}-tree.jsonl"`,
    );
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(tree.size);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ host: infectedHost, depth: 0 });
    const family = await app.json<Tree>(`/tree?host=${host}&match=hsuwke`);
    const evidence = await (await app.request(`/tree/${family.key}/export?evidence=yes`)).text();
    expect(evidence).toContain('"thread-made":1');
  });
});

describe('other selections', () => {
  test('by process id and moment, GUID, id', async () => {
    const { pid, start, guid } = part('word');
    const both = await app.json<Tree>(`/tree?host=${host}&pid=${pid}`);
    expect(both.matched.map((at) => namesOf(both)[at])).toEqual(['msedge.exe', 'WINWORD.EXE']);
    const one = await app.json<Tree>(`/tree?host=${host}&pid=${pid}&at=${start}`);
    expect(one.matched.map((at) => namesOf(one)[at])).toEqual(['WINWORD.EXE']);
    for (const query of [`guid=${encodeURIComponent(guid)}`, `id=${encodeURIComponent(idOf('word'))}`])
      expect((await app.json<Tree>(`/tree?host=${host}&${query}`)).columns).toEqual(one.columns);
  });

  test('with a process as the root', async () => {
    const tree = await app.json<Tree>(`/tree?host=${host}&focus=${encodeURIComponent(idOf('rundll32'))}`);
    expect(namesOf(tree)).toEqual(['rundll32.exe', 'regsvr32.exe', 'systeminfo.exe', 'ipconfig.exe']);
    expect(tree.columns.parent[0]).toBe(-1);
  });

  test('what started or ended around a moment, with its ancestors', async () => {
    const tree = await app.json<Tree>(`/tree?host=${host}&around=2024-05-14T10:27:10Z&minutes=0.5`);
    expect(namesOf(tree)).toEqual(
      expect.arrayContaining(['WINWORD.EXE', 'powershell.exe', 'regsvr32.exe', 'System']),
    );
    expect(namesOf(tree)).not.toContain('ipconfig.exe');
    expect(tree.columns.leftOut[namesOf(tree).indexOf('explorer.exe')]).toBeGreaterThan(0);
  });
});

describe('the text for a ticket', () => {
  test('a line a process, with what is doubtful', async () => {
    const tree = await app.json<Tree>(`/tree?host=${host}&match=hsuwke`);
    const text = await (await app.request(`/tree/${tree.key}/text?timezone=Asia/Tokyo`)).text();
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^ws-sal-02\.kitano\.example {2}Asia\/Tokyo {2}as of .* exact 7 {2}probable 2 {2}claimed 1 {2}none 1$/,
    );
    expect(lines[1]).toBe(
      'System 4  ≈2024-05-14 17:31:12.000  [claimed: process starts were not collected then]',
    );
    expect(lines.at(-1)).toBe(
      `${'  '.repeat(8)}└ ipconfig.exe ${part('ipconfig').pid}  2024-05-14 19:34:21.744  +7:05  [probable]  ipconfig /all`,
    );
    expect(text).toContain('  HIGH  powershell -w hidden');
    const full = await (await app.request(`/tree/${tree.key}/text?form=full`)).text();
    expect(full).toContain('! Word (winword.exe) started a shell (powershell.exe)');
  });

  test('of one process alone', async () => {
    const tree = await app.json<Tree>(`/tree?host=${host}`);
    const focus = encodeURIComponent(idOf('rundll32'));
    const text = await (await app.request(`/tree/${tree.key}/text?focus=${focus}`)).text();
    expect(text.trimEnd().split('\n')).toHaveLength(12);
  });
});

describe('what cannot be answered says why', () => {
  const failed = async (path: string, status: number) => (await app.json<Failure>(path, status)).error;

  test('no such process: what was scanned', async () => {
    expect(await failed(`/tree?host=${host}&pid=4242`, 404)).toEqual({
      code: 'process-unknown',
      message: `No process had the id 4242 on ${infectedHost}.`,
      values: { host: infectedHost, starts: 1348, ends: 1313, events: 5104 },
      hint: 'Scanned 1,348 process starts and 1,313 process ends among 5,104 events, from 2024-05-14T08:31:12.0002023Z to 2024-05-14T18:00:00.0001396Z.',
    });
  });

  test('a moment before anything arrived: that, and when it does', async () => {
    const { code, hint } = await failed(`/tree?host=${host}&asof=2000-01-01T00:00:00Z`, 404);
    expect(code).toBe('process-unknown');
    expect(hint).toMatch(/^No event of this host had arrived by then\. .*--arrival/);
  });

  test('no such host: which there are', async () => {
    expect(await failed('/tree?host=nosuch', 404)).toMatchObject({
      code: 'host-unknown',
      hint: `Hosts in the store: ws-acc-01.kitano.example, ${infectedHost}, unknown.`,
    });
  });

  test('wrong requests', async () => {
    const { key } = await app.json<Tree>(`/tree?host=${host}`);
    expect((await failed(`/tree?host=${host}&pid=1&guid=2`, 400)).message).toBe(
      'pid and guid do not go together.',
    );
    expect((await failed(`/tree?host=${host}&asof=soon`, 400)).code).toBe('bad-moment');
    expect((await failed(`/tree?host=${host}&timezone=Mars`, 400)).code).toBe('bad-timezone');
    expect((await failed(`/tree/${key}/rows?positions=a`, 400)).code).toBe('bad-positions');
    expect((await failed(`/tree/${key}/rows?positions=0-900`, 400)).code).toBe('too-many-positions');
    expect((await failed('/tree/nokey/rows?positions=1', 404)).code).toBe('tree-unknown');
    const made = Buffer.from(JSON.stringify({ h: infectedHost, e: 3, l: '5', s: { kind: 'all' } })).toString(
      'base64url',
    );
    expect((await failed(`/tree/${made}/rows?positions=1`, 409)).code).toBe('tree-changed');
  });
});
