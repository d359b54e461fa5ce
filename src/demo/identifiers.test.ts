import { expect, test } from 'vitest';
import { hashesOf, logonGuid, processGuid } from './identifiers.ts';

test('a ProcessGuid holds machine, start second, and boot and sequence number little-endian', () => {
  const start = Date.UTC(2023, 7, 16, 4, 54, 30, 123) * 1000;
  expect(processGuid(0x81056205, start, 8, 1083)).toBe('{81056205-5686-64dc-3b04-000000000800}');
});

test('a LogonGuid ends in the logon id', () => {
  const time = 0x66432a1c * 1_000_000 + 999_999;
  expect(logonGuid(0x00bb7634, time, 0xe7a0c)).toBe('{00bb7634-2a1c-6643-0c7a-0e0000000000}');
});

test('hashes have Sysmon’s form and depend on the name alone, whatever its case', () => {
  expect(hashesOf('C:\\a.exe')).toMatch(/^MD5=[0-9A-F]{32},SHA256=[0-9A-F]{64},IMPHASH=[0-9A-F]{32}$/);
  expect(hashesOf('C:\\A.EXE')).toBe(hashesOf('c:\\a.exe'));
  expect(hashesOf('C:\\b.exe')).not.toBe(hashesOf('C:\\a.exe'));
});
