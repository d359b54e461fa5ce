import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AreaApp, areaApp } from '../../../test/area-app.ts';
import {
  type DemonstrationStore,
  infectedHost,
  openDemonstration,
  plainGuid,
} from '../../../test/demonstration-store.ts';
import type { Case, CaseItem, CaseList, CaseView, NewCaseItem, Notes } from '../contracts/cases.ts';
import type { Comparison, Difference } from '../contracts/compare.ts';
import type { Coverage, StretchFacts } from '../contracts/coverage.ts';
import type { Failure } from '../contracts/error.ts';
import type { FileHistoryMessage, ProcessEvents, ProcessPanel } from '../contracts/process.ts';
import type { Tree } from '../contracts/tree.ts';
import { caseRoutes } from './cases.ts';
import { compareRoutes } from './compare.ts';
import { coverageRoutes } from './coverage.ts';
import { fileRoutes } from './file.ts';
import { processRoutes } from './process.ts';
import { treeRoutes } from './tree.ts';

let demo: DemonstrationStore;
let app: AreaApp;
/** Arrival of the last event before the late logs. */
let before: string;

const host = 'ws-sal-02';
const part = (name: string) => demo.part('infection', name);
const idOf = (name: string) => `${infectedHost}|${plainGuid(part(name).guid)}`;
const panelOf = (name: string) =>
  app.json<ProcessPanel>(`/process?host=${host}&id=${encodeURIComponent(idOf(name))}`);

beforeAll(async () => {
  demo = await openDemonstration('apart');
  app = areaApp(demo.store, [
    treeRoutes,
    processRoutes,
    fileRoutes,
    compareRoutes,
    coverageRoutes,
    caseRoutes,
  ]);
  before = (await app.json<Tree>(`/tree?host=${host}`)).arrived ?? '';
  await demo.readLate(app.context.store);
}, 120_000);
afterAll(async () => {
  await app.stop();
  await demo.close();
});

describe('the panel of a process', () => {
  test('each field with what each sensor says of it', async () => {
    const { identity, start, end } = await panelOf('regsvr32');
    expect(identity.sensors.map(({ label, role }) => `${label} ${role}`)).toEqual([
      'Sysmon 1 start',
      'Windows Security 4688 start',
      'Sysmon 5 end',
      'Windows Security 4689 end',
    ]);
    const field = (name: string) => identity.fields.find((each) => each.field === name);
    expect(field('guid')).toMatchObject({ value: plainGuid(part('regsvr32').guid), disagrees: false });
    expect(field('guid')?.says.map(({ kind }) => kind)).toEqual(['says', 'silent', 'says', 'silent']);
    expect(field('user')?.says.map(({ value }) => value)).toEqual([null, 'harukam', null, 'harukam']);
    expect(field('start')?.says[1]).toEqual({
      kind: 'says',
      value: expect.stringMatching(/^2024-05-14T10:27:16\.742\d{4}Z$/),
      apartMs: expect.any(Number),
    });
    expect(field('parentPid')?.value).toBe(String(part('rundll32').pid));
    expect(new Date(start ?? '').getTime()).toBe(new Date(part('regsvr32').start).getTime());
    expect(new Date(end ?? '').getTime()).toBe(new Date(part('regsvr32').end ?? '').getTime());
    expect(identity.disagreements).toBe(0);
  });

  test('its link, ancestors and children', async () => {
    const { parent, ancestors, children } = await panelOf('regsvr32');
    expect(parent).toMatchObject({ grade: 'exact', deltaMs: 6_871, candidates: [] });
    expect(parent.parent?.id).toBe(idOf('rundll32'));
    expect(parent.reasons.map(({ code }) => code)).toContain('guid-named');
    expect(ancestors.map(({ name }) => name)).toEqual([
      'System',
      'smss.exe',
      'winlogon.exe',
      'userinit.exe',
      'explorer.exe',
      'WINWORD.EXE',
      'powershell.exe',
      'rundll32.exe',
    ]);
    expect(children).toMatchObject({ count: 2, descendants: 2, flagged: 0 });
    expect(children.first.map(({ pid }) => pid)).toEqual([part('systeminfo').pid, part('ipconfig').pid]);
  });

  test('evidence by class, over its life', async () => {
    const { evidence } = await panelOf('regsvr32');
    const of = (name: string) => evidence.classes.find((each) => each.class === name);
    expect(of('thread-made')).toMatchObject({ answer: 'yes', count: 1, slot: 'injected' });
    expect(of('thread-made')?.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(of('network')).toMatchObject({ answer: 'not-certain', count: 0, slot: 'network' });
    // It began after the drops had: the stretch is cut to its life.
    expect(of('network')?.stretches[0]).toMatchObject({
      kind: 'dropped',
      from: evidence.axis.from,
      to: '2024-05-14T10:30:00.0000000Z',
    });
    expect(of('network')?.stretches.map(({ kind }) => kind)).toContain('gap');
    expect(of('clipboard')).toMatchObject({ answer: 'not-collected' });
    expect(of('clipboard')?.stretches).toMatchObject([{ kind: 'not-collected', from: evidence.axis.from }]);
    expect(of('driver')?.answer).toBe('names-no-process');
  });

  test('files, and pages of events', async () => {
    const { files } = await panelOf('rundll32');
    expect(files.total).toBe(3);
    expect(files.first.map(({ path }) => path)).toEqual([
      'C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.dll',
      'C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.cfg',
      'C:\\Users\\harukam\\Kd8fqw\\R43H.dll',
    ]);
    const path = `/process/events?host=${host}&id=${encodeURIComponent(idOf('rundll32'))}`;
    const all = await app.json<ProcessEvents>(path);
    expect(all.events).toHaveLength(all.total);
    const pages: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: ProcessEvents = await app.json(`${path}&limit=4${next === '' ? '' : `&after=${next}`}`);
      pages.push(...page.events.map(({ id }) => id));
      next = page.next;
    }
    expect(pages).toEqual(all.events.map(({ id }) => id));
    const written = await app.json<ProcessEvents>(`${path}&class=file-created`);
    expect(written.events.map(({ summary, path: file }) => [summary, file])).toEqual([
      [`wrote ${files.first[0]?.path}`, files.first[0]?.path],
      [`wrote ${files.first[1]?.path}`, files.first[1]?.path],
    ]);
  });

  test('what is wrong is refused', async () => {
    const failed = async (path: string, status: number) => (await app.json<Failure>(path, status)).error.code;
    expect(await failed(`/process?host=${host}&id=none`, 404)).toBe('process-unknown');
    const path = `/process/events?host=${host}&id=${encodeURIComponent(idOf('word'))}`;
    expect(await failed(`${path}&class=nothing`, 400)).toBe('bad-request');
    expect(await failed(`${path}&after=WzFd`, 400)).toBe('bad-request');
    expect(await failed(`${path}&limit=100000`, 400)).toBe('bad-request');
  });
});

