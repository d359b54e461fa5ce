import { expect, test } from 'vitest';
import { scannedText } from './scanned-text.ts';

test('says how much, of whom, when, and what was lost', () => {
  expect(
    scannedText({
      events: 458_856,
      hosts: 63,
      first: 16_725_312_000_000_000n,
      last: 16_725_312_601_230_000n,
      faults: 12,
    }),
  ).toBe(
    'scanned 458,856 events of 63 hosts, 2023-01-01T00:00:00.000Z to 2023-01-01T00:01:00.123Z; 12 faults at ingest',
  );
});

test('nothing in scope is said as such', () => {
  expect(scannedText({ events: 0, hosts: 0, first: null, last: null, faults: 0 })).toBe(
    'scanned 0 events; no faults at ingest',
  );
});
