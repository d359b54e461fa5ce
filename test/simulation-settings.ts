import { type SimulationResult, simulate } from './lineage-simulation.ts';
import type { SimulatedSensor } from './simulated-host.ts';

/** Starts of each simulated host. */
export const simulatedStarts = 4000;

export interface SimulationSetting {
  readonly sensors: readonly SimulatedSensor[];
  /** Process ids there are. */
  readonly pool: number;
  /** Share of starts and of ends that each sensor loses. */
  readonly lost: number;
  /** Most seconds by which each clock is wrong. */
  readonly clockError: number;
}

export const sensorMixes: readonly (readonly SimulatedSensor[])[] = [
  ['guid'],
  ['pid'],
  ['security'],
  ['guid', 'security'],
  ['pid', 'security'],
  ['guid', 'security-seconds'],
  ['security-seconds'],
];

/** Every setting of one mix of sensors. */
export function settingsOf(sensors: readonly SimulatedSensor[]): readonly SimulationSetting[] {
  return [64, 512, 8192].flatMap((pool) =>
    [0, 0.05, 0.3].flatMap((lost) => [0, 2].map((clockError) => ({ sensors, pool, lost, clockError }))),
  );
}

/** The same host again for the same setting. One event of fifty comes twice, one of ten up to an hour late. */
export function simulateSetting({ sensors, pool, lost, clockError }: SimulationSetting): SimulationResult {
  return simulate({
    seed: `truth ${pool}`,
    starts: simulatedStarts,
    pool,
    lost,
    clockError,
    doubled: 0.02,
    late: 0.1,
    sensors,
  });
}
