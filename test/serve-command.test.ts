import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Hunts } from '../src/server/contracts/hunts.ts';
import type { SearchStarted, SearchState } from '../src/server/contracts/search.ts';
import { ingestSummary, runKeizu, searchRows, temporaryFolder } from './run-keizu.ts';
import { serveKeizu } from './serve-keizu.ts';

const folder = temporaryFolder();

/** A log of made-up events, one a second. */
function log(name: string, events: number): string {
  const path = join(folder, name);
  const lines = Array.from({ length: events }, (_, n) => {
    const timestamp = new Date(1_692_161_670_000 + n * 1000).toISOString();
    return `${JSON.stringify({ timestamp, host: `h${n % 3}`, n, log: name })}\n`;
  });
  writeFileSync(path, lines.join(''));
  return path;
}

describe('commands beside a running server', () => {
  test('ingest, search, explain and tree as they do alone', async () => {
    const store = join(folder, 'beside');
    const path = log('one.jsonl', 500);
    const server = await serveKeizu(store);
    expect(await ingestSummary(store, path)).toMatchObject({ events: 500, duplicates: 0, faults: 0 });
    expect(await ingestSummary(store, path)).toMatchObject({ events: 0, duplicates: 500 });
    const search = 'index=main n<10 | streamstats count AS place | sort n | table n host place';
    const rows = await searchRows(store, search);
    expect(rows.length).toBe(10);
    const commands = [
      ['search', 'index=main | stats count, dc(host) AS hosts', '--store', store],
      ['explain', 'index=main', '--store', store],
      ['coverage', '--store', store],
      ['search', '| nosuch', '--store', store],
      ['tree', '--host', 'absent', '--store', store],
    ];
    const beside = [];
    for (const command of commands) beside.push(await runKeizu(command));
    const { id } = (await (
      await server.ask('POST', '/api/searches', { text: 'index=main | stats count' })
    ).json()) as SearchStarted;
    const state = (await (await server.ask('GET', `/api/searches/${id}`)).json()) as SearchState;
    expect(state.id).toBe(id);
    expect(await server.stop()).toBe(0);
    expect(existsSync(join(store, 'server.json'))).toBe(false);

    expect(await searchRows(store, search)).toEqual(rows);
    for (const [at, command] of commands.entries()) {
      const { status, stdout, stderr } = await runKeizu(command);
      const was = beside[at];
      expect({ status, stderr }, command.join(' ')).toEqual({ status: was?.status, stderr: was?.stderr });
      // An explanation names the moment at which it was made.
      if (command[0] !== 'explain') expect(stdout).toBe(was?.stdout);
    }
  }, 180_000);

  test('a second server is told where the first one is', async () => {
    const store = join(folder, 'second');
    const server = await serveKeizu(store);
    const { status, stderr } = await runKeizu(['serve', '--store', store, '--port', '0']);
    expect(status).toBe(1);
    expect(stderr).toContain(server.url);
    expect(await server.stop()).toBe(0);
  });
});

describe('a server', () => {
  test('that is killed leaves events and metadata whole, and nothing in the way', async () => {
    const store = join(folder, 'killed');
    const first = await serveKeizu(store);
    expect(await ingestSummary(store, log('two.jsonl', 300))).toMatchObject({ events: 300 });
    const names = Array.from({ length: 20 }, (_, n) => `hunt ${n}`);
    for (const name of names) {
      const answer = await first.ask('POST', '/api/hunts', { name, steps: [] });
      expect(answer.status).toBe(200);
    }
    const cut = runKeizu(['ingest', log('three.jsonl', 20_000), '--store', store]);
    await first.ask('POST', '/api/searches', { text: 'index=main | stats count BY n' });
    await first.kill();
    await cut;
    expect(existsSync(join(store, 'server.json'))).toBe(true);

    const [row] = await searchRows(store, 'index=main log=two.jsonl | stats count');
    expect(row).toEqual({ count: 300 });
    const second = await serveKeizu(store);
    const { hunts } = (await (await second.ask('GET', '/api/hunts')).json()) as Hunts;
    expect(hunts.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(await ingestSummary(store, join(folder, 'three.jsonl'))).toMatchObject({ records: 20_000 });
    const [all] = await searchRows(store, 'index=main log=three.jsonl | stats count');
    expect(all).toEqual({ count: 20_000 });
    expect(await second.stop()).toBe(0);
  });

  test('does not start for other machines without users, nor with half of a certificate', async () => {
    const store = join(folder, 'open');
    const bare = await runKeizu(['serve', '--store', store, '--port', '0', '--bind', '0.0.0.0']);
    expect(bare.status).toBe(1);
    expect(bare.stderr).toContain('keizu user add');
    const half = await runKeizu(['serve', '--store', store, '--tls-cert', 'x.pem']);
    expect(half.status).toBe(2);
    const input = 'a long password\n';
    expect((await runKeizu(['user', 'add', 'ann', '--store', store], { input })).status).toBe(2);
    const added = await runKeizu(['user', 'add', 'ann', '--role', 'admin', '--store', store], { input });
    expect(added).toMatchObject({ status: 0, stdout: 'added ann, admin\n' });
    const server = await serveKeizu(store, '--bind', '127.0.0.1');
    expect((await fetch(new URL('/api/summary', server.url))).status).toBe(401);
    expect(await server.stop()).toBe(0);
  });
});
