import { expect, test } from 'vitest';
import { readZoneIdentifier } from './zone-identifier.ts';

test('reads where a file came from, in lines or joined by blanks', () => {
  const expected = { zone: '3', hostUrl: 'https://a.example/x?y=1', referrerUrl: 'https://b.example/' };
  const lines =
    '[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://b.example/\r\nHostUrl=https://a.example/x?y=1\r\n';
  expect(readZoneIdentifier(lines)).toEqual(expected);
  expect(readZoneIdentifier(lines.replaceAll('\r\n', '  '))).toEqual(expected);
});

test('what says nothing is nothing', () => {
  expect(readZoneIdentifier('[ZoneTransfer] ZoneId=3 HostUrl=about:internet')).toEqual({
    zone: '3',
    hostUrl: undefined,
    referrerUrl: undefined,
  });
  expect(readZoneIdentifier('HostUrl=https://a.example/')).toBeUndefined();
  expect(readZoneIdentifier('')).toBeUndefined();
});
