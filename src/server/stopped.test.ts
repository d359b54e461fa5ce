import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { makeServer } from '../../test/made-server.ts';
import { sysmonEvent } from '../../test/stored-events.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { startServer } from './serve.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const event = sysmonEvent('1', { at: '09:00:00' }, { ProcessId: '4', Image: 'C:\\a.exe' });

test('what was asked when the server ends is cut off without a word in the log', async () => {
  const server = await makeServer();
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {});
  await server.session();
  await server.store.write([event]);
  const asked = ['/api/tree?host=ws01', '/api/coverage', '/api/hosts/ws01/live', '/api/fields'].map((path) =>
    server.ask('GET', path),
  );
  await server.close();
  const answers = await Promise.all(asked);
  for (const answer of answers) {
    const text = await answer.text();
    if (answer.status !== 200) expect(JSON.parse(text)).toMatchObject({ error: { code: 'query-cancelled' } });
  }
  expect(answers.map(({ status }) => status)).toContain(409);
  expect(server.logged).toEqual([]);
  expect(complained).not.toHaveBeenCalled();
});

test('a page that listens holds no server up that ends', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keizu-stopped-'));
  const store = await openEmbeddedStore(directory);
  await store.write([event]);
  await store.close();
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const server = await startServer({ directory, port: 0, bind: '127.0.0.1', version: '0', log });
  const live = await fetch(`${server.url}api/hosts/ws01/live`);
  const reader = live.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('event: arrivals');
  const cut = vi.spyOn(Server.prototype, 'closeAllConnections');
  await server.close();
  // Those of commands are cut at once.
  expect(cut).toHaveBeenCalledTimes(1);
  expect(logged).toEqual([]);
  rmSync(directory, { recursive: true, force: true });
});

test('a connection that was opened in advance holds no server up that ends', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keizu-stopped-'));
  const log = () => {};
  const server = await startServer({ directory, port: 0, bind: '127.0.0.1', version: '0', log });
  const advance = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(advance, 'connect');
  // One that has been used is idle, and not cut off before its answer.
  expect((await fetch(`${server.url}api/session`)).status).toBe(200);
  const cut = vi.spyOn(Server.prototype, 'closeAllConnections');
  const ended = once(advance, 'close');
  await server.close();
  await ended;
  expect(cut).toHaveBeenCalledTimes(1);
  rmSync(directory, { recursive: true, force: true });
});
