import { expect, test } from 'vitest';
import { connectionRow } from './connection-row.ts';
import type { EgressProcess } from './join/join-input.ts';
import { type MatchCandidate, matchOf } from './join/match.ts';
import type { EgressConnection } from './read-connections.ts';
import { verdict } from './verdict.ts';

const connection: EgressConnection = {
  id: '00ff',
  time: 17_000_000_000_000_000n,
  product: 'squid',
  logHost: 'proxy.example',
  proxy: 'squid proxy.example',
  start: 1_700_000_000_000,
  end: 1_700_000_000_250,
  client: '192.0.2.7',
  clientPort: 50_001,
  destination: 'a.example',
  destinationPort: 443,
  serverAddress: undefined,
  url: 'a.example:443',
  user: undefined,
  userAgent: undefined,
  method: 'CONNECT',
  status: 200,
  bytesOut: undefined,
  bytesIn: 39,
  contentType: undefined,
  category: undefined,
  verdict: verdict('O', 'a tunnel without bytes'),
};
const process = (pid: number): EgressProcess => ({
  id: `p${pid}`,
  host: 'ws1.example',
  pid,
  guid: undefined,
  image: 'C:\\Tools\\Curl.exe',
  user: 'haruka',
  start: undefined,
  end: undefined,
});
const processes = [process(10), process(20)];
const candidate = (index: number, score: number): MatchCandidate => ({
  process: index,
  score,
  for: [{ kind: 'user-agent' }],
  against: ['another-user'],
});
const row = (candidates: MatchCandidate[], hosts: readonly string[] = ['ws1.example']) =>
  connectionRow(
    { connection, match: matchOf(3, candidates, { hosts, sure: hosts.length === 1 }) },
    processes,
  );

test('the likeliest process is named, with what speaks for and against it; all candidates are told', () => {
  expect(row([candidate(0, 1), candidate(1, 2)])).toMatchObject({
    _time: 17_000_000_000_000_000n,
    end_time: 17_000_000_002_500_000n,
    host: 'ws1.example',
    src_port: '50001',
    dest: 'a.example',
    dest_port: '443',
    verdict: 'tunnel opened without bytes',
    verdict_code: 'O',
    bytes_out: undefined,
    bytes_in: 39,
    tier: 3,
    standing: 'likeliest',
    competing: 1,
    process_id: '20',
    process_name: 'Curl.exe',
    process_path: 'C:\\Tools\\Curl.exe',
    lineage_id: 'p20',
    reasons: ['the user agent is its own', 'against it: the proxy names another user'],
    candidates: [
      'curl.exe (20); the user agent is its own; against it: the proxy names another user',
      'curl.exe (10); the user agent is its own; against it: the proxy names another user',
    ],
  });
});

test('no process is named where others are as likely', () => {
  const { standing, process_id, process_path, lineage_id, reasons, candidates } = row([
    candidate(0, 2),
    candidate(1, 2),
  ]);
  expect([standing, process_id, process_path, lineage_id, reasons]).toEqual([
    'undecided',
    undefined,
    undefined,
    undefined,
    [],
  ]);
  expect(candidates?.length).toBe(2);
});

test('no host is named where several may have had the address', () => {
  const { host, hosts } = row([], ['ws1.example', 'ws2.example']);
  expect([host, hosts]).toEqual([undefined, ['ws1.example', 'ws2.example']]);
});
