import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ingestSummary, runKeizu, temporaryFolder } from './run-keizu.ts';

const folder = temporaryFolder();
const store = join(folder, 'store');

beforeAll(async () => {
  const demo = join(folder, 'case');
  const { status } = await runKeizu(['demo', '--out', demo, '--hosts', '2']);
  expect(status).toBe(0);
  await ingestSummary(store, join(demo, 'WS-SAL-02/sysmon-late.log'), '--arrival', 'file-time');
  const summary = await ingestSummary(store, demo, '--arrival', '_time');
  expect(summary).toMatchObject({ duplicates: 29, arrivalsUnknown: 0 });
  const hostile = join(folder, 'hostile');
  mkdirSync(hostile);
  const record = {
    Hostname: 'EVIL\u001b[2J',
    Channel: '\u202eSecurity\u001b]0;x',
    EventID: 1,
    EventTime: '2024-05-14T09:00:00Z',
  };
  writeFileSync(join(hostile, 'log.jsonl'), `${JSON.stringify(record)}\n{"broken\n`);
  await ingestSummary(store, hostile);
});

const coverage = (...args: readonly string[]) => runKeizu(['coverage', '--store', store, ...args]);

describe('keizu coverage', () => {
  test('shows the case at a glance: gap, drops, late deliveries, what was never seen', async () => {
    const { status, stdout, stderr } = await coverage('--host', 'WS-SAL-02');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ws-sal-02\.kitano\.example {2}5,104 events, 3 logs\n/);
    expect(stdout).toContain(
      '5 ids, 525035 to 525039, between 2024-05-14 10:33:33.644 and 2024-05-14 10:35:00.369',
    );
    expect(stdout).toContain("1 RegistryEvent, between 2024-05-14 08:31:24.600 (the sensor's start) and");
    expect(stdout).toContain(
      'late: 29 events of 2024-05-14 10:26:41.207 to 2024-05-14 10:29:15.356 came at 2024-05-14 10:59:00.000',
    );
    expect(stdout).toContain('off by default in Sysmon: WMI subscriptions');
    expect(stdout).toMatch(/\n {4}[·▁▂▃▄▅▆▇█]{48}\n/);
  });

  test('a range and a zone', async () => {
    const range = ['--earliest', '2024-05-14T10:20:00Z', '--latest', '2024-05-14T10:32:00Z'];
    const { stdout } = await coverage('--host', 'ws-sal*', ...range, '--timezone', 'Asia/Tokyo');
    expect(stdout).toContain('143 events in this time, 5,104 in all');
    expect(stdout).toContain('2024-05-14 19:20:00.000 to 2024-05-14 19:32:00.000 Asia/Tokyo');
    expect(stdout).toMatch(/gap +1 outside this time/);
  });

  test('JSON: a host a line', async () => {
    const { stdout } = await coverage('--format', 'json');
    const hosts = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const sales = hosts.find(({ host }) => host === 'ws-sal-02.kitano.example');
    const sysmon = sales.channels.find(({ channel }: { channel: string }) => channel.includes('Sysmon'));
    expect(sysmon.recordIds.gaps).toEqual([
      {
        firstMissing: '525035',
        lastMissing: '525039',
        missing: 5,
        from: '2024-05-14T10:33:33.6440000Z',
        to: '2024-05-14T10:35:00.3690000Z',
      },
    ]);
  });

  test('CSV: an entry a row', async () => {
    const { stdout } = await coverage('--format', 'csv', '--host', 'ws-sal-02');
    const rows = stdout.split('\r\n');
    expect(rows[0]).toBe('host,channel,entry,what,product,count,from,to,detail');
    expect(rows.some((row) => row.includes(',dropped,NetworkConnect,,7,2024-05-14T08:31:24.6000000Z,'))).toBe(
      true,
    );
  });

  test('what logs say never reaches the terminal as it is', async () => {
    const { stdout } = await coverage('--host', 'evil*');
    expect(stdout).toContain('evil\\x1b[2j');
    expect(stdout).toContain('1 × ');
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test('no such host, no such zone, no store', async () => {
    const missing = await coverage('--host', 'nobody\u001b');
    expect([missing.status, missing.stdout]).toEqual([1, '']);
    expect(missing.stderr).toContain('no host is called nobody\\x1b.');
    expect(missing.stderr).toContain('ws-sal-02.kitano.example');
    expect((await coverage('--timezone', 'Nowhere')).status).toBe(2);
    expect((await runKeizu(['coverage', '--store', join(folder, 'none')])).status).toBe(1);
    expect((await runKeizu(['ingest', folder, '--store', store, '--arrival', ' '])).status).toBe(2);
  });
});
