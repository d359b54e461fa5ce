import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportedFiles } from './exported-files.ts';
import { ingestSummary, program, runKeizu, searchRows, temporaryFolder } from './run-keizu.ts';

const folder = temporaryFolder();
const store = join(folder, 'store');
const out = join(folder, 'out');
const host = 'ws-sal-02.kitano.example';

const window = ['--earliest', '2024-05-01T00:00:00Z', '--latest', '2024-06-01T00:00:00Z'];
const write = (to: string, ...more: readonly string[]) =>
  runKeizu(['export', '--store', store, '--host', host, ...window, to, ...more]);
function eventsIn(journal: string): number {
  return existsSync(journal) ? JSON.parse(readFileSync(journal, 'utf8').split('\n')[0] ?? '').events : 0;
}
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

beforeAll(async () => {
  const demo = join(folder, 'case');
  expect((await runKeizu(['demo', '--out', demo, '--hosts', '2'])).status).toBe(0);
  await ingestSummary(store, demo);
  expect(await write(out)).toMatchObject({ status: 0, stderr: '' });
});

describe('keizu export', () => {
  test('has every event of the host, and of its address in the proxy log', async () => {
    const [found] = await searchRows(store, `search host=${host} | stats count`);
    const lines = readFileSync(join(out, 'events.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter((line) => line.host === host).length).toBe(Number(found?.count));
    expect(lines.some((line) => line._product === 'squid')).toBe(true);
    const manifest = json(join(out, 'manifest.json'));
    expect(manifest).toMatchObject({
      keizu_export: 1,
      events: lines.length,
      cells: { neutralised: true },
      limits: [],
    });
    for (const { path, sha256, bytes } of manifest.files) {
      const content = readFileSync(join(out, path));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    }
    expect(readFileSync(join(out, 'raw', 'sysmon.xml'), 'utf8')).toBe(
      lines
        .filter((line) => line._product === 'sysmon')
        .map((line) => `${line._raw}\n`)
        .join(''),
    );
    expect(readFileSync(join(out, 'events.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  });

  test('the table is safe for spreadsheets, or exact', async () => {
    const rows: Record<string, string>[] = parse(readFileSync(join(out, 'events.csv')), { columns: true });
    expect(rows.length).toBe(json(join(out, 'manifest.json')).events);
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const exact = join(folder, 'exact');
    expect((await write(exact, '--exact')).stdout).toContain('as they were recorded');
    const same: Record<string, string>[] = parse(readFileSync(join(exact, 'events.csv')), { columns: true });
    const lines = readFileSync(join(exact, 'events.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(same.map((row) => row.CommandLine)).toEqual(lines.map((line) => line.CommandLine ?? ''));
    expect(json(join(exact, 'manifest.json')).cells).toEqual({ neutralised: false, changed: 0 });
  });

  test('the report stands by itself: tree, connections, coverage, and nothing that runs', () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toMatch(
      /<h2>Processes of ws-sal-02[\s\S]+explorer\.exe[\s\S]+<h2>Connections of[\s\S]+203\.0\.113\.45[\s\S]+<h2>Coverage of the window/,
    );
    expect(page).not.toMatch(/<script|<img|https?:\/\/[^\s&<]*\.js"/);
  });

  test('another store has the same tree, however the export comes to it', async () => {
    const tree = async (of: string) => (await runKeizu(['tree', '--store', of, '--host', host])).stdout;
    const here = await tree(store);
    expect(here.split('\n').length).toBeGreaterThan(100);
    const { events } = json(join(out, 'manifest.json'));
    const whole = join(folder, 'whole');
    expect(await ingestSummary(whole, out)).toMatchObject({ events, duplicates: 0, faults: 0, files: 1 });
    expect(await tree(whole)).toBe(here);
    expect(await ingestSummary(whole, out)).toMatchObject({ events: 0, duplicates: events });
    const raw = join(folder, 'raw');
    expect(await ingestSummary(raw, join(out, 'raw'))).toMatchObject({ events, faults: 0 });
    expect(await tree(raw)).toBe(here);
    expect(await ingestSummary(store, out)).toMatchObject({ events: 0, duplicates: events });
    expect((await runKeizu(['verify', '--store', whole])).stdout).toContain(' 0 differ, 0 not judged');
  });

  test('each file of raw texts says whether they tell all by themselves', async () => {
    const facts = (of: string) =>
      json(join(of, 'manifest.json'))
        .files.filter((file: { path: string }) => file.path.startsWith('raw/'))
        .map(({ path, alone }: { path: string; alone: object }) => [path, alone]);
    expect(Object.fromEntries(facts(out))).toMatchObject({
      'raw/sysmon.xml': { same: expect.any(Number), lacks: [] },
      'raw/squid.log': { lacks: [] },
    });
    for (const [, { read, same }] of facts(out)) expect([same, read > 0]).toEqual([read, true]);
    const rows = join(folder, 'rows');
    mkdirSync(rows);
    writeFileSync(
      join(rows, 'proxy.log'),
      `#Software: SGOS 7.3\n#Fields: date time c-ip cs-method cs-host sc-status sc-bytes\n${[1, 2, 3]
        .map((at) => `2024-05-14 08:00:0${at} 10.0.0.1 GET example.com 200 ${at}00\n`)
        .join('')}`,
    );
    const headed = join(folder, 'headed-store');
    await ingestSummary(headed, rows);
    const [found] = await searchRows(headed, 'search * | stats count by host');
    const to = join(folder, 'headed');
    const made = await runKeizu(['export', '--store', headed, '--host', String(found?.host), ...window, to]);
    expect([made.status, made.stdout]).toEqual([
      0,
      expect.stringMatching(
        /raw\/\S+\.log does not tell all by itself: of 3 raw texts read again, 3 gave another event \(a row or line whose meaning stands in a header/,
      ),
    ]);
    expect(facts(to)).toMatchObject([[expect.any(String), { read: 3, same: 0 }]]);
    const again = join(folder, 'headed-again');
    expect(await ingestSummary(again, to)).toMatchObject({ events: 3, faults: 0 });
    expect(await searchRows(again, 'search status=200 | stats sum(bytes_in) as sum')).toEqual(
      await searchRows(headed, 'search status=200 | stats sum(bytes_in) as sum'),
    );
  });

  test('what left no journal is begun anew, a finished one is left, and nothing is written over', async () => {
    const begun = join(folder, 'begun');
    mkdirSync(begun);
    writeFileSync(join(begun, 'export.partial'), '999999999');
    writeFileSync(join(begun, 'events.jsonl.partial'), '{"half');
    expect((await write(begun)).stdout).toContain('begun anew: it had not come to its first checkpoint');
    expect(readdirSync(begun).sort()).toEqual([
      'events.csv',
      'events.jsonl',
      'events.parquet',
      'manifest.json',
      'raw',
      'report.html',
    ]);
    const before = readFileSync(join(begun, 'manifest.json'), 'utf8');
    expect(await write(begun)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing was written'),
    });
    expect(readFileSync(join(begun, 'manifest.json'), 'utf8')).toBe(before);
    const other = await write(begun, '--exact');
    expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('an export of another scope')]);
    writeFileSync(join(begun, 'export.partial'), String(process.pid));
    rmSync(join(begun, 'manifest.json'));
    expect((await write(begun)).stderr).toContain('is being written by another export');
  });

  test('one that is killed goes on where it was, and is the same in the end', async () => {
    const to = join(folder, 'killed');
    const command = ['export', '--store', store, '--host', host, ...window, to, '--checkpoint', '300'];
    const journal = join(to, 'journal.partial');
    const { events } = json(join(out, 'manifest.json'));
    let kept = 0;
    for (let run = 0; run < 3 && kept < events; run++) {
      const child = spawn(process.execPath, [program, ...command], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      // Killed as soon as it has come further than the run before.
      while (child.exitCode === null && child.signalCode === null && eventsIn(journal) <= kept)
        await sleep(2);
      child.kill('SIGKILL');
      await ended;
      expect(existsSync(join(to, 'manifest.json'))).toBe(false);
      expect(eventsIn(journal)).toBeGreaterThan(kept);
      kept = eventsIn(journal);
    }
    const { status, stdout } = await write(to);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(
          `^an interrupted run was taken up after ${kept.toLocaleString('en')} of ${events.toLocaleString('en')} events: from 2024-05-01`,
        ),
      ),
    ]);
    const content = (of: string) => {
      const { 'report.html': _, 'manifest.json': manifest, ...files } = exportedFiles(of);
      return files;
    };
    expect(content(to)).toEqual(content(out));
    // The report tells of another moment, that of the run which was killed first.
    const report = (of: string) => readFileSync(join(of, 'report.html'), 'utf8').replace(/as of .*/g, '');
    expect(report(to)).toBe(report(out));
    expect(await runKeizu(['verify', to])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(': 0 problems'),
    });
  });

  test('one that is told to stop goes on with the window that it had', async () => {
    const to = join(folder, 'stopped');
    const relative = ['--earliest', '-99999d', '--latest', 'now'];
    const command = ['export', '--store', store, '--host', host, ...relative, to];
    const child = spawn(process.execPath, [program, ...command], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said = text(child.stderr);
    const ended = once(child, 'exit');
    while (child.exitCode === null && !existsSync(join(to, 'events.csv.partial'))) await sleep(2);
    child.kill('SIGINT');
    const [status] = await ended;
    expect([status, await said]).toEqual([1, expect.stringContaining('The same command goes on with it.')]);
    const again = await runKeizu([...command, '--format', 'json']);
    const { earlier, as_of, scope } = JSON.parse(again.stdout);
    expect(earlier).toMatchObject(
      earlier.kind === 'taken-up' ? { events: expect.any(Number) } : { reason: 'no-checkpoint' },
    );
    expect(scope.latest <= as_of).toBe(true);
    expect((await runKeizu(['verify', to])).status).toBe(0);
  });

  test('what is wrong is said', async () => {
    expect((await write(join(folder, 'case'))).stderr).toContain('is not empty');
    const nobody = await runKeizu([
      'export',
      '--store',
      store,
      '--host',
      'nobody',
      ...window,
      join(folder, 'none'),
    ]);
    expect([nobody.status, nobody.stderr]).toEqual([1, expect.stringContaining('nobody')]);
    expect(existsSync(join(folder, 'none'))).toBe(false);
    const full = await runKeizu(['export', '--store', store, '--host', host, ...window, '/dev/null/x']);
    expect([full.status, full.stderr]).toEqual([1, expect.stringContaining('cannot write /dev/null/x')]);
    expect(
      (
        await runKeizu([
          'export',
          '--store',
          store,
          '--host',
          host,
          '--earliest',
          'then',
          '--latest',
          'now',
          out,
        ])
      ).status,
    ).toBe(2);
  });
});

describe('keizu verify OUT', () => {
  test('finds what was changed, taken away or added', async () => {
    expect(await runKeizu(['verify', out])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(': 0 problems'),
    });
    const changed = join(folder, 'changed');
    await write(changed);
    const raw = join(changed, 'raw', 'sysmon.xml');
    writeFileSync(raw, readFileSync(raw, 'utf8').replace('a', 'b'));
    rmSync(join(changed, 'events.csv'));
    writeFileSync(join(changed, 'raw', 'more.log'), 'x');
    const { status, stdout } = await runKeizu(['verify', changed]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/raw\/sysmon\.xml has another content/);
    expect(stdout).toMatch(/events\.csv is missing/);
    expect(stdout).toMatch(/raw\/more\.log is not in the manifest/);
  });

  test('a manifest leads nowhere but into its folder', async () => {
    const lead = join(folder, 'lead');
    mkdirSync(lead);
    const manifest = json(join(out, 'manifest.json'));
    writeFileSync(
      join(lead, 'manifest.json'),
      JSON.stringify({ ...manifest, files: [{ path: '../out/events.csv', bytes: 1, sha256: '' }] }, null, 2),
    );
    expect((await runKeizu(['verify', lead])).stdout).toContain('outside the folder');
    expect((await runKeizu(['verify', folder])).stderr).toContain('has no manifest');
  });
});
