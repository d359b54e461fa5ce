import { expect, test } from 'vitest';
import { parseIsoTicks } from '../core/ticks.ts';
import { AddressBook } from './address-book.ts';
import { readAssetList } from './asset-list.ts';

const at = (text: string) => parseIsoTicks(text) ?? 0n;
const list = `\uFEFF# of the VPN gateway
Address,User,Host,From,To
10.8.0.5,haruka,WS1,2024-05-14T08:00:00Z,2024-05-14T10:00:00Z
10.8.0.5,kenji,ws2,2024-05-14T19:05:00+09:00,2024-05-14 12:00:00
10.8.0.6,aoi,ws3,2024-05-14T08:00:00Z,
10.8.0.7,aoi,ws3,yesterday,today
10.8.0.8,aoi,ws3,2024-05-14T08:00:00Z,2024-05-14T07:00:00Z
`;
const hosts = ['ws1.example', 'ws2.example', 'ws3.example'];

test('an address is of the host that had it then, and of none when nobody had it', () => {
  const { sightings, unread } = readAssetList(list, hosts);
  const book = new AddressBook(sightings);
  const holder = (address: string, time: string) => book.holder(address, at(time));
  expect(unread).toEqual([6, 7]);
  expect(holder('10.8.0.5', '2024-05-14T07:59:00Z')).toEqual({ kind: 'unknown' });
  expect(holder('10.8.0.5', '2024-05-14T08:00:00Z')).toEqual({ kind: 'held', host: 'ws1.example' });
  expect(holder('10.8.0.5', '2024-05-14T09:59:00Z')).toEqual({ kind: 'held', host: 'ws1.example' });
  expect(holder('10.8.0.5', '2024-05-14T10:02:00Z')).toEqual({ kind: 'unknown' });
  expect(holder('10.8.0.5', '2024-05-14T10:05:10Z')).toEqual({ kind: 'held', host: 'ws2.example' });
  expect(holder('10.8.0.5', '2024-05-14T12:01:00Z')).toEqual({ kind: 'unknown' });
  expect(holder('10.8.0.6', '2024-06-14T00:00:00Z')).toEqual({ kind: 'held', host: 'ws3.example' });
});

test('what a sensor saw within the time does not stretch it', () => {
  const { sightings } = readAssetList(list, hosts);
  const seen = { kind: 'connection', address: '10.8.0.5', host: 'ws1.example' } as const;
  const book = new AddressBook([...sightings, { ...seen, time: at('2024-05-14T09:00:00Z') }]);
  expect(book.holder('10.8.0.5', at('2024-05-14T09:30:00Z'))).toEqual({ kind: 'held', host: 'ws1.example' });
  expect(book.holder('10.8.0.5', at('2024-05-14T10:02:00Z'))).toEqual({ kind: 'unknown' });
});

test('between two who follow at once the clocks decide nothing', () => {
  const { sightings } = readAssetList(
    'address;host;from;to\n10.8.0.5;ws1;2024-05-14T08:00:00Z;2024-05-14T10:00:00Z\n10.8.0.5;ws2;2024-05-14T10:00:00Z;',
    hosts,
  );
  const book = new AddressBook(sightings);
  expect(book.holder('10.8.0.5', at('2024-05-14T09:59:58Z'))).toEqual({
    kind: 'several',
    hosts: ['ws1.example', 'ws2.example'],
  });
  expect(book.holder('10.8.0.5', at('2024-05-14T11:00:00Z'))).toEqual({ kind: 'held', host: 'ws2.example' });
});

test('without such a head a list holds always, whatever its other columns', () => {
  const { sightings } = readAssetList('10.8.0.5,ws1,2024-05-14T08:00:00Z,2024-05-14T10:00:00Z', hosts);
  const book = new AddressBook(sightings);
  expect(book.holder('10.8.0.5', at('2020-01-01T00:00:00Z'))).toEqual({
    kind: 'listed',
    host: 'ws1.example',
  });
});

test('a head may name the columns in another order, and one end alone', () => {
  const { sightings, unread } = readAssetList('host,address\nWS-SAL-02,10.20.3.41\n', []);
  expect(unread).toEqual([]);
  expect(sightings).toMatchObject([{ kind: 'asset', address: '10.20.3.41', host: 'ws-sal-02' }]);
  const since = readAssetList('host,address,from\nWS-SAL-02,10.20.3.41,2024-05-14T08:00:00Z\n', []);
  expect(since.sightings[0]).toMatchObject({
    kind: 'assignment',
    time: parseIsoTicks('2024-05-14T08:00:00Z'),
  });
});
