import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countEdges } from './edge-truth.ts';
import { simulate } from './lineage-simulation.ts';
import { sensorMixes, settingsOf, simulatedStarts, simulateSetting } from './simulation-settings.ts';
import { simulationHeader, simulationRow } from './truth-document.ts';

/** The goal: at most one in two hundred of the probable edges may be wrong or invented. */
const MOST_ERRORS = 0.005;

const published = readFileSync(join(import.meta.dirname, '../docs/lineage-truth.md'), 'utf8').split('\n');

describe.each(sensorMixes.map((sensors) => ({ name: sensors.join(' and '), sensors })))(
  'truth in simulation, $name',
  ({ sensors }) => {
    const heading = published.indexOf(simulationHeader(sensors)[0] ?? '');

    test.each(settingsOf(sensors).map((setting, place) => ({ ...setting, setting, place })))(
      '$pool process ids, $lost lost, clocks $clockError s off',
      ({ setting, place }) => {
        const result = simulateSetting(setting);
        const { truth, latestRight } = result;
        const { exact, probable } = truth.byGrade;
        expect(exact.wrong + exact.invented).toBe(0);
        const sure = countEdges(probable);
        expect(probable.wrong + probable.invented).toBeLessThanOrEqual(MOST_ERRORS * sure);
        expect(truth.firstRight).toBeGreaterThanOrEqual(latestRight);
        if (setting.lost === 0)
          expect(countEdges(exact) + sure).toBeGreaterThanOrEqual(
            0.999 * (truth.seenParents + truth.unseenParents),
          );
        // Out of date? `npm run docs:truth` writes it.
        expect(published[heading + simulationHeader(sensors).length + place]).toBe(
          simulationRow({ setting, result }),
        );
      },
    );

    test('its table has no more rows', () => {
      expect(heading).toBeGreaterThanOrEqual(0);
      const after = heading + simulationHeader(sensors).length + settingsOf(sensors).length;
      expect(published[after]).toBe('');
    });
  },
);

test('a parent whose start one sensor lost is found in the other, though the clocks drift beyond the tolerance', () => {
  const { truth, latestRight } = simulate({
    seed: 'more 0 512',
    starts: simulatedStarts,
    pool: 512,
    lost: 0.05,
    clockError: 2,
    doubled: 0.02,
    late: 0.1,
    sensors: ['guid', 'security-seconds'],
  });
  expect(truth.byGrade.exact.wrong + truth.byGrade.exact.invented).toBe(0);
  expect(truth.firstRight).toBeGreaterThanOrEqual(latestRight);
});
