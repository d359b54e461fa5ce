import { expect, test } from 'vitest';
import { ticksOfMilliseconds } from '../../core/ticks.ts';
import { isUsableGuid, readStartKey } from '../../lineage/start-key.ts';
import { sensorKey, timedKey } from './process-key.ts';

const created = ticksOfMilliseconds(Date.UTC(2024, 4, 14, 10, 26, 58)) + 5_331_234n;

test('device, process id and moment: usable, and tells its second', () => {
  const key = timedKey('b'.repeat(40), '99999', created) ?? '';
  expect(key).toBe('bbbbbbbb-0001-869f-01da-a5e94048de22');
  expect(isUsableGuid(key)).toBe(true);
  expect(readStartKey(key)?.second).toBe(Date.UTC(2024, 4, 14, 10, 26, 58) / 1000);
  expect(timedKey('WS07.corp.example', '8', created)).toBe(timedKey('ws07.CORP.example', '8', created));
});

test('no process: 0, no number, a moment before 1601', () => {
  for (const pid of ['0', '', '-1', '0x10', '4294967296'])
    expect(timedKey('d', pid, created)).toBeUndefined();
  expect(timedKey('d', '1', -(1n << 62n))).toBeUndefined();
});

test('a sensor’s number: decimal up to 64 bits, hexadecimal, any other text by its hash', () => {
  const sensor = `${'0'.repeat(31)}1`;
  expect(sensorKey(sensor, '468193711305251738', 'decimal')).toBe('00000000-0000-0000-067f-5bb3286bdb9a');
  expect(sensorKey(sensor, 'A1B2C3D4E5F60718', 'hexadecimal')).toBe('00000000-0000-0000-a1b2-c3d4e5f60718');
  const hashed = sensorKey(sensor, '7b0a1e2c-1111-2222-3333-444455556666', 'hexadecimal') ?? '';
  expect(isUsableGuid(hashed)).toBe(true);
  expect(readStartKey(hashed)).toBeUndefined();
  for (const none of ['', '0', '00']) expect(sensorKey(sensor, none, 'decimal')).toBeUndefined();
});
