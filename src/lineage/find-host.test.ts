import { expect, test } from 'vitest';
import { findHost } from './find-host.ts';

const hosts = ['ws1.a.example', 'ws2.a.example', 'ws2.b.example', 'lone'];

test.each([
  ['WS1.A.example', { kind: 'found', host: 'ws1.a.example', by: 'name', alike: [] }],
  ['ws1', { kind: 'found', host: 'ws1.a.example', by: 'short-name', alike: [] }],
  ['Lone', { kind: 'found', host: 'lone', by: 'name', alike: [] }],
  ['ws2', { kind: 'ambiguous', hosts: ['ws2.a.example', 'ws2.b.example'] }],
  ['ws1.b.example', { kind: 'unknown', hosts }],
  ['ws', { kind: 'unknown', hosts }],
])('%s', (name, match) => {
  expect(findHost(hosts, name)).toEqual(match);
});

test('a full name goes before a short one, and the same name with a domain is told of', () => {
  const both = ['ws1', 'ws1.a.example', 'ws10'];
  expect(findHost(both, 'ws1')).toEqual({
    kind: 'found',
    host: 'ws1',
    by: 'name',
    alike: ['ws1.a.example'],
  });
  expect(findHost(both, 'WS1.a.example')).toMatchObject({ host: 'ws1.a.example', alike: ['ws1'] });
});
