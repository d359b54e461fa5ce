import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formsOf, shortAddress } from './ip-address.ts';

test('an address of IPv6 has one form, however it was written', () => {
  for (const text of [
    '2001:db8:0:0:0:0:0:5',
    '2001:0DB8:0000:0000:0000:0000:0000:0005',
    '2001:db8::5',
    '2001:DB8::0:5',
  ])
    expect(shortAddress(text)).toBe('2001:db8::5');
  expect(shortAddress('0:0:0:0:0:0:0:1')).toBe('::1');
  expect(shortAddress('0:0:0:0:0:ffff:c000:207')).toBe('192.0.2.7');
  expect(shortAddress('::FFFF:192.0.2.7')).toBe('192.0.2.7');
});

test('what is no address of IPv6 has none', () => {
  for (const text of [
    '192.0.2.7',
    'name',
    'a:b',
    '1:2:3',
    ':::',
    '2001:db8::5]/x[',
    '::1%eth0',
    'fe80:: 1',
    '',
  ])
    expect(shortAddress(text)).toBeUndefined();
});

test('all forms of an address are of that address', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const short = shortAddress(text);
      if (short === undefined) throw new Error(text);
      const forms = formsOf(short);
      expect(forms[0]).toBe(short);
      expect(new Set(forms.map((form) => shortAddress(form) ?? form))).toEqual(new Set([short]));
    }),
  );
  expect(formsOf('2001:db8::5')).toEqual([
    '2001:db8::5',
    '2001:db8:0:0:0:0:0:5',
    '2001:0db8:0000:0000:0000:0000:0000:0005',
  ]);
  expect(formsOf('::1')).toContain('0:0:0:0:0:0:0:1');
  expect(formsOf('192.0.2.7')).toEqual(['192.0.2.7']);
});
