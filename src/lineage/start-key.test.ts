import { expect, test } from 'vitest';
import { readStartKey } from './start-key.ts';

test('Sysmon: second, boot and sequence', () => {
  expect(readStartKey('81056205-5686-64dc-3b04-000000000800')).toEqual({
    second: 1_692_161_670,
    boot: 8,
    sequence: 1083,
  });
});

test('Carbon Black’s form: the second of its FILETIME, and neither boot nor sequence', () => {
  const second = Date.UTC(2015, 10, 4, 15, 26, 53) / 1000;
  expect(readStartKey('00000016-0000-0804-01d1-17153be2e8cd')).toEqual({
    second,
    boot: undefined,
    sequence: undefined,
  });
});

test('a sensor’s own number tells nothing', () => {
  expect(readStartKey('877761ef-0000-0000-0000-00026cb1c849')).toBeUndefined();
  expect(readStartKey('877761ef-0000-0000-01d1-17153be2e8cd')).toBeUndefined();
});
