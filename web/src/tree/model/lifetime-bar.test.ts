import { describe, expect, test } from 'vitest';
import { lifetimeBar, spanOf } from './lifetime-bar.ts';
import { sampleTree } from './sample-tree.ts';
import { axisTicks } from './time-axis.ts';

const minute = 60_000;
const columns = sampleTree([
  { parent: -1, start: -minute, end: 100 * minute },
  { parent: 0, start: 5 * minute, end: 10 * minute },
  { parent: 0, start: 5 * minute },
  { parent: 0, start: 5 * minute, end: 5 * minute + 10, severity: 3 },
  { parent: 0, start: Number.NaN, basis: 2 },
  { parent: 0, start: 30 * minute, end: 31 * minute },
]);
const axis = { from: columns.origin, to: columns.origin + 20 * minute };

describe('a lifetime', () => {
  test('reaches from start to exit, and says where it goes on', () => {
    expect(lifetimeBar(columns, 0, axis)).toMatchObject({
      kind: 'closed',
      left: 0,
      width: 1,
      before: true,
      after: true,
    });
    expect(lifetimeBar(columns, 1, axis)).toMatchObject({
      kind: 'closed',
      left: 0.25,
      width: 0.25,
      before: false,
    });
  });

  test('of which no event tells the end is open; of which nothing tells the start is unknown', () => {
    expect(lifetimeBar(columns, 2, axis)).toMatchObject({ kind: 'open', left: 0.25, width: 0.75 });
    expect(lifetimeBar(columns, 4, axis).kind).toBe('unknown');
  });

  test('too short to be seen is a tick; outside of the axis it is none', () => {
    expect(lifetimeBar(columns, 3, axis)).toMatchObject({ kind: 'tick', flagged: true });
    expect(lifetimeBar(columns, 5, axis)).toMatchObject({ kind: 'outside', after: true });
  });

  test('spans what is known', () => {
    expect(spanOf(columns, [1, 2, 4])).toEqual({
      from: columns.origin + 5 * minute,
      to: columns.origin + 10 * minute,
    });
    expect(spanOf(columns, [])).toEqual({ from: columns.origin, to: columns.origin + 1000 });
  });
});

describe('an axis', () => {
  test('has round moments in the zone', () => {
    const nine = 9 * 3_600_000;
    const from = Date.UTC(2026, 10, 18, 1, 3);
    const ticks = axisTicks({ from, to: from + 30 * minute }, 4, nine);
    expect(ticks.map(({ time }) => new Date(time + nine).toISOString().slice(11, 16))).toEqual([
      '10:10',
      '10:20',
      '10:30',
    ]);
    const days = axisTicks({ from, to: from + 3 * 86_400_000 }, 3, nine);
    expect(days.map(({ time }) => new Date(time + nine).toISOString().slice(11, 16))).toEqual([
      '00:00',
      '00:00',
      '00:00',
    ]);
  });

  test('of no length has none', () => {
    expect(axisTicks({ from: 5, to: 5 }, 4, 0)).toEqual([]);
  });
});
