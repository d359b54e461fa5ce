import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guidAt, moment, securityEvent, sysmonEvent, windowsEvent } from '../../test/stored-events.ts';
import { formatTicks } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store, StoredEvent } from '../store/store.ts';
import { askLedger } from './ask-ledger.ts';
import type { FileAnswer } from './file-answers.ts';
import { type FileHistoryOptions, readFileHistory } from './file-history.ts';
import { fileReasonTexts } from './file-reason.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-file-'));
let store: Store;

const browser = {
  ProcessGuid: `{${guidAt('09:00:00', 0x10)}}`,
  ProcessId: '100',
  Image: 'C:\\Program Files\\Edge\\msedge.exe',
};
const shell = {
  ProcessGuid: `{${guidAt('09:30:00', 0x18)}}`,
  ProcessId: '200',
  Image: 'C:\\Windows\\cmd.exe',
};
const tool = 'C:\\Users\\wally\\Downloads\\Tool.exe';
const library = 'C:\\Users\\wally\\AppData\\lib.dll';

/** A line of a proxy, whichever product reads it. */
function proxyLine(at: string, raw: string): StoredEvent {
  const told = windowsEvent({ provider: 'x', eventId: '1', channel: 'x' }, { at }, {});
  const event: Event = {
    ...told.event,
    raw,
    host: 'proxy',
    product: 'generic',
    eventClass: 'web',
    fields: {},
  };
  return { ...told, event };
}

const events: readonly StoredEvent[] = [
  // The log of creations begins here, on WS01 only.
  sysmonEvent('11', { at: '09:05:00.000' }, { ...browser, TargetFilename: 'C:\\first.txt' }),
  sysmonEvent('15', { at: '09:05:00.001' }, { ...browser, TargetFilename: 'C:\\first.txt:x', Contents: '-' }),
  sysmonEvent(
    '3',
    { at: '09:09:59.000' },
    {
      ...browser,
      SourceIp: '10.0.0.5',
      DestinationIp: '10.0.0.99',
      DestinationPort: '3128',
      Initiated: 'true',
    },
  ),
  sysmonEvent('11', { at: '09:10:00.000' }, { ...browser, TargetFilename: tool }),
  sysmonEvent(
    '15',
    { at: '09:10:00.100' },
    {
      ...browser,
      TargetFilename: `${tool}:Zone.Identifier`,
      Contents:
        '[ZoneTransfer]  ZoneId=3  ReferrerUrl=https://forum.example/t/1  HostUrl=http://files.example/Tool.exe',
    },
  ),
  proxyLine('09:10:00.500', '1709 10.0.0.5 TCP_MISS/200 GET http://files.example/Tool.exe'),
  proxyLine('09:10:00.600', '1709 10.0.0.50 TCP_MISS/200 GET http://files.example/Tool.exe'),
  proxyLine('09:10:00.700', '1709 10.0.0.5 TCP_TUNNEL/200 CONNECT forum.example:443'),
  proxyLine('09:10:00.800', '1709 10.0.0.5 TCP_TUNNEL/200 CONNECT my-forum.example:443'),
  // A download that leaves no mark.
  sysmonEvent(
    '1',
    { at: '11:00:00.000' },
    {
      ...shell,
      ProcessGuid: `{${guidAt('11:00:00', 0x40)}}`,
      CommandLine: 'bitsadmin /transfer x http://files.example/t/tool.zip C:\\bits\\t.zip',
    },
  ),
  proxyLine('11:00:01.000', '1709 10.0.0.5 TCP_MISS/200 GET http://files.example/other.zip'),
  proxyLine('11:00:02.000', '1709 10.0.0.5 TCP_MISS/200 GET http://files.example/t/tool.zip'),
  sysmonEvent('11', { at: '11:00:03.000' }, { ...shell, TargetFilename: 'C:\\bits\\t.zip' }),
  sysmonEvent('11', { at: '11:00:04.000' }, { ...shell, TargetFilename: 'C:\\bits\\unmarked.bin' }),
  proxyLine('12:00:00.000', '1709 10.0.0.5 TCP_MISS/200 GET http://files.example/Tool.exe'),
  sysmonEvent('2', { at: '09:20:00.000' }, { ...shell, TargetFilename: tool.toUpperCase() }),
  sysmonEvent(
    '1',
    { at: '09:30:00.000' },
    { ...shell, CommandLine: 'cmd /c start Tool.exe', CurrentDirectory: 'C:\\Users\\wally\\Downloads\\' },
  ),
  securityEvent(
    '4688',
    { at: '09:31:00.000' },
    {
      NewProcessId: '0x12c',
      NewProcessName: '\\Device\\HarddiskVolume2\\Users\\wally\\Downloads\\Tool.exe',
      ProcessId: '0xc8',
    },
  ),
  securityEvent(
    '4663',
    { at: '09:31:30.000' },
    { ProcessId: '0xc8', ObjectType: 'File', ObjectName: tool, AccessMask: '0x1' },
  ),
  sysmonEvent(
    '13',
    { at: '09:32:00.000' },
    { ...shell, EventType: 'SetValue', TargetObject: 'HKLM\\Run\\t', Details: `"${tool}" -q` },
  ),
  sysmonEvent('7', { at: '09:33:00.000' }, { ...shell, ImageLoaded: library }),
  sysmonEvent('23', { at: '09:40:00.000', arrival: '11:00:00' }, { ...shell, TargetFilename: tool }),
  sysmonEvent('11', { at: '09:41:00.000' }, { ...shell, TargetFilename: `${tool}.bak` }),
  sysmonEvent(
    '29',
    { at: '09:42:00.000' },
    { ...shell, TargetFilename: 'C:\\old name.exe', Hashes: `SHA256=${'AB'.repeat(32)}` },
  ),
  sysmonEvent(
    '7',
    { at: '09:43:00.000' },
    { ...shell, ImageLoaded: 'C:\\new name.exe', Hashes: `SHA256=${'AB'.repeat(32)}` },
  ),
  ...['empty one', 'empty two'].map((name) =>
    sysmonEvent(
      '23',
      { at: '09:44:00.000' },
      { ...shell, TargetFilename: `C:\\${name}`, Hashes: 'MD5=D41D8CD98F00B204E9800998ECF8427E' },
    ),
  ),
  sysmonEvent(
    '11',
    { at: '09:45:00.000' },
    { ...browser, TargetFilename: 'C:\\renamed.exe:Zone.Identifier' },
  ),
  sysmonEvent(
    '15',
    { at: '09:45:00.001' },
    {
      ...browser,
      TargetFilename: 'C:\\renamed.exe:Zone.Identifier',
      Contents: '[ZoneTransfer]  ZoneId=3  HostUrl=http://10.0.5.13/p.exe',
    },
  ),
  proxyLine('09:44:59.000', '1709\tC1\t10.0.0.5\t52665\t10.0.5.13\t80\ttcp'),
  proxyLine('09:44:59.500', '1709\tC2\t10.0.0.5\t52666\t10.0.5.13\t8080\ttcp'),
  // Another host, which records no files.
  sysmonEvent('7', { at: '09:34:00.000', host: 'WS02' }, { ...shell, ImageLoaded: library }),
  sysmonEvent('7', { at: '09:50:00.000', host: 'WS02' }, { ...shell, ImageLoaded: 'C:\\o.dll' }),
];

beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
  await store.write(events);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (path: string, options: FileHistoryOptions = {}) =>
  readFileHistory(store, path, {
    ask: askLedger(store, options.asOf),
    ...options,
  });

async function only(path: string, options: FileHistoryOptions = {}) {
  const { hosts } = await read(path, options);
  const [first] = hosts;
  if (first === undefined || hosts.length > 1) throw new Error(`${hosts.length} hosts`);
  return first;
}

describe('the history of a file', () => {
  test('tells who created, downloaded, used and deleted it, in order', async () => {
    const { host, entries } = await only(tool);
    expect(host).toBe('ws01');
    expect(entries.map(({ role, actor }) => [role, actor.pid])).toEqual([
      ['created', '100'],
      ['downloaded', '100'],
      ['requested', undefined],
      ['requested', undefined],
      ['time-changed', '200'],
      ['named', '200'],
      ['run', '300'],
      ['accessed', '200'],
      ['named', '200'],
      ['deleted', '200'],
    ]);
  });

  test('the path may be written otherwise, or be the end of one', async () => {
    const { entries } = await only(tool);
    for (const other of [
      '\\??\\c:\\users\\WALLY\\downloads\\tool.exe',
      '\\Device\\HarddiskVolume9\\Users\\wally\\Downloads\\Tool.exe',
    ])
      expect((await only(other)).entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    const named = await only('downloads\\tool.exe');
    // An end of a path has no folder in which a bare name could be meant.
    expect(named.entries).toHaveLength(entries.length - 1);
    expect(
      (await read('D:\\Users\\wally\\Downloads\\Tool.exe')).hosts.map(({ entries: found }) => found.length),
    ).toEqual([1]);
  });

  test('the download has its addresses, and the lines of the proxy that tell of it', async () => {
    const { entries, answers } = await only(tool);
    expect(entries[1]?.zone).toEqual({
      zone: '3',
      referrerUrl: 'https://forum.example/t/1',
      hostUrl: 'http://files.example/Tool.exe',
    });
    expect(entries.filter(({ role }) => role === 'requested').map(({ summary }) => summary)).toEqual([
      'its address in a record of the network: 1709 10.0.0.5 TCP_MISS/200 GET http://files.example/Tool.exe',
      'its site in a record of the network: 1709 10.0.0.5 TCP_TUNNEL/200 CONNECT forum.example:443',
    ]);
    expect(answers.downloaded).toMatchObject({ kind: 'yes', entries: [1] });
    expect(answers.created).toMatchObject({ kind: 'yes', entries: [0] });
    expect(answers.run).toMatchObject({ kind: 'yes' });
    expect(answers.deleted).toMatchObject({ kind: 'yes' });
    expect(answers.renamed.kind).toBe('not-collected');
  });

  test('as of a moment, only what had arrived', async () => {
    const { entries, answers } = await only(tool, { asOf: moment('10:00:00') });
    expect(entries.map(({ role }) => role)).not.toContain('deleted');
    expect(answers.deleted.kind).not.toBe('yes');
  });
});

const textsOf = ({ reasons }: FileAnswer) => fileReasonTexts(reasons, formatTicks);

describe('a file without the mark of a download', () => {
  test('may have been downloaded: not all programs mark what they write', async () => {
    const { downloaded } = (await only('C:\\bits\\unmarked.bin')).answers;
    expect(downloaded.kind).toBe('not-certain');
    expect(textsOf(downloaded)[0]).toMatch(/no mark of a download was written/);
  });

  test('is named beside a web address: that says so, and what the proxy tells of it is there', async () => {
    const { entries, answers } = await only('C:\\bits\\t.zip');
    expect(entries.map(({ role }) => role)).toEqual(['named', 'requested', 'created']);
    expect(entries[1]?.summary).toBe(
      'the address named beside it in a record of the network: 1709 10.0.0.5 TCP_MISS/200 GET http://files.example/t/tool.zip',
    );
    expect(answers.downloaded.kind).toBe('not-certain');
    expect(textsOf(answers.downloaded)[0]).toMatch(/^1 event names it beside a web address/);
  });
});

describe('a file whose creation is in no log', () => {
  test('says that it was there, and that the log may begin too late', async () => {
    const { answers } = await only(library, { host: 'ws01' });
    expect(answers.run.kind).toBe('yes');
    expect(answers.created.kind).toBe('not-certain');
    const [told = '', ...others] = textsOf(answers.created);
    expect(told).toMatch(/no event tells of its creation/);
    expect(others.join('\n')).toMatch(/begins at/);
  });

  test('says that creations are not collected', async () => {
    const { answers } = await only(library, { host: 'ws02' });
    expect(answers.created.kind).toBe('not-collected');
    expect(textsOf(answers.created).join('\n')).toMatch(/never recorded file creations/);
  });

  test('on every host has its own history', async () => {
    const { hosts } = await read('lib.dll');
    expect(hosts.map(({ host, entries }) => [host, entries.length])).toEqual([
      ['ws01', 1],
      ['ws02', 1],
    ]);
  });

  test('without a ledger nothing is said to be certain', async () => {
    const { hosts } = await readFileHistory(store, library);
    expect(hosts.every(({ answers }) => answers.created.kind === 'not-certain')).toBe(true);
  });
});

test('a file with the same content under another name is told, an empty one is not', async () => {
  const { answers, sameContent } = await only('C:\\new name.exe', { host: 'ws01' });
  expect(sameContent).toMatchObject([{ path: 'C:\\old name.exe', hash: 'SHA256', events: 1 }]);
  expect(answers.renamed).toMatchObject({ kind: 'not-certain' });
  expect(textsOf(answers.renamed)[0]).toBe('C:\\old name.exe has the same content (SHA256)');
  expect((await only('empty one', { host: 'ws01' })).sameContent).toEqual([]);
});

test('a stream that is made in a renamed file is no creation of it', async () => {
  const { entries, answers } = await only('C:\\renamed.exe');
  expect(entries.map(({ role }) => role)).toEqual(['requested', 'stream', 'downloaded']);
  expect(entries[0]?.summary).toContain('10.0.5.13\t80\t');
  expect(answers.created.kind).toBe('not-certain');
  expect(textsOf(answers.created)[0]).toMatch(/it was there when it was used/);
});

test('a path that an attacker chose is a value, never SQL or a pattern', async () => {
  for (const path of [
    "'; DROP TABLE events; --",
    '%',
    '_',
    '.*',
    '\\',
    '/',
    '{p1:String}',
    'C:\\a\0b',
    '\ud800',
  ])
    expect((await read(path)).hosts).toEqual([]);
});
