import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { readEgress } from './read-egress.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-addresses-'));
let store: Store;

const system = (
  provider: string,
  channel: string,
  id: number,
  time: string,
  computer: string,
  data: object,
) => {
  const fields = Object.entries(data).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/><EventID>${id}</EventID><TimeCreated SystemTime='${time}'/><EventRecordID>${Date.parse(time) % 1_000_000}</EventRecordID><Channel>${channel}</Channel><Computer>${computer}</Computer></System><EventData>${fields.join('')}</EventData></Event>`;
};

const sysmon = (id: number, time: string, computer: string, data: object) =>
  system('Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational', id, `${time}Z`, computer, {
    UtcTime: time.replace('T', ' '),
    ...data,
  });

/** A process that names the destination in its command line, on each of two hosts. */
const start = (computer: string, pid: number) =>
  sysmon(1, '2024-05-14T08:00:00.000', computer, {
    ProcessGuid: `{11111111-0000-0000-0000-00000000${pid}}`,
    ProcessId: pid,
    Image: 'C:\\Windows\\System32\\curl.exe',
    CommandLine: 'curl http://files.example.org/x',
    User: 'EXAMPLE\\someone',
  });

/** What comes in at a host. */
const inbound = (computer: string, pid: number, address: string, protocol: string) =>
  sysmon(3, '2024-05-14T08:30:00.000', computer, {
    ProcessGuid: `{11111111-0000-0000-0000-00000000${pid}}`,
    ProcessId: pid,
    Image: 'C:\\Windows\\System32\\svchost.exe',
    Protocol: protocol,
    Initiated: 'false',
    SourceIp: '192.0.2.33',
    SourcePort: 137,
    DestinationIp: address,
    DestinationPort: 137,
  });

const squid = (time: string, client: string) =>
  `${(Date.parse(time) / 1000).toFixed(3)}    100 ${client} TCP_MISS/200 512 GET http://files.example.org/x - HIER_DIRECT/192.0.2.80 text/html`;

beforeAll(async () => {
  mkdirSync(join(folder, 'logs'));
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, 'logs', name), `${lines.join('\r\n')}\r\n`);
  write('sysmon.xml', [
    start('one.corp.example', 1111),
    start('two.corp.example', 2222),
    inbound('two.corp.example', 2222, '10.0.0.255', 'udp'),
    inbound('two.corp.example', 2222, '239.255.255.250', 'udp'),
    inbound('two.corp.example', 2222, 'ff02::fb', 'udp'),
    inbound('two.corp.example', 2222, '10.0.3.255', 'tcp'),
    inbound('two.corp.example', 2222, '10.0.0.82', 'udp'),
  ]);
  // The address goes from the one to the other at 12:00; a third host is known by its own ticket only.
  write('DhcpSrvLog-Tue.log', [
    'ID,Date,Time,Description,IP Address,Host Name,MAC Address,User Name, TransactionID, QResult',
    '10,05/14/24,08:00:00,Assign,10.0.0.50,one.corp.example,001122334455,,1,0',
    '11,05/14/24,11:30:00,Renew,10.0.0.50,one.corp.example,001122334455,,2,0',
    '12,05/14/24,11:40:00,Release,10.0.0.50,one.corp.example,001122334455,,3,0',
    '10,05/14/24,12:00:00,Assign,10.0.0.50,two.corp.example,001122334466,,4,0',
    '11,05/14/24,16:00:00,Renew,10.0.0.50,two.corp.example,001122334466,,5,0',
  ]);
  write('security.xml', [
    system(
      'Microsoft-Windows-Security-Auditing',
      'Security',
      4768,
      '2024-05-14T09:00:00.000Z',
      'dc.corp.example',
      {
        TargetUserName: 'ONE$',
        IpAddress: '::ffff:10.0.0.77',
      },
    ),
    // A ticket was refused: whoever asked from there is not shown to be the computer.
    system(
      'Microsoft-Windows-Security-Auditing',
      'Security',
      4768,
      '2024-05-14T09:01:00.000Z',
      'dc.corp.example',
      {
        TargetUserName: 'TWO$',
        IpAddress: '::ffff:10.0.0.78',
        Status: '0x18',
      },
    ),
    // Remote desktop names the computer that is logged on to; a logon over the network names the client.
    system(
      'Microsoft-Windows-Security-Auditing',
      'Security',
      4624,
      '2024-05-14T09:02:00.000Z',
      'two.corp.example',
      {
        LogonType: 10,
        WorkstationName: 'TWO',
        IpAddress: '10.0.0.79',
      },
    ),
    system(
      'Microsoft-Windows-Security-Auditing',
      'Security',
      4624,
      '2024-05-14T09:03:00.000Z',
      'two.corp.example',
      {
        LogonType: 3,
        WorkstationName: 'TWO',
        IpAddress: '10.0.0.79',
      },
    ),
    system(
      'Microsoft-Windows-Security-Auditing',
      'Security',
      4624,
      '2024-05-14T09:04:00.000Z',
      'two.corp.example',
      {
        LogonType: 3,
        WorkstationName: 'ONE',
        IpAddress: '10.0.0.82',
      },
    ),
  ]);
  write('dated.csv', [
    'address,user,host,from,to',
    '10.0.0.80,haruka,one,2024-05-14T09:00:00Z,2024-05-14T10:00:00Z',
    '10.0.0.80,kenji,two,2024-05-14T12:00:00Z,',
    '10.0.0.80,nobody,two,yesterday,',
  ]);
  write('assets.csv', ['address,host,owner', '10.0.0.81,TWO,someone']);
  write('access.log', [
    squid('2024-05-14T09:00:00.000Z', '10.0.0.50'),
    squid('2024-05-14T09:10:00.000Z', '10.0.0.77'),
    squid('2024-05-14T09:11:00.000Z', '10.0.0.78'),
    squid('2024-05-14T09:12:00.000Z', '10.0.0.79'),
    squid('2024-05-14T09:13:00.000Z', '10.0.0.82'),
    squid('2024-05-14T11:35:00.000Z', '10.0.0.50'),
    squid('2024-05-14T11:50:00.000Z', '10.0.0.50'),
    squid('2024-05-14T13:00:00.000Z', '10.0.0.50'),
    squid('2024-05-14T13:00:00.000Z', '10.0.0.99'),
    squid('2024-05-14T09:30:00.000Z', '10.0.0.80'),
    squid('2024-05-14T12:30:00.000Z', '10.0.0.80'),
    squid('2024-05-14T12:40:00.000Z', '10.0.0.81'),
  ]);
  store = await openEmbeddedStore(join(folder, 'store'));
  await ingest([join(folder, 'logs')], store, {});
}, 60_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a connection is held against the host that had the address then, and none against a host that did not', async () => {
  const { connections, events } = await readEgress(store, { earliest: null, latest: null });
  const told = connections.map(({ connection, match }) => [
    connection.client,
    match.hosts.join(' or '),
    match.hostSure,
    match.standing,
    match.candidates.map(({ process }) => events.processes[process]?.pid),
  ]);
  expect(told).toEqual([
    ['10.0.0.50', 'one.corp.example', true, 'only', [1111]],
    ['10.0.0.77', 'one.corp.example', true, 'only', [1111]],
    ['10.0.0.78', '', false, 'none', []],
    ['10.0.0.79', '', false, 'none', []],
    ['10.0.0.82', 'one.corp.example', true, 'only', [1111]],
    ['10.0.0.80', 'one.corp.example', true, 'only', [1111]],
    ['10.0.0.50', 'one.corp.example', true, 'only', [1111]],
    ['10.0.0.50', 'one.corp.example or two.corp.example', false, 'undecided', [1111, 2222]],
    ['10.0.0.80', 'two.corp.example', true, 'only', [2222]],
    ['10.0.0.81', 'two.corp.example', false, 'likeliest', [2222]],
    ['10.0.0.50', 'two.corp.example', true, 'only', [2222]],
    ['10.0.0.99', '', false, 'none', []],
  ]);
});

test('asked for one host, connections of the other are left out', async () => {
  const { connections } = await readEgress(store, { host: 'two.corp.example', earliest: null, latest: null });
  expect(connections.map(({ match }) => match.hosts)).toEqual([
    ['one.corp.example', 'two.corp.example'],
    ['two.corp.example'],
    ['two.corp.example'],
    ['two.corp.example'],
  ]);
});

test('an address of many, at which a datagram came in, is not the host’s own', async () => {
  const { book } = await readEgress(store, { host: 'two.corp.example', earliest: null, latest: null });
  const own = [...book.addresses].filter((each) => book.hostsEver(each).includes('two.corp.example'));
  expect(own.sort()).toEqual(['10.0.0.50', '10.0.0.80', '10.0.0.81', '10.0.0.82', '10.0.3.255']);
});
