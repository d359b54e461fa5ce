import type { Ticks } from '../core/ticks.ts';

/** A stretch of time in which events of process starts or ends may be missing. */
export interface LossWindow {
  readonly from: Ticks;
  readonly to: Ticks;
  /** What may be missing. */
  readonly of: 'starts' | 'ends' | 'both';
  /**
   * `gap`: record ids are missing, or a log was cleared; `drop`: the sensor said that it dropped; `stopped`: the sensor or
   * its service was off; `late`: events of that time may still arrive.
   */
  readonly why: 'gap' | 'drop' | 'stopped' | 'late';
}

/** What the ledger of a host knows of missing process events. */
export interface LossEvidence {
  readonly windows: readonly LossWindow[];
  /** When the first event of a process start was collected; absent: the first start among the observations. */
  readonly startsSince?: Ticks;
  /** False where the ledger knows that ends are not collected at all. */
  readonly endsCollected?: boolean;
}
