import { expect, test } from 'vitest';
import { sameAccount, sameIntegrity } from './field-agreement.ts';

test.each([
  ['harukam', 'KITANO\\harukam', true],
  ['KITANO\\harukam', 'kitano\\HARUKAM', true],
  ['WS-SAL-02$', 'NT AUTHORITY\\SYSTEM', true],
  ['KITANO\\WS-SAL-02$', 'NT AUTHORITY\\NETWORK SERVICE', true],
  ['kitano.example\\harukam', 'KITANO\\harukam', true],
  ['harukam', 'wally', false],
  ['KITANO\\administrator', 'WS-SAL-02\\administrator', false],
])('accounts %s and %s', (one, other, same) => {
  expect(sameAccount(one, other)).toBe(same);
  expect(sameAccount(other, one)).toBe(same);
});

test('an AppContainer is of low integrity', () => {
  expect(sameIntegrity('low', 'AppContainer')).toBe(true);
  expect(sameIntegrity('Medium', 'medium')).toBe(true);
  expect(sameIntegrity('AppContainer', 'medium')).toBe(false);
});