test('the history of a file', async () => {
  const { hosts, cut } = await app.json<FileHistoryMessage>('/file?path=hsuwke.dll');
  expect(cut).toBe(false);
  expect(hosts.map((each) => each.host)).toEqual([infectedHost]);
  const [history] = hosts;
  expect(history?.answers.created.answer).toBe('yes');
  expect(history?.answers.run.answer).toBe('not-certain');
  expect(history?.entries[0]).toMatchObject({
    role: 'created',
    process: { pid: String(part('rundll32').pid) },
  });
});

describe('the tree of a simple join beside the right one', () => {
  test('what was started by Word hangs under the browser that had its process id before', async () => {
    const found = await app.json<Comparison>(`/tree/compare?host=${host}&match=hsuwke`);
    expect(found.counts).toEqual({
      same: 11,
      moved: 1,
      invented: 0,
      cut: 1,
      notOnLeft: 0,
      parentAfterChild: 0,
    });
    const moved = found.moved.find(({ verdict }) => verdict === 'moved');
    expect(moved?.process.id).toBe(idOf('powershell'));
    expect(moved?.naiveParent?.id).toBe(idOf('browser'));
    expect(moved?.parent?.id).toBe(idOf('word'));
    expect(moved?.reasons[0]).toMatchObject({ code: 'naive.parent-ended-before' });
    const { left, right, leftToRight } = found;
    const at = moved?.left ?? -1;
    expect(leftToRight[at]).toBe(moved?.right);
    expect(left.names[left.columns.name[left.columns.parent[at] ?? -1] ?? -1]).toBe('msedge.exe');
    expect(right.names[right.columns.name[right.columns.parent[moved?.right ?? -1] ?? -1] ?? -1]).toBe(
      'WINWORD.EXE',
    );
    const [holders] = found.holders;
    expect(holders?.pid).toBe(part('word').pid);
    expect(holders?.holders.map(({ id }) => id)).toEqual([idOf('browser'), idOf('word')]);
    expect(holders?.children[0]).toMatchObject({ parent: idOf('word'), naiveParent: idOf('browser') });
  });

  test('a tree that knows one process an id has no place for the browser', async () => {
    const found = await app.json<Comparison>(
      `/tree/compare?host=${host}&method=holder&pid=${part('word').pid}`,
    );
    const missing = found.moved
      .filter(({ verdict }) => verdict === 'not-on-left')
      .map(({ process }) => process.id);
    expect(missing).toContain(idOf('browser'));
    expect(missing).not.toContain(idOf('word'));
    expect(found.counts.notOnLeft).toBe(missing.length);
  });
});

