import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AreaApp, areaApp } from '../../../test/area-app.ts';
import {
  type DemonstrationStore,
  infectedHost,
  openDemonstration,
} from '../../../test/demonstration-store.ts';
import { unzip } from '../../../test/unzip.ts';
import { verifyExport } from '../../export/verify-export.ts';
import { requiredRole } from '../access/required-role.ts';
import type { Failure } from '../contracts/error.ts';
import {
  type ExportRequest,
  type ExportStarted,
  type ExportState,
  exportStateSchema,
} from '../contracts/exports.ts';
import { ExportJobs } from '../exports/export-jobs.ts';
import { serverNow } from '../trees/request-moment.ts';
import { exportRoutes } from './exports.ts';

let demonstration: DemonstrationStore;
let app: AreaApp;

beforeAll(async () => {
  demonstration = await openDemonstration();
  app = areaApp(demonstration.store, [exportRoutes]);
}, 120_000);

afterAll(async () => {
  await app.stop();
  await demonstration.close();
});

const window = { earliest: '2024-05-01', latest: '2024-06-01T00:00:00Z' };
const send = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const started = async (request: ExportRequest): Promise<string> =>
  (await app.json<ExportStarted>('/exports', 201, send(request))).id;
const state = (id: string) => app.json<ExportState>(`/exports/${id}`);

async function ended(id: string): Promise<ExportState> {
  await expect.poll(async () => (await state(id)).state, { timeout: 60_000 }).not.toBe('running');
  return state(id);
}

