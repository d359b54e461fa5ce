import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ingestSummary, runKeizu, temporaryFolder } from './run-keizu.ts';

const folder = temporaryFolder();
const store = join(folder, 'store');
const host = ['--host', 'ws-sal-02'];
const loader = [...host, '--pid', '9404', '--at', '2024-05-14T10:27:12Z'];

const run = (...args: readonly string[]) => runKeizu([...args, '--store', store]);
const objects = (text: string): readonly Readonly<Record<string, unknown>>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  const { status } = await runKeizu(['demo', '--out', join(folder, 'case')]);
  expect(status).toBe(0);
  await ingestSummary(store, join(folder, 'case'));
}, 240_000);

describe('keizu evidence', () => {
  test('writes the same events as text, JSON and CSV', async () => {
    const lines = (await run('evidence', ...loader)).stdout;
    const json = await run('evidence', ...loader, '--format', 'json');
    const csv = await run('evidence', ...loader, '--format', 'csv');
    expect(lines).toContain('= wrote C:\\Users\\harukam\\AppData\\Local\\Qwtvbn\\hsuwke.cfg\n');
    expect(lines).toMatch(/network connections +not certain: the sensor dropped/);
    const events = objects(json.stdout).filter(({ kind }) => kind === 'event');
    const rows = csv.stdout.trimEnd().split('\r\n').slice(1);
    expect(events.length).toBeGreaterThan(5);
    expect(rows.filter((row) => row.startsWith('2024-'))).toHaveLength(events.length);
    for (const { summary } of events) expect(lines).toContain(String(summary));
  });

  test('takes classes and a limit, and says what is left out', async () => {
    const { stdout, stderr } = await run(
      'evidence',
      ...loader,
      '--class',
      'file-created',
      '--limit',
      '1',
      '--format',
      'json',
    );
    expect(objects(stdout).map(({ kind }) => kind)).toEqual(['process', 'class', 'event']);
    expect(stderr).toContain('note: 1 more event; --limit 2 shows all');
  });

  test('asks which process is meant, and says what was scanned where there is none', async () => {
    const several = await run('evidence', ...host, '--pid', '7344');
    expect(several.status).toBe(1);
    expect(several.stderr).toMatch(
      /2 processes had the id 7344; --at says which\.\n {2}msedge\.exe .*\n {2}WINWORD\.EXE/,
    );
    const none = await run('evidence', ...host, '--pid', '999999');
    expect(none.status).toBe(1);
    expect(none.stderr).toMatch(
      /no process had the id 999999\.\n {2}scanned [\d,]+ process starts among [\d,]+ events/,
    );
  });

  test('refuses what makes no sense', async () => {
    for (const args of [[], ['--pid', '1', '--guid', 'x'], ['--at', 'now'], ['--pid', '1', '--class', 'x']])
      expect((await run('evidence', ...host, ...args)).status).toBe(2);
    expect((await run('evidence', '--host', 'nobody', '--pid', '1')).status).toBe(1);
  });
});

describe('keizu file', () => {
  test('tells the history of a download', async () => {
    const { status, stdout } = await run('file', 'Invoice 2024-0514.doc', ...host);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /downloaded +yes: .* by msedge\.exe \(7344\), from https:\/\/invoices\.example\.org\/d\/, zone internet/,
    );
    expect(stdout).toContain('CONNECT invoices.example.org:443');
  });

  test('of a program that no log saw being created says so, and why', async () => {
    const { stdout } = await run(
      'file',
      'C:\\Windows\\System32\\systeminfo.exe',
      ...host,
      '--format',
      'json',
    );
    const [file] = objects(stdout);
    expect(file).toMatchObject({
      kind: 'file',
      answers: { created: { answer: 'not-certain' }, run: { answer: 'yes' } },
    });
    expect(JSON.stringify(file)).toMatch(/no event tells of its creation.*begins at/);
  });

  test('says what was scanned where no event tells of the file', async () => {
    const { status, stderr } = await run('file', 'C:\\nothing.here');
    expect(status).toBe(1);
    expect(stderr).toMatch(/no event tells of the file C:\\nothing\.here\.\n {2}scanned [\d,]+ events/);
    expect((await run('file', ' ')).status).toBe(2);
  });
});
