import { expect, test } from 'vitest';
import { soughtText } from './sought-text.ts';

test('what stands between asterisks is marked in the rows', () => {
  expect(soughtText('a | search tree=*Salaries.xls* | table tree')).toBe('Salaries.xls');
  expect(soughtText('CommandLine="*ProgramData\\\\x*"')).toBe('ProgramData\\x');
  expect(soughtText('index=* | table a')).toBe('');
});
