import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';

/** How far the clocks that stamp events may be apart. */
export interface Tolerance {
  /** Between events of one sensor, whose order may be wrong by a little. */
  readonly sameSensor: Ticks;
  /** Between events of two sensors on the host, after a constant difference of theirs was taken away. */
  readonly acrossSensors: Ticks;
}

export const defaultTolerance: Tolerance = {
  sameSensor: TICKS_PER_SECOND,
  acrossSensors: 2n * TICKS_PER_SECOND,
};
