import type { EgressProcess } from './join-input.ts';

/** Clocks of the sensor that tells of starts and ends, and of the proxy, differ by so much. */
export const LIFE_TOLERANCE = 2_000;

export function isAlive(process: EgressProcess, moment: number): boolean {
  return (
    (process.start === undefined || process.start <= moment + LIFE_TOLERANCE) &&
    (process.end === undefined || process.end >= moment - LIFE_TOLERANCE)
  );
}