describe('exports over the API', () => {
  test('one is written, told, downloaded and verified; nobody else has it', async () => {
    const id = await started({ hosts: ['ws-sal-02', infectedHost], ...window });
    const unfinished = await app.request(`/exports/${id}/archive`);
    const done = await ended(id);
    expect(((await unfinished.json()) as Failure).error.code).toBe('export-unfinished');
    expect(exportStateSchema.parse(done)).toEqual(done);
    expect(done).toMatchObject({
      state: 'done',
      hosts: [infectedHost],
      earliest: '2024-05-01T00:00:00.0000000Z',
      exact: false,
      error: null,
    });
    const answer = await app.request(`/exports/${id}/archive`);
    const name = done.result?.name ?? '';
    expect(name).toMatch(/^keizu-export-ws-sal-02-kitano-example-2024-05-01-[0-9a-f]{8}$/);
    expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      'application/zip',
      `attachment; filename="${name}.zip"`,
    ]);
    const folder = join(demonstration.folder, 'unpacked');
    const names = await unzip(Buffer.from(await answer.arrayBuffer()), folder);
    expect(names.at(-1)).toBe(`${name}/manifest.json`);
    const { manifest, manifestSha256, problems } = await verifyExport(join(folder, name));
    expect(problems).toEqual([]);
    expect(manifest.events).toBe(done.all);
    expect(manifest.events).toBeGreaterThan(1_000);
    expect(manifestSha256).toBe(done.result?.manifestSha256);
    expect(readdirSync(join(folder, name)).sort()).toContain('report.html');
    const other = app.context.exports;
    expect(() => other.find({ name: 'mallory', role: 'analyst', by: 'session', csrf: '' }, id)).toThrow(
      'no such export',
    );
    expect(other.find({ name: 'root', role: 'admin', by: 'session', csrf: '' }, id).isRunning).toBe(false);
    const subjects = app.context.metadata.audit
      .page(undefined, 10)
      .map(({ record }) => [record.action, record.subject]);
    expect(subjects).toContainEqual(['export', `download of ${id}`]);
    expect(subjects).toContainEqual([
      'export',
      `everything of ${infectedHost} from 2024-05-01T00:00:00.0000000Z to 2024-06-01T00:00:00.0000000Z, ${id}`,
    ]);
    expect((await app.request(`/exports/${id}`, { method: 'DELETE' })).status).toBe(204);
    await app.json<Failure>(`/exports/${id}`, 404);
  });

  test('one that is stopped can be resumed, and more than two at once are not taken', async () => {
    const request = { hosts: [infectedHost], ...window, exact: true };
    const [one, other] = [await started(request), await started(request)];
    const { error } = await app.json<Failure>('/exports', 429, send(request));
    expect(error.code).toBe('too-many-exports');
    for (const id of [one, other]) await app.request(`/exports/${id}`, { method: 'DELETE' });
    const stopped = await ended(one);
    expect([stopped.state, stopped.result, stopped.error]).toEqual(['stopped', null, null]);
    expect((await app.json<Failure>(`/exports/${one}/archive`, 409)).error.code).toBe('export-unfinished');
    const resumed = await app.json<ExportState>(`/exports/${one}/resume`, 200, { method: 'POST' });
    expect(exportStateSchema.parse(resumed).state).toBe('running');
    const done = await ended(one);
    expect(done).toMatchObject({ state: 'done', error: null, exact: true });
    expect(done.all).toBeGreaterThan(1_000);
    const again = await app.json<ExportState>(`/exports/${one}/resume`, 200, { method: 'POST' });
    expect([again.state, again.result]).toEqual(['done', done.result]);
    // Removed, not stopped: nothing of it is left.
    for (const id of [one, other]) {
      expect(existsSync(join(app.folder, 'exports', id))).toBe(true);
      expect((await app.request(`/exports/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect(existsSync(join(app.folder, 'exports', id))).toBe(false);
      await app.json<Failure>(`/exports/${id}/resume`, 404, { method: 'POST' });
    }
  });

  test('a later server has those of an earlier one: it goes on with one that was being written', async () => {
    const folder = join(demonstration.folder, 'exports');
    const actor = { name: 'haruka', role: 'analyst', by: 'local', csrf: '' } as const;
    const options = { store: demonstration.store, folder, version: 'test', log: () => {} };
    const asked = {
      scope: { hosts: [infectedHost], earliest: 0n, latest: serverNow(), asOf: serverNow() },
      exact: false,
      timezone: 'Asia/Tokyo',
    };
    const stateOf = (jobs: ExportJobs, id: string) => jobs.find(actor, id).state();
    const first = new ExportJobs(options);
    const done = (await first.start(actor, asked)).request.id;
    await expect.poll(() => stateOf(first, done).state, { timeout: 60_000 }).toBe('done');
    const written = stateOf(first, done);
    const broken = (await first.start(actor, asked)).request.id;
    await expect.poll(() => stateOf(first, broken).step, { timeout: 60_000, interval: 5 }).not.toBe(null);
    await first.close();
    mkdirSync(join(folder, randomUUID()));
    writeFileSync(join(folder, 'other'), '');
    const second = new ExportJobs(options);
    expect(readdirSync(folder).sort()).toEqual([done, broken, 'other'].sort());
    await expect.poll(() => stateOf(second, done).state, { timeout: 60_000 }).toBe('done');
    expect(stateOf(second, done)).toMatchObject({ all: written.all, result: written.result });
    expect(stateOf(second, broken)).toMatchObject({ state: 'stopped', hosts: [infectedHost], result: null });
    expect(() => second.find({ ...actor, name: 'mallory' }, broken)).toThrow('no such export');
    second.resume(actor, broken);
    await expect.poll(() => stateOf(second, broken).state, { timeout: 60_000 }).toBe('done');
    const resumed = stateOf(second, broken);
    expect([resumed.takenUp !== null, resumed.begunAnew]).toEqual(
      resumed.takenUp === null ? [false, 'no-checkpoint'] : [true, null],
    );
    const hashes = (state: ExportState) => state.result?.files.filter(({ events }) => events !== null);
    expect(hashes(resumed)).toEqual(hashes(written));
    await second.end(actor, done);
    await second.end(actor, broken);
    expect(readdirSync(folder)).toEqual(['other']);
    await second.close();
  });

  test('what is asked wrongly is refused', async () => {
    const code = async (status: number, body: unknown) =>
      (await app.json<Failure>('/exports', status, send(body))).error.code;
    expect(await code(404, { hosts: ['nobody'], ...window })).toBe('host-unknown');
    expect(await code(400, { hosts: [infectedHost], earliest: '-1d', latest: '-2d' })).toBe('empty-window');
    expect(await code(400, { hosts: [infectedHost], earliest: 'then', latest: 'now' })).toBe('bad-moment');
    expect(await code(400, { hosts: [infectedHost], ...window, timezone: 'Nowhere/At' })).toBe(
      'bad-timezone',
    );
    expect(await code(400, { hosts: [], ...window })).toBe('bad-request');
    await app.json<Failure>(`/exports/${randomUUID()}`, 404);
    await app.json<Failure>('/exports/..%2f..', 400);
  });

  test('a viewer neither starts nor takes one', () => {
    for (const [method, path] of [
      ['POST', '/api/exports'],
      ['GET', '/api/exports/x'],
      ['GET', '/api/exports/x/archive'],
      ['POST', '/api/exports/x/resume'],
      ['DELETE', '/api/exports/x'],
    ] as const)
      expect(requiredRole(method, path)).toBe('analyst');
  });

  test('a failure is told', async () => {
    const failing = areaApp(
      {
        ...demonstration.store,
        location: demonstration.store.location,
        catalogue: () => demonstration.store.catalogue(),
        rows: (...asked) => demonstration.store.rows(...asked),
        scope: (...asked) => demonstration.store.scope(...asked),
        columnBlocks: (...asked) => demonstration.store.columnBlocks(...asked),
        writeParquet: () => Promise.resolve(1),
      } as typeof demonstration.store,
      [exportRoutes],
    );
    const { id } = await failing.json<ExportStarted>(
      '/exports',
      201,
      send({ hosts: [infectedHost], ...window }),
    );
    const states = () => failing.json<ExportState>(`/exports/${id}`);
    await expect.poll(async () => (await states()).state, { timeout: 60_000 }).toBe('failed');
    expect((await states()).error).toMatchObject({
      code: 'export-failed',
      message: expect.stringContaining('has 1 rows of'),
    });
    await failing.stop();
  });
});
