import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ingestSummary, runKeizu, temporaryFolder } from './run-keizu.ts';

const folder = temporaryFolder();
const store = join(folder, 'store');

beforeAll(async () => {
  const demo = join(folder, 'case');
  expect((await runKeizu(['demo', '--out', demo, '--hosts', '2'])).status).toBe(0);
  await ingestSummary(store, demo);
});

const egress = (...args: readonly string[]) => runKeizu(['egress', '--store', store, ...args]);

describe('keizu egress', () => {
  test('puts first what no process explains: calls home that the sensor has no event of', async () => {
    const { status, stdout, stderr } = await egress('--host', 'WS-SAL-02');
    expect([status, stderr]).toEqual([0, '']);
    const [open = '', explained = ''] = stdout.split('Explained by a process:');
    expect(open).toMatch(
      /203\.0\.113\.45:8080 +9 {2}8 C, 1 F .*\n +regsvr32\.exe \(5128\): tier 3, likeliest of \d+/,
    );
    expect(open).toMatch(/203\.0\.113\.201:7080 +4 {2}4 P /);
    expect(open).toMatch(/198\.51\.100\.177:443 +3 {2}3 B /);
    expect(explained).toMatch(/static-files\.example\.org:80 +1 {2}1 C .*\n +powershell\.exe/);
  });

  test('of a process: its connections one by one, and what its sensor may have missed', async () => {
    const { stdout } = await egress(
      '--host',
      'ws-sal-02',
      '--process',
      '5128',
      '--latest',
      '2024-05-14T10:30:00Z',
    );
    expect(stdout).toMatch(
      /connections by its own sensor: not certain: the sensor dropped \d+ events of this type/,
    );
    expect(stdout).toContain('10:28:02.310  P blocked by policy  CONNECT 203.0.113.201:7080');
    expect(stdout).toContain('10:28:14.772  C content delivered  POST http://203.0.113.45:8080/ringin/xian/');
  });

  test('JSON and CSV', async () => {
    const json = await egress('--dest', '203.0.113.45', '--format', 'json');
    const records = json.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    expect(records[0]).toMatchObject({ kind: 'destination', connections: 9, unexplained: 9 });
    expect(records.filter(({ code }) => code === 'C').length).toBe(8);
    const csv = await egress('--dest', '203.0.113.45', '--format', 'csv');
    expect(csv.stdout.trimEnd().split('\r\n').length).toBe(10);
  });

  test('what a client wrote does not reach the terminal, as JSON neither', async () => {
    const other = join(folder, 'hostile');
    const log = join(folder, 'hostile.log');
    const url = 'http://a.example/\u202Egpj.\u009B31m';
    writeFileSync(
      log,
      `1717236000.000 100 192.0.2.7 TCP_MISS/200 512 GET ${url} - HIER_DIRECT/192.0.2.80 text/html\n`,
    );
    await ingestSummary(other, log);
    const { stdout } = await runKeizu(['egress', '--store', other, '--format', 'json']);
    expect(stdout).not.toMatch(/[\u202E\u009B]/);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.find(({ kind }) => kind === 'connection')).toMatchObject({ url });
  });

  test('what is wrong is said', async () => {
    expect(await egress('--host', 'nobody')).toMatchObject({ status: 1 });
    expect(await egress('--earliest', 'then')).toMatchObject({ status: 2 });
    expect((await egress('--assets', join(folder, 'none.csv'))).stderr).toContain(
      'list of assets cannot be read',
    );
  });
});
