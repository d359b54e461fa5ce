import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import { type Egress, readEgress } from './read-egress.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-leases-'));
let store: Store;
let egress: Egress;

const event = (provider: string, id: number, time: string, computer: string, data: object) => {
  const fields = Object.entries(data).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  const channel = provider.endsWith('Sysmon') ? `${provider}/Operational` : 'Security';
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/><EventID>${id}</EventID><TimeCreated SystemTime='${time}'/><EventRecordID>${id}</EventRecordID><Channel>${channel}</Channel><Computer>${computer}</Computer></System><EventData>${fields.join('')}</EventData></Event>`;
};
const start = (pid: number, user: string) =>
  event('Microsoft-Windows-Sysmon', 1, '2024-05-14T08:00:00.000Z', 'ts01.corp.example', {
    UtcTime: '2024-05-14 08:00:00.000',
    ProcessGuid: `{11111111-0000-0000-0000-00000000${pid}}`,
    ProcessId: pid,
    Image: `C:\\Tools\\${user}.exe`,
    User: `EXAMPLE\\${user}`,
  });
const contact = (clock: string, source: string) =>
  event('Microsoft-Windows-Sysmon', 3, `2024-05-14T${clock}.000Z`, 'ts01.corp.example', {
    UtcTime: `2024-05-14 ${clock}.000`,
    ProcessGuid: '{00000000-0000-0000-0000-000000000000}',
    ProcessId: 4,
    Image: 'System',
    Initiated: 'true',
    Protocol: 'tcp',
    SourceIp: source,
    SourcePort: 50_000,
    DestinationIp: '10.9.9.9',
    DestinationPort: 3128,
  });
const squid = (time: string, client: string) =>
  `${(Date.parse(time) / 1000).toFixed(3)}    100 ${client} TCP_MISS/200 512 GET http://files.example.org/x - HIER_DIRECT/192.0.2.80 text/html`;
const nps = (clock: string, status: number) =>
  `<Event><Timestamp data_type="4">05/14/2024 ${clock}.123</Timestamp><Computer-Name data_type="1">NPS1</Computer-Name><Event-Source data_type="1">IAS</Event-Source><User-Name data_type="1">EXAMPLE\\haruka</User-Name><Framed-IP-Address data_type="3">10.8.0.6</Framed-IP-Address><Acct-Session-Id data_type="1">8A015</Acct-Session-Id><Acct-Status-Type data_type="0">${status}</Acct-Status-Type><Packet-Type data_type="0">4</Packet-Type></Event>`;

beforeAll(async () => {
  mkdirSync(join(folder, 'logs'));
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, 'logs', name), `${lines.join('\r\n')}\r\n`);
  write('sysmon.xml', [
    start(1111, 'haruka'),
    start(2222, 'kenji'),
    contact('09:01:00', '10.8.0.5'),
    contact('09:50:00', '10.8.0.5'),
  ]);
  write('security.xml', [
    event('Microsoft-Windows-Security-Auditing', 6272, '2024-05-14T09:00:00.000Z', 'nps1.corp.example', {
      SubjectUserName: 'haruka',
      SubjectMachineName: '-',
      FullyQualifiedSubjectMachineName: 'EXAMPLE\\TS01$',
      AccountSessionIdentifier: '8A015',
    }),
  ]);
  write('IN2405.log', [nps('09:00:00', 1), nps('09:30:00', 2)]);
  write('asa.log', [
    '<166>May 14 2024 09:00:30 asa01 : %ASA-4-722051: Group <staff> User <kenji> IP <203.0.113.24> IPv4 Address <10.8.0.5> IPv6 address <::> assigned to session',
    '<166>May 14 2024 10:00:00 asa01 : %ASA-4-113019: Group = staff, Username = kenji, IP = 203.0.113.24, Session disconnected. Session Type: AnyConnect-Parent, Duration: 0h:59m:30s, Bytes xmt: 1, Bytes rcv: 2, Reason: User Requested',
  ]);
  write('access.log', [
    squid('2024-05-14T09:10:00.000Z', '10.8.0.6'),
    squid('2024-05-14T09:20:00.000Z', '10.8.0.5'),
    squid('2024-05-14T09:40:00.000Z', '10.8.0.6'),
    squid('2024-05-14T10:20:00.000Z', '10.8.0.5'),
  ]);
  store = await openEmbeddedStore(join(folder, 'store'));
  await ingest([join(folder, 'logs')], store, {});
  egress = await readEgress(store, { earliest: null, latest: null });
}, 60_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a session of RADIUS is of the computer that the server let in, until it ends', () => {
  const hosts = egress.connections
    .filter(({ connection }) => connection.client === '10.8.0.6')
    .map(({ match }) => match.hosts);
  expect(hosts).toEqual([['ts01.corp.example'], []]);
});

test('the user of a lease speaks for processes, where the line names none', () => {
  const [during, after] = egress.connections.filter(({ connection }) => connection.client === '10.8.0.5');
  expect(during?.connection.user).toBeUndefined();
  expect(during?.match).toMatchObject({ tier: 3, hosts: ['ts01.corp.example'] });
  const [first] = during?.match.candidates ?? [];
  expect(egress.events.processes[first?.process ?? -1]?.user).toBe('EXAMPLE\\kenji');
  expect(first?.for.map(({ kind }) => kind)).toContain('user');
  // The lease had ended: whoever has the address then is not the host that was seen with it before.
  expect(after?.match.hosts).toEqual([]);
});
