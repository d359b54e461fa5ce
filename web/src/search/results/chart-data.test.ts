import { expect, test, vi } from 'vitest';

vi.mock('../../frame/preferences.ts', () => ({ usePreferences: () => ({ zone: 'UTC' }) }));

const { chartData } = await import('./chart-data.ts');

test('a timechart has moments and a series a column of numbers', () => {
  const data = chartData(
    [
      { name: '_time', type: 'time' },
      { name: 'cmd.exe', type: 'number' },
      { name: '_span', type: 'number' },
      { name: 'note', type: 'text' },
    ],
    [
      ['2026-11-18T00:00:00.0000000Z', 3, 60, 'x'],
      ['2026-11-18T00:01:00.0000000Z', null, 60, 'y'],
    ],
  );
  const start = Date.parse('2026-11-18T00:00:00Z') / 1000;
  expect(data).toEqual({
    axis: '_time',
    x: [start, start + 60],
    names: undefined,
    series: [{ name: 'cmd.exe', values: [3, null] }],
    left: 0,
  });
});

test('names are drawn in their order', () => {
  const data = chartData(
    [
      { name: 'host', type: 'text' },
      { name: 'count', type: 'number' },
    ],
    [
      ['b', 2],
      ['a', 1],
    ],
  );
  expect(data).toMatchObject({ x: [0, 1], names: ['b', 'a'] });
});
