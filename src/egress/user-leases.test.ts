import { expect, test } from 'vitest';
import { parseIsoTicks, type Ticks } from '../core/ticks.ts';
import { AddressBook } from './address-book.ts';
import { type LeaseRecord, leasesOf, sightingsOfLeases, userOfLease } from './user-leases.ts';

const at = (clock: string): Ticks => parseIsoTicks(`2024-05-14T${clock}:00Z`) ?? 0n;
const record = (
  clock: string,
  action: LeaseRecord['action'],
  more: Partial<LeaseRecord> = {},
): LeaseRecord => ({
  time: at(clock),
  action,
  address: '10.8.0.5',
  user: 'haruka',
  client: '203.0.113.24',
  session: undefined,
  computer: undefined,
  ...more,
});

test('a lease goes from its begin to its end, whatever the order of the records', () => {
  const records = [record('10:00', 'released'), record('08:30', 'assigned'), record('08:00', 'assigned')];
  expect(leasesOf(records)).toEqual([
    {
      address: '10.8.0.5',
      user: 'haruka',
      computer: undefined,
      from: at('08:00'),
      to: at('10:00'),
      hasEnded: true,
    },
  ]);
});

test('an end that does not tell the address is of that user from that place', () => {
  const userOf = userOfLease(
    leasesOf([
      record('08:00', 'assigned'),
      record('08:00', 'assigned', { address: '10.8.0.6', client: '198.51.100.7' }),
      record('09:00', 'released', { address: undefined }),
    ]),
  );
  expect(userOf('10.8.0.5', at('08:30'))).toBe('haruka');
  expect(userOf('10.8.0.5', at('09:30'))).toBeUndefined();
  expect(userOf('10.8.0.6', at('09:30'))).toBe('haruka');
});

test('an address that goes to another user is no longer the first one’s; an unended lease holds half a day', () => {
  const userOf = userOfLease(
    leasesOf([record('08:00', 'assigned'), record('09:00', 'assigned', { user: 'kenji' })]),
  );
  expect(userOf('10.8.0.5', at('07:59'))).toBeUndefined();
  expect(userOf('10.8.0.5', at('08:59'))).toBe('haruka');
  expect(userOf('10.8.0.5', at('20:59'))).toBe('kenji');
  expect(userOf('10.8.0.5', at('21:01'))).toBeUndefined();
});

test('a host that was seen with the address convicts nobody behind the end of the lease', () => {
  const sightings = sightingsOfLeases(
    leasesOf([
      record('08:00', 'assigned'),
      record('10:00', 'released'),
      record('11:00', 'assigned', { user: 'kenji' }),
    ]),
    (computer) => computer,
  );
  const book = new AddressBook([
    ...sightings,
    { kind: 'connection', address: '10.8.0.5', host: 'one', time: at('08:10') },
    { kind: 'connection', address: '10.8.0.5', host: 'one', time: at('09:50') },
  ]);
  expect(book.holder('10.8.0.5', at('09:00'))).toEqual({ kind: 'held', host: 'one' });
  expect(book.holder('10.8.0.5', at('09:58'))).toEqual({ kind: 'near', host: 'one' });
  expect(book.holder('10.8.0.5', at('11:30'))).toEqual({ kind: 'unknown' });
  expect(book.holder('10.8.0.5', at('07:30'))).toEqual({ kind: 'unknown' });
  const alone = new AddressBook([
    { kind: 'connection', address: '10.8.0.5', host: 'one', time: at('08:10') },
    { kind: 'connection', address: '10.8.0.5', host: 'one', time: at('09:50') },
  ]);
  expect(alone.holder('10.8.0.5', at('11:30'))).toEqual({ kind: 'near', host: 'one' });
});

test('a gateway that names the computer tells the host', () => {
  const book = new AddressBook(
    sightingsOfLeases(
      leasesOf([record('08:00', 'assigned', { computer: 'ws-sal-02' }), record('10:00', 'released')]),
      (computer) => `${computer}.corp.example`,
    ),
  );
  expect(book.holder('10.8.0.5', at('09:00'))).toEqual({ kind: 'held', host: 'ws-sal-02.corp.example' });
  expect(book.holder('10.8.0.5', at('10:30'))).toEqual({ kind: 'unknown' });
});
