import { expect, test } from 'vitest';
import { isPstree, pstreeLine } from './pstree-line.ts';

const line =
  '`` |--- mshta.exe (12404)                         2024-05-14 09:42:31 mshta.exe http://a.example (1)';

test('a line is a guide, a label, a gap and a detail, and nothing is lost', () => {
  const parts = pstreeLine(line);
  expect(parts).toMatchObject({
    guide: '`` |--- ',
    label: 'mshta.exe (12404)',
    pid: 12404,
    time: '2024-05-14 09:42:31',
  });
  expect(`${parts?.guide}${parts?.label}${parts?.gap}${parts?.detail}`).toBe(line);
  expect(pstreeLine('Outlook.exe (0x2b70)')).toMatchObject({
    guide: '',
    pid: 11120,
    detail: '',
    time: undefined,
  });
  expect(pstreeLine('no process here')).toBeUndefined();
});

test('a drawing is known by its second line', () => {
  expect(isPstree(['Outlook.exe (11120)', '|--- Excel.exe (6416)'])).toBe(true);
  expect(isPstree(['one', 'two'])).toBe(false);
  expect(isPstree(['Outlook.exe (11120)'])).toBe(false);
});
