import { describe, expect, test } from 'vitest';
import { countEdges } from '../../test/edge-truth.ts';
import { observe, simulate } from '../../test/lineage-simulation.ts';
import { simulateHost } from '../../test/simulated-host.ts';
import { figuresOf } from './host-figures.ts';
import { samplePids } from './sample-pids.ts';
import { defaultTolerance } from './tolerance.ts';

const sample = { wholeUpTo: 0, starts: 800 };

describe('figures of a host out of some of its process ids', () => {
  test.each([[['security']], [['pid']], [['guid', 'security']]] as const)(
    'edges of %s are as right as with all of them',
    (sensors) => {
      for (const lost of [0, 0.05, 0.3]) {
        const options = { seed: 'sampled', starts: 4000, pool: 512, lost, clockError: 2, sensors };
        const { truth } = simulate(options, { sample });
        const { exact, probable } = truth.byGrade;
        expect(exact.wrong + exact.invented).toBe(0);
        const sure = countEdges(probable);
        expect(probable.wrong + probable.invented).toBeLessThanOrEqual(0.005 * sure);
        if (lost === 0)
          expect(countEdges(exact) + sure).toBeGreaterThanOrEqual(
            0.999 * (truth.seenParents + truth.unseenParents),
          );
      }
    },
  );

  test('tell what was lost and by how much a clock is wrong', () => {
    const host = simulateHost({
      seed: 'figures',
      starts: 6000,
      pool: 256,
      lost: 0.2,
      clockError: 2,
      sensors: ['pid', 'security'],
    });
    const observations = observe(host);
    const all = figuresOf(observations, defaultTolerance, { wholeUpTo: 0, starts: Number.POSITIVE_INFINITY });
    const some = figuresOf(observations, defaultTolerance, sample);
    if (all === undefined || some === undefined) throw new Error('counted whole');
    expect(some.losses.scale).toBeGreaterThan(5);
    expect(some.losses.startTimes.length * some.losses.scale).toBeCloseTo(all.losses.startTimes.length, -3);
    expect(Math.abs(some.losses.startsLost - all.losses.startsLost)).toBeLessThan(0.05);
    expect(Math.abs(some.losses.endsLost - all.losses.endsLost)).toBeLessThan(0.05);
    const [product = ''] = all.ahead.keys();
    const apart = (some.ahead.get(product) ?? 0) - (all.ahead.get(product) ?? 0);
    expect(Math.abs(apart)).toBeLessThan(1_000_000);
    const first = Number((some.firstStart ?? 0n) - (all.firstStart ?? 0n));
    expect(Math.abs(first)).toBeLessThan(1_000_000);
  });

  test('small hosts are counted whole', () => {
    const starts = new Map([
      [4, 3],
      [8, 5],
    ]);
    expect(samplePids(starts, { wholeUpTo: 8, starts: 1 })).toBeUndefined();
    expect(samplePids(starts, { wholeUpTo: 7, starts: 1 })?.size).toBe(1);
    expect(samplePids(starts, { wholeUpTo: 7, starts: 8 })?.size).toBe(2);
  });
});