describe('then and now', () => {
  test('the story was graded up, in the order of the tree', async () => {
    const found = await app.json<Difference>(`/tree/difference?host=${host}&match=R43H.dll&from=${before}`);
    expect(found.summary).toEqual({
      before: 11,
      after: 11,
      added: 0,
      addedFlagged: 0,
      removed: 0,
      changed: 2,
      relinked: 0,
      regraded: 4,
    });
    expect(found.rows.map(({ after }) => after?.name).slice(5, 9)).toEqual([
      'WINWORD.EXE',
      'powershell.exe',
      'rundll32.exe',
      'regsvr32.exe',
    ]);
    const shell = found.rows[6];
    expect(shell).toMatchObject({
      changes: ['changed', 'regraded'],
      before: { grade: 'probable', depth: 6 },
      after: { grade: 'exact', depth: 6, id: idOf('powershell') },
      lateSeconds: null,
    });
    expect(shell?.fields).toContainEqual({
      field: 'guid',
      before: null,
      after: plainGuid(part('powershell').guid),
    });
    expect(shell?.reasons).toMatchObject([
      { code: 'difference.regraded', values: { before: 'probable', after: 'exact' } },
    ]);
    expect(found.arrivals.counts.reduce((sum, count) => sum + count, 0)).toBe(1_348);
  });

  test('begins five minutes before the last start where no moment is asked for', async () => {
    const found = await app.json<Difference>(`/tree/difference?host=${host}&match=R43H.dll`);
    const starts = found.rows.flatMap(({ after }) => (after?.start == null ? [] : [Date.parse(after.start)]));
    expect(Date.parse(found.from ?? '')).toBe(Math.max(...starts) - 300_000);
  });

  test('only what changed, a page at a time; backwards, what came is removed', async () => {
    const path = `/tree/difference?host=${host}&rows=changed&from=${before}`;
    const all = await app.json<Difference>(path);
    expect(all.summary.before).toBe(all.summary.after);
    expect(all.rows.filter(({ changes }) => changes.length > 0)).toHaveLength(7);
    const second = await app.json<Difference>(`${path}&offset=3&limit=2`);
    expect(second.rows).toEqual(all.rows.slice(3, 5));
    const begin = await app.json<Difference>(`/tree/difference?host=${host}&match=R43H.dll&from=0`);
    expect(begin.summary).toMatchObject({ before: 0, after: 11, added: 11, addedFlagged: 1 });
    expect(begin.beforeKey).toBeNull();
    const wrong = await app.json<Failure>(`/tree/difference?host=${host}&from=${before}&to=0`, 400);
    expect(wrong.error.message).toBe('from must be before to.');
  });
});

describe('coverage', () => {
  test('hosts by channel and class, with what is missing and why', async () => {
    const found = await app.json<Coverage>(
      '/coverage?earliest=2024-05-14T08:00:00Z&latest=2024-05-14T18:30:00Z',
    );
    expect(found.axis).toMatchObject({ parts: 48, partSeconds: 787.5 });
    expect(found.hosts.map((each) => [each.host, each.certain, each.dropped])).toEqual([
      ['ws-acc-01.kitano.example', 8, 0],
      [infectedHost, 0, 10],
      ['unknown', 0, 0],
    ]);
    const infected = found.hosts[1];
    expect(infected?.stretches.map(({ kind, count }) => [kind, count])).toEqual(
      expect.arrayContaining([
        ['gap', 5],
        ['dropped', 10],
        ['stopped', null],
      ]),
    );
    const sysmon = infected?.channels[0];
    expect(sysmon?.recordIds).toMatchObject({ verdict: 'gaps', firstId: '524158', lastId: '527855' });
    expect(sysmon?.marks.map(({ kind }) => kind)).toEqual(['started', 'stopped']);
    const network = sysmon?.classes.find((each) => each.class === 'network');
    expect(network).toMatchObject({ answer: 'not-certain', dropped: 7, label: 'Network' });
    expect(network?.stretches[0]?.eventId).toMatch(/^[0-9a-f]{32}$/);
    expect(network?.parts.reduce((sum, count) => sum + count, 0)).toBe(network?.events);
    const shares = Object.fromEntries(found.shares.map((each) => [each.class, each]));
    expect(shares['process-start']?.hosts).toBe(2);
    // One of two hosts without a loss; on the other the drops reach from the start of the sensor to their report.
    expect(shares.network?.share).toBeLessThan(shares.dns?.share ?? 0);
    expect(shares.network?.share).toBeGreaterThan(0.5);
  });

  test('a page of hosts, and the axis of their events', async () => {
    const found = await app.json<Coverage>('/coverage?limit=1');
    expect(found).toMatchObject({ hostsTotal: 3, hostsLeftOutWithGaps: 1 });
    expect(found.axis.from).toBe('2024-05-14T00:00:07.1030000Z');
    const one = await app.json<Coverage>('/coverage?hosts=ws-sal*');
    expect(one.hosts.map((each) => each.host)).toEqual([infectedHost]);
    expect((await app.json<Failure>('/coverage?hosts=nosuch', 404)).error.code).toBe('host-unknown');
  });

  test('what a stretch means', async () => {
    const found = await app.json<StretchFacts>(
      `/coverage/stretch?host=${host}&class=network&from=2024-05-14T10:27:00Z&to=2024-05-14T10:30:00Z`,
    );
    expect(found.answer).toBe('not-certain');
    expect(found.processes.count).toBeGreaterThan(20);
    expect(found.processes.first).toHaveLength(20);
    expect(found.recordIds[0]?.reason.code).toBe('record-ids.gaps');
  });

  test('its export is audited', async () => {
    const csv = await (await app.request('/coverage/export')).text();
    expect(csv).toMatch(/^host,channel,entry,what,/);
    const [last] = app.context.metadata.audit.page(undefined, 1);
    expect(last?.record).toMatchObject({
      user: 'haruka',
      action: 'export',
      subject: 'coverage of 3 hosts, csv',
    });
  });
});

