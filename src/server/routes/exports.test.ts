import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
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

  test('one that is stopped leaves nothing, and more than two at once are not taken', async () => {
    const request = { hosts: [infectedHost], ...window, exact: true };
    const [one, other] = [await started(request), await started(request)];
    const { error } = await app.json<Failure>('/exports', 429, send(request));
    expect(error.code).toBe('too-many-exports');
    for (const id of [one, other]) await app.request(`/exports/${id}`, { method: 'DELETE' });
    const stopped = await ended(one);
    expect([stopped.state, stopped.result, stopped.error]).toEqual(['cancelled', null, null]);
    const { folder } = app.context.exports.find(
      { name: 'haruka', role: 'analyst', by: 'local', csrf: '' },
      one,
    ).request;
    await expect.poll(() => existsSync(folder), { timeout: 60_000 }).toBe(false);
    expect((await app.json<Failure>(`/exports/${one}/archive`, 409)).error.code).toBe('export-unfinished');
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
        blocks: (...asked) => demonstration.store.blocks(...asked),
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
