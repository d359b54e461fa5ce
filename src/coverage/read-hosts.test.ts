import { expect, test } from 'vitest';
import { matchingHosts } from './read-hosts.ts';

const hosts = ['ws-1', 'ws-1.corp.example', 'ws-2.corp.example', 'srv.corp.example'];

test('a host by its name, by its short name, by a pattern', () => {
  expect(matchingHosts(hosts, 'WS-1')).toEqual(['ws-1']);
  expect(matchingHosts(hosts, 'ws-2')).toEqual(['ws-2.corp.example']);
  expect(matchingHosts(hosts, 'ws-*.corp*')).toEqual(['ws-1.corp.example', 'ws-2.corp.example']);
  expect(matchingHosts(hosts, '*')).toEqual(hosts);
  expect(matchingHosts(hosts, 'ws-1*ws-1')).toEqual([]);
  expect(matchingHosts(hosts, 'nothing')).toEqual([]);
});
