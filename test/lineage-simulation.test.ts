import { describe, expect, test } from 'vitest';
import type { EdgeCounts } from './edge-truth.ts';
import { simulate } from './lineage-simulation.ts';
import type { SimulatedSensor } from './simulated-host.ts';

const starts = 4_000;

const sensors: readonly (readonly SimulatedSensor[])[] = [
  ['guid'],
  ['pid'],
  ['security'],
  ['guid', 'security'],
];

const settings = sensors.flatMap((each) =>
  [64, 512, 8_192].flatMap((pool) => [0, 0.05, 0.3].map((lost) => ({ sensors: each, pool, lost }))),
);

function errors({ wrong, invented }: EdgeCounts): number {
  return wrong + invented;
}

function named(counts: EdgeCounts): number {
  return counts.right + errors(counts);
}

describe('truth in simulation: process ids of a pool, a share of starts and ends lost', () => {
  test.each(settings)('$sensors, $pool process ids, $lost lost', ({ sensors: each, pool, lost }) => {
    const { truth, latestRight } = simulate({ seed: '7', starts, pool, lost, sensors: each });
    const { exact, probable } = truth.byGrade;
    expect(errors(exact)).toBe(0);
    expect(errors(probable)).toBeLessThanOrEqual(0.005 * named(probable));
    // A parent that has ended, or whose program differs, is not drawn though it is the latest of its process id.
    expect(truth.firstRight).toBeGreaterThanOrEqual(0.99 * latestRight);
    if (lost === 0) expect(exact.right + probable.right).toBeGreaterThanOrEqual(0.999 * truth.seenParents);
  });
});
