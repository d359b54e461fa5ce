import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pstree } from '../lineage/pstree.ts';
import type { TruthProcess } from './truth.ts';
import { type DemoOptions, type DemoSummary, writeDemo } from './write-demo.ts';

interface Connection {
  readonly process: string;
  readonly verdict: string;
  readonly c2: boolean;
  readonly sysmon: string;
  readonly line: string;
}

interface Story {
  readonly name: string;
  readonly host: string;
  readonly processes: Readonly<Record<string, string>>;
  readonly moments: readonly { readonly process: string; readonly time: string; readonly text: string }[];
  readonly connections: readonly Connection[];
  readonly pidReuses: readonly { readonly pid: number; readonly earlier: string; readonly later: string }[];
  readonly lateDeliveries: readonly {
    readonly from: string;
    readonly arrival: string;
    readonly file: string;
    readonly records: readonly {
      readonly recordId: number;
      readonly eventId: number;
      readonly time: string;
    }[];
  }[];
  readonly drops: readonly { readonly counts: Readonly<Record<string, number>> }[];
  readonly gaps: readonly {
    readonly firstMissing: number;
    readonly lastMissing: number;
    readonly count: number;
  }[];
  readonly searches: readonly { readonly name: string; readonly rows: readonly Record<string, unknown>[] }[];
}

interface Truth {
  readonly keizu: {
    readonly version: number;
    readonly hosts: readonly { readonly name: string; readonly computer: string }[];
    readonly processes: readonly TruthProcess[];
    readonly stories: readonly Story[];
  };
}

