import { expect, test } from 'vitest';
import { findHost } from './find-host.ts';

const hosts = ['ws1.a.example', 'ws2.a.example', 'ws2.b.example', 'lone'];

test.each([
  ['WS1.A.example', { kind: 'found', host: 'ws1.a.example', by: 'name' }],
  ['ws1', { kind: 'found', host: 'ws1.a.example', by: 'short-name' }],
  ['Lone', { kind: 'found', host: 'lone', by: 'name' }],
  ['ws2', { kind: 'ambiguous', hosts: ['ws2.a.example', 'ws2.b.example'] }],
  ['ws1.b.example', { kind: 'unknown', hosts }],
  ['ws', { kind: 'unknown', hosts }],
])('%s', (name, match) => {
  expect(findHost(hosts, name)).toEqual(match);
});

test('a full name goes before a short one', () => {
  expect(findHost(['ws1', 'ws1.a.example'], 'ws1')).toEqual({ kind: 'found', host: 'ws1', by: 'name' });
});