describe('cases', () => {
  const send = <Value>(path: string, method: string, body: unknown, status: number) =>
    app.json<Value>(path, status, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  test('notes are pinned to processes and events, and shown in order of time', async () => {
    const made = await send<Case>('/cases', 'POST', { name: ' Invoice ', tags: ['infection'] }, 201);
    expect(made).toMatchObject({ name: 'Invoice', status: 'open', createdBy: 'haruka', items: 0 });
    const { identity } = await panelOf('rundll32');
    const add = (item: NewCaseItem) => send<CaseItem>(`/cases/${made.id}/items`, 'POST', item, 201);
    const hostile = '<script>alert(1)</script>\u202e\u0000';
    const copy = await add({
      pin: { kind: 'process', host: infectedHost, processId: idOf('regsvr32') },
      text: hostile,
    });
    await add({
      pin: { kind: 'event', host: infectedHost, eventId: identity.sensors[0]?.eventId ?? '' },
      tags: ['loader'],
    });
    await add({
      pin: { kind: 'process', host: infectedHost, processId: `${infectedHost}|gone` },
      text: 'was here',
    });
    await add({ pin: { kind: 'none' }, text: 'to do' });
    const view = await app.json<CaseView>(`/cases/${made.id}`);
    expect(view.case.items).toBe(4);
    expect(
      view.items.map(({ pinned, text }) => [pinned.process?.name ?? pinned.event?.summary ?? null, text]),
    ).toEqual([
      [expect.stringMatching(/^started: .*R43H\.dll/), ''],
      ['regsvr32.exe', hostile],
      [null, 'was here'],
      [null, 'to do'],
    ]);
    const notes = await app.json<Notes>(
      `/notes?host=${infectedHost}&processId=${encodeURIComponent(idOf('regsvr32'))}`,
    );
    expect(notes).toMatchObject({
      total: 1,
      items: [{ id: copy.id, caseName: 'Invoice', author: 'haruka' }],
    });
    const changed = await send<CaseItem>(
      `/cases/${made.id}/items/${copy.id}`,
      'PATCH',
      { tags: ['copy'] },
      200,
    );
    expect(changed).toMatchObject({ text: hostile, tags: ['copy'] });
    expect((await app.request(`/cases/${made.id}/items/${copy.id}`, { method: 'DELETE' })).status).toBe(204);
    const closed = await send<Case>(`/cases/${made.id}`, 'PATCH', { status: 'closed' }, 200);
    expect(closed).toMatchObject({ status: 'closed', items: 3, name: 'Invoice' });
  });

  test('they are listed, removed with their notes, and their limits hold', async () => {
    const one = await send<Case>('/cases', 'POST', { name: 'one' }, 201);
    await send(
      `/cases/${one.id}/items`,
      'POST',
      { pin: { kind: 'event', host: 'h', eventId: 'a'.repeat(32) } },
      201,
    );
    expect((await app.json<CaseList>('/cases')).cases[0]?.id).toBe(one.id);
    expect((await app.request(`/cases/${one.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await app.json<Notes>('/notes?host=h')).total).toBe(0);
    await app.json<Failure>(`/cases/${one.id}`, 404);
    await send('/cases', 'POST', { name: '  ' }, 400);
    await send('/cases', 'POST', { name: 'x', description: 'x'.repeat(30_000) }, 400);
    await send(`/cases/${one.id}/items`, 'POST', { pin: { kind: 'none' } }, 404);
    await send(`/cases/${one.id}/items`, 'POST', { pin: { kind: 'view', link: '//evil.example/' } }, 400);
  });
});
