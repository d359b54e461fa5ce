import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { AddressBook } from './address-book.ts';
import { type AddressSighting, hostAddress, type SightingKind } from './address-sighting.ts';

const at = (minutes: number) => BigInt(Math.round(minutes * 60)) * TICKS_PER_SECOND;
const seen = (
  host: string,
  minutes: number,
  kind: SightingKind = 'connection',
  until?: number,
): AddressSighting => ({
  kind,
  address: '192.0.2.7',
  host,
  time: at(minutes),
  until: until === undefined ? undefined : at(until),
});
const holder = (sightings: readonly AddressSighting[], minutes: number) =>
  new AddressBook(sightings).holder('192.0.2.7', at(minutes));

describe('an address that is given to another host', () => {
  const sightings = [seen('one', 0), seen('one', 60), seen('two', 120), seen('two', 180)];

  test('each host is held to it only while it had it', () => {
    expect(holder(sightings, 30)).toEqual({ kind: 'held', host: 'one' });
    expect(holder(sightings, 150)).toEqual({ kind: 'held', host: 'two' });
  });

  test('between them, either may have had it', () => {
    expect(holder(sightings, 90)).toEqual({ kind: 'several', hosts: ['one', 'two'] });
  });

  test('at the edge of an interval the clocks decide nothing', () => {
    const handed = [seen('one', 0, 'lease', 600), seen('two', 120), seen('two', 180)];
    expect(holder(handed, 119)).toEqual({ kind: 'held', host: 'one' });
    expect(holder(handed, 120.05)).toEqual({ kind: 'several', hosts: ['two', 'one'] });
    expect(holder(handed, 121)).toEqual({ kind: 'held', host: 'two' });
  });

  test('near a sighting it is said to be near, and far from all nothing is said', () => {
    expect(holder(sightings, -60)).toEqual({ kind: 'near', host: 'one' });
    expect(holder(sightings, 180 + 13 * 60)).toEqual({ kind: 'unknown' });
  });
});

test('a lease holds until it is given back', () => {
  const sightings = [seen('one', 0, 'lease', 480), seen('one', 100, 'release')];
  expect(holder(sightings, 60)).toEqual({ kind: 'held', host: 'one' });
  expect(holder(sightings, 200)).toEqual({ kind: 'near', host: 'one' });
  // Logs tell of begin and end only; the next host is near, and did not have it yet.
  const told = [seen('one', 0, 'lease'), seen('one', 100, 'release'), seen('two', 110, 'lease')];
  expect(holder(told, 90)).toEqual({ kind: 'held', host: 'one' });
  expect(holder([seen('one', 0, 'lease'), seen('', 100, 'release'), seen('two', 110, 'lease')], 90)).toEqual({
    kind: 'held',
    host: 'one',
  });
  // Given back twice, it ended the first time.
  expect(holder([...told, seen('one', 105, 'release')], 103)).toEqual({
    kind: 'several',
    hosts: ['one', 'two'],
  });
  expect(holder([...sightings, seen('two', 110)], 105)).toEqual({ kind: 'several', hosts: ['one', 'two'] });
});

test('a list of assets speaks only where nothing was seen', () => {
  const sightings = [seen('listed', 0, 'asset'), seen('one', 0), seen('one', 60)];
  expect(holder(sightings, 30)).toEqual({ kind: 'held', host: 'one' });
  expect(holder(sightings, 60 * 48)).toEqual({ kind: 'listed', host: 'listed' });
});

test('an address in any form', () => {
  expect(hostAddress('::FFFF:192.0.2.7')).toBe('192.0.2.7');
  expect(hostAddress('2001:DB8::1%eth0')).toBe('2001:db8::1');
  expect(hostAddress('2001:db8:0:0:0:0:0:1')).toBe('2001:db8::1');
  expect(hostAddress('0:0:0:0:0:0:0:1')).toBeUndefined();
  expect([hostAddress('127.0.0.1'), hostAddress('fe80::1'), hostAddress('-'), hostAddress('name')]).toEqual(
    Array(4).fill(undefined),
  );
  // A name of hexadecimal letters.
  expect(hostAddress('cafe')).toBeUndefined();
});

test('hosts that take turns at an address: the one that had it is never left out, whatever the order of sightings', () => {
  const turns = fc.array(
    fc.record({ host: fc.constantFrom('a', 'b', 'c'), length: fc.integer({ min: 2, max: 90 }) }),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(turns, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (given, when, seed) => {
      const sightings: AddressSighting[] = [];
      const spans: { host: string; from: number; to: number }[] = [];
      let clock = 0;
      for (const { host, length } of given) {
        spans.push({ host, from: clock, to: clock + length });
        for (let minute = clock + 0.5; minute < clock + length; minute += 7)
          sightings.push(seen(host, minute));
        clock += length;
      }
      const moment = when * clock;
      const truth = spans.find(({ from, to }) => moment >= from && moment <= to)?.host;
      const shuffled = [...sightings].sort((one, other) =>
        Number(((one.time ^ BigInt(seed)) % 97n) - ((other.time ^ BigInt(seed)) % 97n)),
      );
      const found = holder(shuffled, moment);
      expect(found).toEqual(holder(sightings, moment));
      if (found.kind === 'several') expect(found.hosts).toContain(truth);
      else if (found.kind === 'held') expect(found.host).toBe(truth);
    }),
    { numRuns: 300 },
  );
});
