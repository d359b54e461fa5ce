import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DropReport, droppedOfClass, parseDroppedCounts, sensorDrops } from './sensor-drops.ts';

const text = 'Events dropped from driver queue: ImageLoad:1 ProcessAccess:51 RegistryEvent:4';
const report = (time: bigint, description = text): DropReport => ({
  time,
  eventCode: '255',
  description,
  eventId: `at ${time}`,
});

describe('what a sensor says that it dropped', () => {
  test('is counted by type, and a type knows its classes', () => {
    expect(parseDroppedCounts(text)).toEqual([
      { type: 'ImageLoad', count: 1, classes: ['module-load'] },
      { type: 'ProcessAccess', count: 51, classes: ['process-access'] },
      { type: 'RegistryEvent', count: 4, classes: ['registry'] },
    ]);
    expect(
      parseDroppedCounts('Events dropped from driver queue: ImageLoad:1  ImageLoad:2\r\n New:7'),
    ).toEqual([
      { type: 'ImageLoad', count: 3, classes: ['module-load'] },
      { type: 'New', count: 7, classes: [] },
    ]);
    expect(parseDroppedCounts('Failed to open service configuration - Last error: 5')).toEqual([]);
  });

  test('any text gives counts that are numbers, soon', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (rest) => {
        for (const { count } of parseDroppedCounts(`Events dropped from driver queue:${rest}`))
          expect(Number.isFinite(count) && count >= 0).toBe(true);
      }),
    );
    const many = Array.from({ length: 5_000 }, (_, at) => `T${at}:1`).join(' ');
    expect(parseDroppedCounts(`Events dropped from driver queue: ${many}`).length).toBeLessThanOrEqual(100);
  });

  test('happened since the report before, the start, or the first event', () => {
    const drops = sensorDrops([report(300n), report(100n), report(500n)], [400n, 50n], 10n);
    expect(drops.map(({ from, to, since }) => [from, to, since])).toEqual([
      [50n, 100n, 'start'],
      [100n, 300n, 'report'],
      [400n, 500n, 'start'],
    ]);
    expect(sensorDrops([report(5n)], [], 1n)[0]).toMatchObject({ from: 1n, since: 'first-event' });
    expect(sensorDrops([report(5n)], [], 9n)[0]).toMatchObject({ from: null, since: 'unknown' });
  });

  test('says how many of a class, or that it may be any', () => {
    const [drop] = sensorDrops([report(5n)], [], null);
    const [silent] = sensorDrops([report(5n, '')], [], null);
    const [odd] = sensorDrops([report(5n, 'Events dropped from driver queue: Unheard:3')], [], null);
    if (!drop || !silent || !odd) throw new Error('no drops');
    expect(droppedOfClass(drop, 'process-access')).toEqual({ count: 51 });
    expect(droppedOfClass(drop, 'network')).toBeUndefined();
    expect(droppedOfClass(silent, 'network')).toEqual({ count: undefined });
    expect(droppedOfClass(odd, 'network')).toEqual({ count: undefined });
  });
});
