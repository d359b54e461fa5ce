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

const explained = (search: string, ...args: readonly string[]) =>
  runKeizu(['search', search, '--store', store, '--explain-zero', ...args]);

describe('keizu search --explain-zero', () => {
  test('says which condition matches nothing, and what to search instead', async () => {
    const { status, stdout } = await explained('host=WS-SAL-02 EventCode=1 CommandLine=powershell');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^The search gives 0 rows\./);
    expect(stdout).toMatch(/ 0 +0 +0 {2}host=WS-SAL-02 {2}<- matches nothing/);
    expect(stdout).toContain('such as ws-');
    expect(stdout).toContain('host="*WS-SAL-02*"');
    expect(stdout).toContain('CommandLine="*powershell*"');
    expect(stdout).toMatch(/With all of them the search would find \d+ events?\./);
    const again = await runKeizu([
      'search',
      'host="*WS-SAL-02*" EventCode=1 CommandLine="*powershell*"',
      '--store',
      store,
    ]);
    expect(again.stderr).toMatch(/[1-9]\d* rows?;/);
  });

  test('says what was not collected, what lies outside the range, and where rows are lost behind the pipe', async () => {
    const { stdout } = await explained('index=main EventCode=1 | stats count by Image | where count>1000000');
    expect(stdout).toMatch(
      /Rows behind each stage that may drop some:\n +\d+ {2}stats count by Image\n +0 {2}where/,
    );
    expect(stdout).toMatch(/gaps? in the record ids of Microsoft-Windows-Sysmon\/Operational/);
    expect(stdout).toMatch(/never recorded .* \(off by default\)/);
    const outside = await explained('EventCode=1', '--latest', '2001-01-01T00:00:00Z');
    expect(outside.stdout).toMatch(
      /Outside its time range or indexes [\d,]+ events meet its conditions: .*2024-05-14/,
    );
  });

  test('as JSON; a search that is faulty or reads no events is refused', async () => {
    const { stdout } = await explained('image=*regsvr32.exe', '--format', 'json');
    const record = JSON.parse(stdout);
    expect(record).toMatchObject({ rows: 0, matching: 0, elsewhere: null });
    expect(record.fieldNames).toEqual([{ field: 'image', like: ['Image'] }]);
    expect(record.otherFields.map(({ field }: { field: string }) => field)).toContain('Image');
    expect(await explained('index=main | nosuchcommand')).toMatchObject({ status: 1 });
    expect((await explained('| makeresults')).stderr).toContain('reads no events');
    expect(await explained('x', '--format', 'csv')).toMatchObject({ status: 2 });
    const reversed = ['--earliest', '2024-05-15T00:00:00Z', '--latest', '2024-05-14T00:00:00Z'];
    expect(await explained('x', ...reversed)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--earliest is not before --latest'),
    });
  });
});

describe('keizu verify', () => {
  const verify = (...args: readonly string[]) => runKeizu(['verify', '--store', store, ...args]);

  test('reads every stored raw text of the demonstration case again', async () => {
    const { status, stdout } = await verify();
    expect(status).toBe(0);
    const [, events = '', agreed = ''] =
      /^([\d,]+) events read again: ([\d,]+) agree, 0 differ, 0 not judged\./.exec(stdout) ?? [];
    expect(events).toMatch(/\d,\d{3}$/);
    expect(agreed).toBe(events);
  });

  test('takes a scope, and refuses one that is none', async () => {
    const { stdout } = await verify('EventCode=1', '--format', 'json');
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ kind: 'summary', differing: 0 });
    expect(summary.events).toBeGreaterThan(100);
    expect(summary.agreed).toBe(summary.events);
    expect(await verify('EventCode=1 | head 5')).toMatchObject({ status: 2 });
    expect(await verify('EventCode=(')).toMatchObject({ status: 1 });
  });

  test('a scope without an event, such as a misspelt folder, is not verified', async () => {
    const none = await verify(join(folder, 'case-71'));
    expect(none).toMatchObject({ status: 1 });
    expect(none.stderr).toContain('nothing was verified');
    expect(none.stderr).toContain('the folder of an export has to be there');
    expect((await verify('host=nosuch')).status).toBe(1);
  });

  test('fails, with both values, where its source gives something else now', async () => {
    const other = join(folder, 'other');
    const log = join(folder, 'proxy.log');
    const text =
      '#Fields: date time c-ip cs-method cs-host sc-status\n2024-05-14 08:00:01 192.0.2.1 GET a.example 200\n';
    writeFileSync(log, text);
    await ingestSummary(other, log);
    writeFileSync(log, text.replace('c-ip', 's-ip'));
    const { status, stdout } = await runKeizu(['verify', '--store', other]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^differs: _id=[0-9a-f]{32} \(.*proxy\.log, byte 52\)/);
    expect(stdout).toMatch(/ {2}c-ip\n {4}stored "192\.0\.2\.1"\n {4}read {3}\(none\)/);
    expect(stdout).toContain('1 event read again: 0 agree, 1 differ, 0 not judged.');
  });
});