interface LoggedEvent {
  readonly id: number;
  readonly recordId: number;
  readonly time: string;
  readonly computer: string;
  readonly data: Readonly<Record<string, string>>;
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

function readEvent(line: string): LoggedEvent {
  const part = (pattern: RegExp): string => {
    const found = pattern.exec(line)?.[1];
    if (found === undefined) throw new Error(`${pattern} not in ${line}`);
    return found;
  };
  const data: Record<string, string> = {};
  for (const [, name = '', text = ''] of line.matchAll(/<Data Name='([^']+)'>([^<]*)<\/Data>/g))
    data[name] = text.replace(/&(lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
  return {
    id: Number(part(/<EventID>(\d+)</)),
    recordId: Number(part(/<EventRecordID>(\d+)</)),
    time: part(/SystemTime='([^']+)'/),
    computer: part(/<Computer>([^<]+)</),
    data,
  };
}

const folders: string[] = [];

async function write(options: Partial<DemoOptions>): Promise<DemoSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-demo-'));
  folders.push(folder);
  return await writeDemo(folder, { seed: 1, hosts: 4, days: 1, ...options });
}

const lines = (summary: DemoSummary, file: string): string[] => {
  const text = readFileSync(join(summary.folder, file), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
};

const events = (summary: DemoSummary, file: string): LoggedEvent[] => lines(summary, file).map(readEvent);

const truthOf = (summary: DemoSummary): Truth['keizu'] =>
  (JSON.parse(readFileSync(join(summary.folder, 'truth.json'), 'utf8')) as Truth).keizu;

function digest(summary: DemoSummary): string {
  const hash = createHash('sha256');
  for (const file of [...summary.files].sort())
    hash.update(file).update(readFileSync(join(summary.folder, file)));
  return hash.digest('hex');
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the case as it is written by default', () => {
  let summary: DemoSummary;
  let truth: Truth['keizu'];
  let processes: Map<string, TruthProcess>;
  let accounting: LoggedEvent[];
  let sales: LoggedEvent[];
  let salesLate: LoggedEvent[];
  let salesSecurity: LoggedEvent[];
  let proxy: string[];
  let salaries: Story;
  let infection: Story;

  const processOf = (story: Story, name: string): TruthProcess => {
    const process = processes.get(story.processes[name] ?? '');
    if (!process) throw new Error(`no process ${name}`);
    return process;
  };

  beforeAll(async () => {
    summary = await write({});
    truth = truthOf(summary);
    processes = new Map(truth.processes.map((process) => [process.id, process]));
    accounting = events(summary, 'WS-ACC-01/sysmon.log');
    sales = events(summary, 'WS-SAL-02/sysmon.log');
    salesLate = events(summary, 'WS-SAL-02/sysmon-late.log');
    salesSecurity = events(summary, 'WS-SAL-02/security.log');
    proxy = lines(summary, 'proxy/access.log');
    const story = (name: string): Story => {
      const found = truth.stories.find((each) => each.name === name);
      if (!found) throw new Error(`no story ${name}`);
      return found;
    };
    salaries = story('salaries');
    infection = story('infection');
  });

  test('the files are those that are named, and the count is about the natural one', () => {
    const found = readdirSync(summary.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(summary.folder.length + 1));
    expect(found.sort()).toEqual([...summary.files].sort());
    expect(Math.abs(summary.events - 24_000)).toBeLessThan(1_500);
    expect(readFileSync(join(summary.folder, 'truth.json'), 'utf8').startsWith('{"keizu":')).toBe(true);
  });

  test('each log is in the order of its record ids and of time, and of its own host', () => {
    for (const file of summary.files.filter((each) => /\/(sysmon|security|system)/.test(each))) {
      const log = events(summary, file);
      expect(log.length).toBeGreaterThan(0);
      for (const [at, event] of log.entries()) {
        const before = log[at - 1];
        expect(event.computer.startsWith(`${file.split('/')[0]}.`)).toBe(true);
        if (!before) continue;
        expect(event.recordId).toBeGreaterThan(before.recordId);
        expect(event.time > before.time).toBe(true);
      }
    }
    const times = proxy.map((line) => Number(line.split(' ')[0]));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('every start in Sysmon’s log is a process of the truth, with its parent', () => {
    const byGuid = new Map(truth.processes.map((process) => [process.guid, process]));
    const starts = [...accounting, ...sales, ...salesLate].filter((event) => event.id === 1);
    expect(starts.length).toBeGreaterThan(500);
    for (const { data, computer } of starts) {
      const process = byGuid.get(data.ProcessGuid ?? '');
      expect(process).toMatchObject({
        host: computer,
        pid: Number(data.ProcessId),
        image: data.Image,
        commandLine: data.CommandLine,
        user: data.User,
      });
      const parent = processes.get(process?.parent ?? '');
      expect(parent).toMatchObject({
        guid: data.ParentProcessGuid,
        pid: Number(data.ParentProcessId),
        image: data.ParentImage,
        commandLine: data.ParentCommandLine,
      });
      expect(process?.recorded).toContain('sysmon');
      expect(process?.start.slice(0, 23).replace('T', ' ')).toBe(data.UtcTime);
    }
  });

  test('a GUID’s second is the start’s, a logon GUID’s tail is the logon id', () => {
    for (const { id, data } of sales) {
      if (id !== 1) continue;
      const hex = (data.ProcessGuid ?? '').replace(/[{}-]/g, '');
      const second = Number.parseInt(hex.slice(12, 16) + hex.slice(8, 12), 16);
      expect(second).toBe(Math.floor(Date.parse(`${data.UtcTime?.replace(' ', 'T')}Z`) / 1000));
      const tail = (data.LogonGuid ?? '').replace(/[{}-]/g, '').slice(16);
      const luid = Buffer.from(tail, 'hex').readBigUInt64LE();
      expect(`0x${luid.toString(16)}`).toBe(data.LogonId);
    }
  });

  test('at no time do two processes of a host bear one process id', () => {
    const byPid = new Map<string, TruthProcess[]>();
    for (const process of truth.processes) {
      const key = `${process.host} ${process.pid}`;
      byPid.set(key, [...(byPid.get(key) ?? []), process]);
    }
    let reused = 0;
    for (const holders of byPid.values()) {
      holders.sort((one, other) => (one.start < other.start ? -1 : 1));
      for (const [at, later] of holders.entries()) {
        const earlier = holders[at - 1];
        if (!earlier) continue;
        reused += 1;
        expect(earlier.end !== null && earlier.end <= later.start).toBe(true);
      }
    }
    expect(reused).toBeGreaterThan(10);
  });

  test('a parent starts before its child and is alive then', () => {
    for (const process of truth.processes) {
      if (process.parent === null) continue;
      const parent = processes.get(process.parent);
      expect(parent?.host).toBe(process.host);
      expect(parent && parent.start <= process.start).toBe(true);
      expect(parent?.end === null || (parent?.end ?? '') >= process.start).toBe(true);
    }
  });

  test('no address or name could be anybody’s', () => {
    for (const line of proxy) {
      const [, name = ''] = /(?:CONNECT |:\/\/)([^/: ]+)/.exec(line) ?? [];
      expect(name).toMatch(/(^|\.)example(\.com|\.net|\.org)?$|^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/);
    }
    for (const { data } of [...accounting, ...sales])
      if (data.DestinationIp) expect(data.DestinationIp).toMatch(/^(192\.0\.2\.10|10\.20\.\d+\.\d+)$/);
  });

  test('the story of the salaries: the chain, seven levels deep, from an Outlook that is older than the log', () => {
    const chain = ['outlook', 'excel', 'mshta', 'powershell-1', 'powershell-2', 'cmd', 'cacls'];
    expect(chain.map((name) => processOf(salaries, name).pid)).toEqual([
      11120, 6416, 12404, 16796, 5912, 1832, 10216,
    ]);
    for (const [at, name] of chain.entries()) {
      if (at > 0) expect(processOf(salaries, name).parent).toBe(processOf(salaries, chain[at - 1] ?? '').id);
    }
    expect(processOf(salaries, 'outlook').recorded).toEqual([]);
    expect(accounting.some((event) => event.id === 1 && event.data.ProcessId === '11120')).toBe(false);
  });

  test('the first two searches find what the truth says', () => {
    const found = accounting.filter(
      (event) => event.id === 1 && event.data.CommandLine?.includes('Salaries.xls'),
    );
    const [opened, by] = salaries.searches;
    expect(found.map(({ data }) => [data.ProcessId, data.CommandLine])).toEqual([
      [opened?.rows[0]?.ProcessId, opened?.rows[0]?.CommandLine],
    ]);
    expect(found.map(({ data }) => [data.ParentImage, data.ParentProcessId, data.Image])).toEqual([
      [by?.rows[0]?.parent_process_path, by?.rows[0]?.parent_process_id, by?.rows[0]?.process_path],
    ]);
  });

  const name = (path: string | undefined): string => path?.slice(path.lastIndexOf('\\') + 1) ?? '';

  test('pstree draws the expected tree, from Sysmon’s events and from Windows Security’s', () => {
    const fromSysmon = accounting
      .filter(({ id, data }) => id === 1 && data.User === 'KITANO\\wallylambic')
      .reverse()
      .map(({ data }) => ({
        parent: `${name(data.ParentImage)} (${data.ParentProcessId})`,
        child: `${name(data.Image)} (${data.ProcessId})`,
        detail: `${data.UtcTime?.slice(0, 19)} ${data.CommandLine}`,
      }));
    const fromSecurity = events(summary, 'WS-ACC-01/security.log')
      .filter(({ id, data }) => id === 4688 && data.SubjectUserName === 'wallylambic')
      .reverse()
      .map(({ data, time }) => ({
        parent: `${name(data.ParentProcessName)} (${data.ProcessId})`,
        child: `${name(data.NewProcessName)} (${data.NewProcessId})`,
        detail: `${time.slice(0, 19).replace('T', ' ')} ${data.CommandLine}`,
      }));
    for (const [rows, at] of [
      [fromSysmon, 2],
      [fromSecurity, 3],
    ] as const) {
      expect(rows.length).toBeGreaterThan(100);
      const trees = pstree(rows, { spaces: 50 }).rows.map((row) => row.tree);
      expect(trees.length).toBeGreaterThan(1);
      const found = trees.filter((tree) => tree.some((line) => line.includes('Salaries.xls')));
      expect(found).toEqual([salaries.searches[at]?.rows[0]?.tree]);
    }
  });

  test('the infection: Word has the process id that the browser had', () => {
    const word = processOf(infection, 'word');
    const browser = processOf(infection, 'browser');
    expect(word.pid).toBe(browser.pid);
    expect(browser.end !== null && browser.end < word.start).toBe(true);
    expect(infection.pidReuses).toEqual([{ pid: 7344, earlier: browser.id, later: word.id }]);
    const chain = ['word', 'powershell', 'rundll32', 'regsvr32'];
    for (const [at, each] of chain.entries())
      if (at > 0)
        expect(processOf(infection, each).parent).toBe(processOf(infection, chain[at - 1] ?? '').id);
  });

  test('part of the events came late, and in the truth stands which', () => {
    const [late] = infection.lateDeliveries;
    expect(late?.file).toBe('WS-SAL-02/sysmon-late.log');
    expect(late?.records.map((record) => [record.recordId, record.eventId])).toEqual(
      salesLate.map((event) => [event.recordId, event.id]),
    );
    const from = Date.parse(late?.from ?? '');
    expect(Date.parse(late?.arrival ?? '') - from).toBeGreaterThanOrEqual(30 * 60_000);
    const started = salesLate.filter((event) => event.id === 1).map((event) => name(event.data.Image));
    expect(started).toEqual(
      expect.arrayContaining(['WINWORD.EXE', 'powershell.exe', 'rundll32.exe', 'regsvr32.exe']),
    );
    const written = salesLate.filter((event) => event.id === 11 && name(event.data.Image) === 'rundll32.exe');
    expect(written.map((event) => event.data.TargetFilename?.slice(-4))).toEqual(['.dll', '.cfg']);
    expect(sales.some((event) => event.data.CommandLine?.includes('Invoice 2024-0514.doc'))).toBe(false);
  });

  test('a file bears the time of its last delivery', () => {
    const modified = (file: string) => statSync(join(summary.folder, file)).mtimeMs;
    const [late] = infection.lateDeliveries;
    expect(modified('WS-SAL-02/sysmon-late.log')).toBe(Date.parse(late?.arrival ?? ''));
    const after = modified('WS-SAL-02/sysmon.log') - Date.parse(sales.at(-1)?.time ?? '');
    expect(after).toBeGreaterThanOrEqual(0);
    expect(after).toBeLessThan(5_000);
  });

  test('the sensor tells of its drops, as many as there were', () => {
    const reports = sales.filter((event) => event.id === 255);
    const counts = infection.drops[0]?.counts ?? {};
    expect(reports.map((event) => event.data.Description)).toEqual([
      `Events dropped from driver queue: ${Object.entries(counts)
        .map(([kind, count]) => `${kind}:${count}`)
        .join(' ')}`,
    ]);
    expect(counts.NetworkConnect).toBeGreaterThanOrEqual(2);
    expect(counts.RegistryEvent).toBeGreaterThanOrEqual(1);
    expect(counts.ImageLoad).toBeGreaterThanOrEqual(2);
  });

  test('the record ids have one gap, and what was lost is in Windows Security’s log', () => {
    const ids = [...sales, ...salesLate].map((event) => event.recordId).sort((one, other) => one - other);
    const gaps = ids.flatMap((id, at) => {
      const before = ids[at - 1] ?? id - 1;
      return id === before + 1 ? [] : [[before + 1, id - 1]];
    });
    const [gap] = infection.gaps;
    expect(gaps).toEqual([[gap?.firstMissing, gap?.lastMissing]]);
    expect(gap?.count).toBe((gap?.lastMissing ?? 0) - (gap?.firstMissing ?? 0) + 1);
    const lost = processOf(infection, 'systeminfo');
    expect(lost.recorded).toEqual(['security']);
    expect(sales.some((event) => event.data.ProcessGuid === lost.guid)).toBe(false);
    expect(
      salesSecurity.some(
        (event) => event.id === 4688 && event.data.NewProcessId === `0x${lost.pid.toString(16)}`,
      ),
    ).toBe(true);
    expect(
      events(summary, 'WS-ACC-01/sysmon.log').every(
        (event, at) => event.recordId === (accounting[0]?.recordId ?? 0) + at,
      ),
    ).toBe(true);
  });

  test('the calls home are in the proxy’s log, delivered and blocked, and never in Sysmon’s', () => {
    const calls = infection.connections.filter((each) => each.c2);
    const verdicts = new Set(calls.map((each) => each.verdict));
    expect([...verdicts].sort()).toEqual(['blocked', 'bytes-both-ways', 'delivered', 'upstream-failed']);
    for (const call of calls) {
      expect(proxy).toContain(call.line);
      expect(call.line.includes('TCP_DENIED/403')).toBe(call.verdict === 'blocked');
      expect(call.sysmon).not.toBe('recorded');
    }
    const caller = processOf(infection, 'regsvr32');
    expect(
      [...sales, ...salesLate].some((event) => event.id === 3 && event.data.ProcessGuid === caller.guid),
    ).toBe(false);
    for (const { line, sysmon, process } of [...salaries.connections, ...infection.connections]) {
      expect(proxy).toContain(line);
      if (sysmon !== 'recorded') continue;
      const guid = processes.get(process)?.guid;
      const log = [...accounting, ...sales, ...salesLate];
      expect(log.some((event) => event.id === 3 && event.data.ProcessGuid === guid)).toBe(true);
    }
  });

  test('every moment names a process of the truth', () => {
    for (const story of [salaries, infection]) {
      expect(story.moments.length).toBeGreaterThan(5);
      for (const moment of story.moments) expect(processes.has(moment.process)).toBe(true);
    }
  });

  test('the noise has all kinds of events', () => {
    const ids = new Set([...accounting, ...sales].map((event) => event.id));
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 17, 18, 22, 23, 255])
      expect(ids).toContain(id);
    const security = new Set(salesSecurity.map((event) => event.id));
    for (const id of [4608, 4624, 4634, 4647, 4672, 4688, 4689]) expect(security).toContain(id);
  });
});

describe('options', () => {
  const small = { hosts: 2, events: 1500 };

  test('the same seed gives the same bytes; another one other noise around the same stories', async () => {
    const [one, same, other] = [await write(small), await write(small), await write({ ...small, seed: 2 })];
    expect(digest(same)).toBe(digest(one));
    expect(digest(other)).not.toBe(digest(one));
    const chain = (summary: DemoSummary) =>
      truthOf(summary).stories.map((story) => [story.searches, story.moments.map((moment) => moment.time)]);
    expect(chain(other)).toEqual(chain(one));
  });

  test('the number of events is about what was asked for', async () => {
    for (const events of [1_000, 10_000, 60_000]) {
      const summary = await write({ events });
      expect(Math.abs(summary.events - events) / events).toBeLessThan(0.05);
    }
  });

  test('hosts and days', async () => {
    const summary = await write({ hosts: 6, days: 3, events: 18_000 });
    const { hosts } = truthOf(summary);
    expect(hosts.map((host) => host.name)).toEqual([
      'WS-ACC-01',
      'WS-SAL-02',
      'WS-ENG-03',
      'SRV-FILE-01',
      'WS-005',
      'WS-006',
    ]);
    for (const { name } of hosts) {
      const days = new Set(events(summary, `${name}/sysmon.log`).map((event) => event.time.slice(0, 10)));
      expect([...days].slice(0, 3)).toEqual(['2024-05-14', '2024-05-15', '2024-05-16']);
    }
    const boots = events(summary, 'WS-ENG-03/system.log').filter((event) => event.id === 12);
    expect(boots).toHaveLength(3);
  });

  test('one host is too few', async () => {
    await expect(write({ hosts: 1 })).rejects.toThrow(RangeError);
  });

  test('can be stopped', async () => {
    await expect(write({ signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
