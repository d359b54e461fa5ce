import { describe, expect, test } from 'vitest';
import { countEdges } from './edge-truth.ts';
import { simulate } from './lineage-simulation.ts';
import type { SimulatedSensor } from './simulated-host.ts';

const STARTS = 4000;
/** The goal: at most one in two hundred of the probable edges may be wrong or invented. */
const MOST_ERRORS = 0.005;

const settings: readonly (readonly SimulatedSensor[])[] = [
  ['guid'],
  ['pid'],
  ['security'],
  ['guid', 'security'],
  ['pid', 'security'],
];

describe.each(settings.map((sensors) => ({ name: sensors.join(' and '), sensors })))(
  'truth in simulation, $name',
  ({ sensors }) => {
    const cases = [64, 512, 8192].flatMap((pool) =>
      [0, 0.05, 0.3].flatMap((lost) => [0, 2].map((clockError) => ({ pool, lost, clockError }))),
    );
    test.each(cases)(
      '$pool process ids, $lost lost, clocks $clockError s off',
      ({ pool, lost, clockError }) => {
        const { truth, latestRight } = simulate({
          seed: `truth ${pool}`,
          starts: STARTS,
          pool,
          lost,
          clockError,
          doubled: 0.02,
          late: 0.1,
          sensors,
        });
        const { exact, probable } = truth.byGrade;
        expect(exact.wrong + exact.invented).toBe(0);
        const sure = countEdges(probable);
        expect(probable.wrong + probable.invented).toBeLessThanOrEqual(MOST_ERRORS * sure);
        // Where clocks of two sensors drift apart and process ids are taken again within a second, a few are declined.
        const drifting = sensors.length > 1 && clockError > 0 && pool === 64;
        expect(truth.firstRight).toBeGreaterThanOrEqual(latestRight - (drifting ? 0.005 * STARTS : 0));
        if (lost === 0)
          expect(countEdges(exact) + sure).toBeGreaterThanOrEqual(
            0.999 * (truth.seenParents + truth.unseenParents),
          );
      },
    );
  },
);
