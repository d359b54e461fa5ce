import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeServer } from '../../test/made-server.ts';
import type { EventDetail, StoreSummary } from './contracts/events.ts';
import type { Hunt, Hunts } from './contracts/hunts.ts';
import type { IngestReport } from './contracts/ingest.ts';
import type { AuditPage, MadeToken, SessionState, User } from './contracts/session.ts';

let server: Awaited<ReturnType<typeof makeServer>>;

beforeAll(async () => {
  server = await makeServer();
  await server.session();
});
afterAll(() => server.close());

const logs = '{"EventID":1,"host":"a","n":"one"}\n{"EventID":1,"host":"b","n":"two"}\n';

describe('an upload', () => {
  test('reads the files of a form, under names that lead nowhere, and knows them again', async () => {
    const send = async () => {
      const form = new FormData();
      form.set('index', 'uploads');
      form.append('files', new File([logs], '../../x/logs.json'));
      form.append('files', new File(['what is this\u0000\u0001'.repeat(20)], 'empty.evtx'));
      const answer = await server.app.request('/api/ingest', {
        method: 'POST',
        body: form,
        headers: { 'x-keizu-csrf': (await server.session()).csrf },
      });
      return (await answer.json()) as IngestReport;
    };
    const first = await send();
    expect(first.summary).toMatchObject({ files: 2, events: expect.any(Number), duplicates: 0 });
    expect(first.summary.events).toBeGreaterThanOrEqual(2);
    const again = await send();
    expect(again.summary).toMatchObject({ events: 0, duplicates: first.summary.events });
    const state = await server.search('index=uploads n=one | table _origin _id');
    const page = await server.json<{ rows: string[][] }>('GET', `/api/searches/${state.id}/rows`);
    expect(page.rows[0]?.[0]).toBe('upload/x/logs.json');
    expect(readdirSync(join(server.directory, 'work')).filter((name) => name.startsWith('upload'))).toEqual(
      [],
    );
    const event = await server.json<EventDetail>('GET', `/api/events/${page.rows[0]?.[1]}`);
    expect(event).toMatchObject({ index: 'uploads', offset: 0, fields: { n: 'one' } });
    expect(event.raw).toContain('"one"');
  });

  test('takes one file as the body, and tells its progress as events', async () => {
    const answer = await server.app.request('/api/ingest?name=more.json&index=raw', {
      method: 'POST',
      body: logs.replaceAll('host', 'computer'),
      headers: { 'x-keizu-csrf': (await server.session()).csrf, accept: 'text/event-stream' },
    });
    const text = await answer.text();
    expect(text).toMatch(/event: done\ndata: \{"summary":\{"files":1/);
  });

  test('is refused without files, and with an index that is none', async () => {
    const answer = await server.ask('POST', '/api/ingest?index=..', 'x');
    expect(answer.status).toBe(400);
    const form = new FormData();
    form.set('index', 'main');
    const { csrf } = await server.session();
    const headers = { 'x-keizu-csrf': csrf };
    const none = await server.app.request('/api/ingest', { method: 'POST', body: form, headers });
    expect(none.status).toBe(400);
  });
});

describe('what is kept beside the events', () => {
  test('hunts are saved, replaced and removed', async () => {
    const steps = [{ title: 'start', text: 'index=main', earliest: '-24h', latest: null }];
    const hunt = await server.json<Hunt>('POST', '/api/hunts', { name: 'first', steps });
    await server.json<Hunt>('POST', '/api/hunts', { id: hunt.id, name: 'second', steps });
    expect(await server.json<Hunts>('GET', '/api/hunts')).toMatchObject({
      hunts: [{ id: hunt.id, name: 'second', steps, user: 'local' }],
    });
    expect((await server.ask('DELETE', `/api/hunts/${hunt.id}`)).status).toBe(204);
    expect((await server.ask('DELETE', `/api/hunts/${hunt.id}`)).status).toBe(404);
  });

  test('the summary says what the store holds', async () => {
    const summary = await server.json<StoreSummary>('GET', '/api/summary');
    expect(summary.isEmpty).toBe(false);
    expect(summary.indexes.find(({ name }) => name === 'uploads')?.events).toBeGreaterThan(0);
  });

  test('the API says what it is', async () => {
    const document = await server.json<{ paths: object }>('GET', '/api/openapi.json');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/searches', '/api/searches/{id}/rows', '/api/session', '/api/ingest']),
    );
  });
});

describe('access', () => {
  test('is refused to requests of other names, and to changes without the CSRF text', async () => {
    expect((await server.app.request('http://evil.example/api/session')).status).toBe(421);
    const answer = await server.app.request('/api/hunts', {
      method: 'POST',
      body: JSON.stringify({ name: 'x', steps: [] }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(403);
    for (const [name, value] of [
      ['x-frame-options', 'DENY'],
      ['x-content-type-options', 'nosniff'],
    ])
      expect(answer.headers.get(name as string)).toBe(value);
  });

  test('needs a user once there is one, and each role has its bounds', async () => {
    const password = 'correct horse battery';
    const first = await server.ask('POST', '/api/users', { name: 'ann', role: 'viewer', password });
    expect(first.status).toBe(409);
    const admin = await server.json<User>('POST', '/api/users', { name: 'ann', role: 'admin', password });
    expect(admin).toMatchObject({ name: 'ann', role: 'admin' });
    server.forget();
    expect((await server.ask('GET', '/api/summary')).status).toBe(401);
    expect(await server.session()).toMatchObject({ user: null, signIn: 'required', store: '' });
    const wrong = await server.ask('POST', '/api/session', { name: 'ann', password: 'wrong' });
    expect(wrong.status).toBe(401);
    const right = await server.ask('POST', '/api/session', { name: 'ann', password });
    expect(right.headers.get('set-cookie')).toMatch(/^keizu=[\w-]{43};.*HttpOnly.*SameSite=Strict/);
    await server.session();
    await server.json<User>('POST', '/api/users', { name: 'vic', role: 'viewer', password });
    expect((await server.ask('PATCH', '/api/users/ann', { role: 'viewer' })).status).toBe(409);
    expect((await server.ask('DELETE', '/api/users/ann')).status).toBe(409);
    const { text, token } = await server.json<MadeToken>('POST', '/api/tokens', {
      name: 'script',
      role: 'analyst',
    });
    expect(JSON.stringify(server.metadata.tokens.list())).not.toContain(text);
    await server.ask('DELETE', '/api/session');
    server.forget();

    const authorization = { authorization: `Bearer ${text}` };
    expect((await server.ask('GET', '/api/summary', undefined, authorization)).status).toBe(200);
    expect((await server.ask('GET', '/api/users', undefined, authorization)).status).toBe(403);
    const bad = { authorization: `Bearer ${text.slice(0, -1)}x` };
    expect((await server.ask('GET', '/api/summary', undefined, bad)).status).toBe(401);

    await server.ask('POST', '/api/session', { name: 'vic', password });
    const state: SessionState = await server.session();
    expect(state.user).toEqual({ name: 'vic', role: 'viewer' });
    expect((await server.search('index=uploads')).state).toBe('done');
    expect((await server.ask('POST', '/api/hunts', { name: 'x', steps: [] })).status).toBe(403);
    expect((await server.ask('POST', '/api/demo', {})).status).toBe(403);
    expect((await server.ask('GET', '/api/audit')).status).toBe(403);
    expect((await server.ask('DELETE', `/api/tokens/${token.id}`)).status).toBe(404);
    server.forget();

    await server.ask('POST', '/api/session', { name: 'ann', password });
    await server.session();
    const others = await server.search('index=uploads');
    const { entries } = await server.json<AuditPage>('GET', '/api/audit?limit=3');
    expect(entries[0]).toMatchObject({ user: 'ann', action: 'search', subject: 'index=uploads' });
    expect(entries.length).toBe(3);
    server.forget();
    await server.ask('POST', '/api/session', { name: 'vic', password });
    await server.session();
    expect((await server.ask('GET', `/api/searches/${others.id}`)).status).toBe(404);
  });

  test('is slowed for who tries many passwords', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 6; at++)
      statuses.push((await server.ask('POST', '/api/session', { name: 'guess', password: `p${at}` })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
});
